"""At most five suggestions for a member, each with its reason, made from what the member said and did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone

from communities.models import Community, FirstPost, Membership
from cop.lib import words
from events.models import Event, Registration
from members.models import Member, MemberSkill, Persona
from members.operations import suggestions
from members.queries.consents import consenting, has_given
from modules.queries.standing import ModuleStanding

MOST = 5
OF_EACH = 2
SHORT_OF_WISH = 1  # how much deeper than oneself somebody must be to teach a skill


@dataclass(frozen=True)
class Proposal:
    """Something that the member could do, and why it is proposed to just this member."""

    kind: str
    key: str
    title: str
    address: str
    reason: str


def proposals(member: Member, modules: list[ModuleStanding], *, now: datetime | None = None) -> list[Proposal]:
    """At most five, those of different kinds first; dismissed ones stay away for 90 days.

    A constant number of queries. What has gone is not proposed, because each is read from the things that are there.
    """
    now = now or timezone.now()
    known = suggestions.known(member)
    found = [
        [one for one in of_kind if not suggestions.is_away(known.get((one.kind, one.key)), now)][:OF_EACH]
        for of_kind in (
            events_for(member, modules, now), people_for(member), communities_for(member), first_posts_for(member),
        )
    ]  # fmt: skip
    in_turn = [of_kind[place] for place in range(OF_EACH) for of_kind in found if place < len(of_kind)][:MOST]
    is_new = [one for one in in_turn if _needs_a_row(known.get((one.kind, one.key)))]
    suggestions.show(member, [(one.kind, one.key, one.reason) for one in is_new], now=now)
    return in_turn


def _needs_a_row(row: object) -> bool:
    return row is None or getattr(row, "dismissed_at", None) is not None


def events_for(member: Member, modules: list[ModuleStanding], now: datetime) -> list[Proposal]:
    """Coming events on a module that the member has begun, or of their community, that they have not joined."""
    begun = {standing.module.pk: standing.module.title for standing in modules if standing.is_begun}
    mine = Membership.objects.current().filter(member=member).values("community")
    joined = Registration.objects.live().filter(member=member).values("event")
    coming = Event.objects.published().open_to(member).filter(starts_at__gt=now)
    coming = coming.exclude(pk__in=joined).exclude(host=member)
    coming = coming.filter(Q(capacity=None) | Q(seats_taken__lt=F("capacity")))
    fitting = coming.filter(Q(module__in=begun) | Q(community__in=mine)).select_related("community")
    return [
        Proposal("event", event.slug, event.title, event.get_absolute_url(), _reason_of(event, begun))
        for event in fitting.order_by("starts_at")[: OF_EACH * 3]
    ]


def _reason_of(event: Event, begun: dict[int, str]) -> str:
    when = words.day_and_clock(event.starts_at)
    if event.module_id in begun:
        return f"{when}. It is about “{begun[event.module_id]}”, which you have begun."
    return f"{when}. Your community {event.community} meets there."


def people_for(member: Member) -> list[Proposal]:
    """People who are deeper in a skill that the member wishes for and are willing to help; both agreed to matching."""
    if not has_given(member, "matching"):
        return []
    wishes = {one.skill_id: one for one in member.skills.filter(wants__gt=F("depth")).select_related("skill")}
    can = MemberSkill.objects.filter(skill__in=wishes, helps=True, member__in=consenting("matching"))
    can = can.filter(member__in_directory=True).exclude(member=member)
    can = can.filter(Q(member__paused_until=None) | Q(member__paused_until__lt=timezone.localdate()))
    found, seen = [], set()
    for one in can.select_related("member", "skill").order_by("-depth", "member")[: MOST * 8]:
        if one.depth >= wishes[one.skill_id].depth + SHORT_OF_WISH and one.member_id not in seen:
            seen.add(one.member_id)
            reason = f"Can help with {one.skill.title}, which you wish to learn, and is willing to."
            found.append(Proposal("person", str(one.member_id), one.member.name, one.member.get_absolute_url(), reason))
    return found


def communities_for(member: Member) -> list[Proposal]:
    """The community that suits the persona, and groups below those that the member belongs to."""
    mine = set(Membership.objects.current().filter(member=member).values_list("community", flat=True))
    suits = Persona.objects.filter(members=member).values("community")
    open_ones = Community.objects.live().filter(visibility=Community.Visibility.PUBLIC).exclude(pk__in=mine)
    fitting = open_ones.filter(Q(slug__in=suits) | Q(parent__in=mine)).select_related("parent")
    return [
        Proposal(
            "community", one.slug, one.name, one.get_absolute_url(),
            f"It grew out of {one.parent.name}, where you belong." if one.parent_id in mine and one.parent
            else "It suits the kind of work that you chose as yours.",
        )
        for one in fitting.order_by("order", "name")[: OF_EACH * 3]
    ]  # fmt: skip


def first_posts_for(member: Member) -> list[Proposal]:
    """First posts of newcomers that wait for an answer in the member's own communities."""
    mine = Membership.objects.current().filter(member=member).values("community")
    waiting = FirstPost.objects.filter(community__in=mine, answered_at=None, member__is_active=True)
    waiting = waiting.exclude(member=member).select_related("member", "community").order_by("due_at", "at")
    return [
        Proposal(
            "first-post", str(post.pk), f"Answer {post.member.name if post.member.in_directory else 'a newcomer'}",
            post.get_absolute_url(),
            f"Newcomer in {post.community}, waiting for a first answer from somebody who belongs there.",
        )
        for post in waiting[: OF_EACH * 3]
    ]  # fmt: skip
