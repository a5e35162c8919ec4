"""What members' inboxes hold, and how each member wants to be told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, IntegerField, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from members import quiet_hours
from members.models import AttentionBudget, AttentionSpent, Member, Notice, NoticePreference
from members.notice_kinds import DAILY_DIGEST, DIGEST, MAIL, SITE, NoticeKind, switchable

WEEK = timedelta(days=7)
USUAL_DIGEST_HOUR = 8


@dataclass(frozen=True)
class Reader:
    """A member as the one who is told something: address, and what they allow."""

    pk: int
    email: str
    name: str
    zone: str
    preferred: str | None = None
    digests: str | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    most_a_week: int | None = None
    digest_hour: int = USUAL_DIGEST_HOUR

    def way(self, kind: NoticeKind) -> str:
        """How a notice of this kind comes; budget and quiet hours are not asked here."""
        if kind.fixed:
            return MAIL
        wanted = self.preferred if self.preferred in kind.ways else kind.usual
        return SITE if wanted == DIGEST and self.digests == SITE else wanted

    def may_mail_at(self, now: datetime) -> datetime:
        """Now, or the end of the quiet hours that now lies in."""
        return quiet_hours.quiet_until(now, self.zone, self.quiet_from, self.quiet_until) or now


def readers(members: Collection[int], kind: NoticeKind) -> list[Reader]:
    """Those of the members who can be told something, with their wishes, in one query and in order."""
    found = Member.objects.filter(pk__in=members, erased_at=None)
    if not kind.fixed:
        found = found.filter(is_active=True)
    own = NoticePreference.objects.filter(member=OuterRef("pk"))
    rows = found.annotate(
        preferred=Subquery(own.filter(kind=kind.slug).values("way")),
        digests=Subquery(own.filter(kind=DAILY_DIGEST).values("way")),
    ).order_by("pk")
    columns = (
        "pk", "email", "name", "time_zone", "preferred", "digests", "attention__quiet_from", "attention__quiet_until",
        "attention__most_a_week", "attention__digest_hour",
    )  # fmt: skip
    return [_reader(*row) for row in rows.values_list(*columns)]


def reader_of(member: Member) -> Reader:
    """The member as a reader of what cannot be switched off; no query."""
    return Reader(member.pk, member.email, member.first_name, member.time_zone)


def _reader(
    pk: int, email: str, name: str, zone: str, preferred: str | None, digests: str | None, quiet_from: time | None,
    quiet_until: time | None, most_a_week: int | None, digest_hour: int | None,
) -> Reader:  # fmt: skip
    hour = USUAL_DIGEST_HOUR if digest_hour is None else digest_hour
    first = next(iter(name.split()), "")
    return Reader(pk, email, first, zone, preferred, digests, quiet_from, quiet_until, most_a_week, hour)


def spent(members: Collection[int], now: datetime) -> dict[int, int]:
    """How many mails of the seven days up to now, those that wait for a later hour included, counted for each."""
    rows = AttentionSpent.objects.filter(member__in=members, at__gt=now - WEEK).values_list("member")
    return dict(rows.annotate(number=Count("pk")))


def with_waiting_digest(members: Collection[int]) -> set[int]:
    return set(Notice.objects.filter(member__in=members, digest=Notice.Digest.WAITING).values_list("member", flat=True))


def inbox(member: Member, *, unread_only: bool = False) -> QuerySet[Notice]:
    found = Notice.objects.filter(member=member)
    return found.filter(read_at=None) if unread_only else found


def unread_of(member: str = "pk") -> Coalesce:
    """An expression: how many notices a member has not read; answered from a small index."""
    unread = Notice.objects.filter(member=OuterRef(member), read_at=None).order_by().values("member")
    return Coalesce(Subquery(unread.annotate(number=Count("pk")).values("number")), 0, output_field=IntegerField())


@dataclass(frozen=True)
class Wishes:
    """A member's settings of notices as they stand."""

    ways: dict[str, str]
    budget: AttentionBudget
    spent: int


def wishes(member: Member, now: datetime) -> Wishes:
    chosen = dict(NoticePreference.objects.filter(member=member).values_list("kind", "way"))
    ways = {kind.slug: chosen.get(kind.slug, kind.usual) for kind in switchable()}
    budget = AttentionBudget.objects.filter(member=member).first() or AttentionBudget(member=member)
    return Wishes(ways, budget, spent([member.pk], now).get(member.pk, 0))


def due_for_digest(now: datetime) -> dict[int, datetime]:
    """Members whose digest has fallen due, each with the moment since when.

    What was said after that moment waits for the next one, so that a digest goes out once a day."""
    waiting = Notice.objects.filter(digest=Notice.Digest.WAITING, member__is_active=True)
    zones = waiting.values_list("member", "member__time_zone", "member__attention__digest_hour")
    due = {}
    for member, zone, hour, first in zones.annotate(first=Min("created_at")).order_by("member"):
        moment = quiet_hours.last_digest(now, zone, USUAL_DIGEST_HOUR if hour is None else hour)
        if first < moment:
            due[member] = moment
    return due
