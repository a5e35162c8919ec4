"""Checks as they stand for a member, and what a pair of them shows about what was learned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from members.models import Member
from members.quiet_hours import zone_of
from modules import checks
from modules.models import Article, Check, CheckAttempt, Module, SyllabusItem
from modules.queries.rules import learning_rules

FEWEST = 5  # members of whom a mean is shown


@dataclass(frozen=True)
class CheckStanding:
    """A check with the member's best score, None where they have not tried."""

    check: Check
    best: int | None
    pass_percent: int

    @property
    def is_passed(self) -> bool:
        return self.best is not None and self.best >= self.pass_percent


@dataclass(frozen=True)
class ArticleChecks:
    """before: for who wants to know what they know already; only while nothing of the other was tried."""

    before: list[CheckStanding]
    after: list[CheckStanding]


@dataclass(frozen=True)
class Tries:
    """used: of the member's own day. again_at: when the next day begins for them."""

    used: int
    left: int
    again_at: datetime


@dataclass(frozen=True)
class Gain:
    """pre, post: of the first try before and the first one after the reading. share: of what was missing, learned."""

    pre: int
    post: int
    share: float

    @property
    def percent(self) -> int:
        return round(100 * self.share)


@dataclass(frozen=True)
class MeanGain:
    members: int
    mean: float

    @property
    def percent(self) -> int:
        return round(100 * self.mean)


def checks_of(article: Article, member: Member | None) -> ArticleChecks:
    """The published checks of an article with the member's own best scores; one query."""
    mine = Q(attempts__member=member) if member else Q(attempts__in=[])
    found = article.checks.filter(status=Check.Status.PUBLISHED).select_related("module")
    found = found.annotate(best=Max("attempts__percent", filter=mine))
    least = learning_rules().pass_percent
    all_of_them = [CheckStanding(check, getattr(check, "best"), least) for check in found]  # noqa: B009 - annotated above
    after = [one for one in all_of_them if one.check.stage != Check.Stage.BEFORE]
    begun = {one.check.before_id for one in after if one.best is not None}
    before = [one for one in all_of_them if one not in after and one.check.pk not in begun]
    return ArticleChecks(before, after)


def tries_of(check: Check, member: Member, *, now: datetime | None = None) -> Tries:
    """How many tries the member has had in their own day, by the time zone of their profile."""
    zone = zone_of(member.time_zone)
    today = (now or timezone.now()).astimezone(zone).date()
    begin, end = (datetime.combine(day, time.min, zone) for day in (today, today + timedelta(days=1)))
    used = CheckAttempt.objects.filter(member=member, of=check, at__gte=begin, at__lt=end).count()
    return Tries(used, max(0, learning_rules().attempts_a_day - used), end)


def attempts_at(check: Check, member: Member) -> QuerySet[CheckAttempt]:
    """The member's own tries, newest first."""
    return CheckAttempt.objects.filter(of=check, member=member)


def item_of(check: Check) -> SyllabusItem | None:
    """Its place in the module; one for before the reading has none."""
    return SyllabusItem.objects.placed().filter(kind=SyllabusItem.Kind.CHECK, key=check.slug).first()


def gain_of(check: Check, member: Member) -> Gain | None:
    """What the member learned between the two checks of a pair; None before both are taken in that order."""
    return _gains(CheckAttempt.objects.filter(member=member), [check]).get((check.pk, member.pk))


def mean_gain(module: Module) -> MeanGain | None:
    """The mean of all members' gains in the pairs of a module; None with fewer than five members."""
    pairs = Check.objects.filter(module=module).exclude(before=None)
    gains = _gains(CheckAttempt.objects.all(), pairs)
    members = {member for _, member in gains}
    if len(members) < FEWEST:
        return None
    return MeanGain(len(members), sum(gain.share for gain in gains.values()) / len(gains))


def _gains(attempts: QuerySet[CheckAttempt], pairs: Iterable[Check]) -> dict[tuple[int, int], Gain]:
    """By check and member. The first try counts on both sides: each shows its explanations, so that a later one would
    measure the memory of them. Who began with the check after the reading, or knew all before, has no gain."""
    before_of = {check.pk: check.before_id for check in pairs if check.before_id}
    firsts: dict[int, dict[int, tuple[int, datetime]]] = defaultdict(dict)
    wanted = attempts.filter(of__in=[*before_of, *before_of.values()]).order_by("of", "member", "at", "pk")
    for of, member, percent, at in wanted.distinct("of", "member").values_list("of", "member", "percent", "at"):
        firsts[of][member] = (percent, at)
    found = {}
    for after, before in before_of.items():
        for member, (post, at) in firsts[after].items():
            pre, earlier = firsts[before].get(member, (100, at))
            share = checks.gain(pre, post)
            if share is not None and earlier < at:
                found[after, member] = Gain(pre, post, share)
    return found
