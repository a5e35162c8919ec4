"""At most five suggestions for a member, each with its reason, made from what the member said and did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from communities.models import Community, FirstPost, Membership
from cop.lib import words
from cop.lib.rounds import Asks, answer, side_by_side
from events.models import Event, Registration
from labs.queries.path_next import ask_next_on_paths
from members.models import Consent, Member, MemberSkill, Persona, Suggestion
from members.operations import suggestions
from members.queries.consents import consenting
from modules.models import ItemProgress

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


def proposals(member: Member, *, now: datetime | None = None) -> list[Proposal]:
    return answer(ask_proposals(member, now=now))


def ask_proposals(member: Member, *, now: datetime | None = None) -> Asks[list[Proposal]]:
    """At most five, those of different kinds first; dismissed ones stay away for 90 days.

    One round, and a statement where something is proposed for the first time. What has gone is not proposed, because
    each is read from the things that are there."""
    now = now or timezone.now()
    rows, *by_kind = yield from side_by_side(
        _known(member), _on_path(member), _events(member, now), _people(member), _communities(member),
        _first_posts(member),
    )  # fmt: skip
    known = {(one.kind, one.object_key): one for one in rows}
    found = [
        [one for one in of_kind if not suggestions.is_away(known.get((one.kind, one.key)), now)][:OF_EACH]
        for of_kind in by_kind
    ]
    in_turn = [of_kind[place] for place in range(OF_EACH) for of_kind in found if place < len(of_kind)][:MOST]
    is_new = [one for one in in_turn if _needs_a_row(known.get((one.kind, one.key)))]
    suggestions.show(member, [(one.kind, one.key, one.reason) for one in is_new], now=now)
    return in_turn


def _known(member: Member) -> Asks[list[Suggestion]]:
    [rows] = yield [Suggestion.objects.filter(member=member)]
    return rows


def _on_path(member: Member) -> Asks[list[Proposal]]:
    """What comes next on the paths that the member follows."""
    found = yield from ask_next_on_paths(member)
    return [
        Proposal("path", one.path.slug, one.title, one.address, f"Next on your path to {one.path.role}.")
        for one in found
    ]


def _needs_a_row(row: object) -> bool:
    return row is None or getattr(row, "dismissed_at", None) is not None


def _events(member: Member, now: datetime) -> Asks[list[Proposal]]:
    """Coming events on a module that the member has begun, or of their community, that they have not joined."""
    begun = ItemProgress.objects.filter(member=member, item__withdrawn_at=None).values("item__module")
    mine = Membership.objects.current().filter(member=member).values("community")
    joined = Registration.objects.live().filter(member=member).values("event")
    coming = Event.objects.published().open_to(member).filter(starts_at__gt=now)
    coming = coming.exclude(pk__in=joined).exclude(host=member)
    coming = coming.filter(Q(capacity=None) | Q(seats_taken__lt=F("capacity")))
    fitting = coming.filter(Q(module__in=begun) | Q(community__in=mine)).annotate(is_begun=Q(module__in=begun))
    [events] = yield [fitting.select_related("community", "module").order_by("starts_at")[: OF_EACH * 3]]
    return [Proposal("event", event.slug, event.title, event.get_absolute_url(), _reason_of(event)) for event in events]


def _reason_of(event: Any) -> str:
    when = words.day_and_clock(event.starts_at)
    if event.is_begun:
        return f"{when}. It is about “{event.module}”, which you have begun."
    return f"{when}. Your community {event.community} meets there."


def _people(member: Member) -> Asks[list[Proposal]]:
    """People who are deeper in a skill that the member wishes for and are willing to help; both agreed to matching."""
    agreed = Consent.objects.filter(member=member, purpose="matching", given=True)
    own = MemberSkill.objects.filter(member=member, skill=OuterRef("skill"), wants__gt=F("depth"))
    can = MemberSkill.objects.filter(Exists(agreed), helps=True, member__in=consenting("matching"))
    can = can.filter(member__in_directory=True).exclude(member=member)
    can = can.filter(Q(member__paused_until=None) | Q(member__paused_until__lt=timezone.localdate()))
    can = can.annotate(own_depth=Subquery(own.values("depth"))).filter(depth__gte=F("own_depth") + SHORT_OF_WISH)
    [rows] = yield [can.select_related("member", "skill").order_by("-depth", "member")[: MOST * 8]]
    found: dict[int, Proposal] = {}
    for one in rows:
        reason = f"Can help with {one.skill.title}, which you wish to learn, and is willing to."
        person = Proposal("person", str(one.member_id), one.member.name, one.member.get_absolute_url(), reason)
        found.setdefault(one.member_id, person)
    return list(found.values())


def _communities(member: Member) -> Asks[list[Proposal]]:
    """The community that suits the persona, and groups below those that the member belongs to."""
    mine = Membership.objects.current().filter(member=member).values("community")
    suits = Persona.objects.filter(members=member).values("community")
    open_ones = Community.objects.live().filter(visibility=Community.Visibility.PUBLIC).exclude(pk__in=mine)
    fitting = open_ones.filter(Q(slug__in=suits) | Q(parent__in=mine)).annotate(is_below=Q(parent__in=mine))
    [rows] = yield [fitting.select_related("parent").order_by("order", "name")[: OF_EACH * 3]]
    return [
        Proposal(
            "community", one.slug, one.name, one.get_absolute_url(),
            f"It grew out of {one.parent.name}, where you belong." if one.is_below and one.parent
            else "It suits the kind of work that you chose as yours.",
        )
        for one in rows
    ]  # fmt: skip


def _first_posts(member: Member) -> Asks[list[Proposal]]:
    """First posts of newcomers that wait for an answer in the member's own communities."""
    mine = Membership.objects.current().filter(member=member).values("community")
    waiting = FirstPost.objects.filter(community__in=mine, answered_at=None, member__is_active=True)
    waiting = waiting.exclude(member=member).select_related("member", "community").order_by("due_at", "at")
    [rows] = yield [waiting[: OF_EACH * 3]]
    return [
        Proposal(
            "first-post", str(post.pk), f"Answer {post.member.name if post.member.in_directory else 'a newcomer'}",
            post.get_absolute_url(),
            f"Newcomer in {post.community}, waiting for a first answer from somebody who belongs there.",
        )
        for post in rows
    ]  # fmt: skip
