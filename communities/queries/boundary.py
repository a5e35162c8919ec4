"""How people come into a community, and what each criterion of its boundary means for one member."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Max
from django.urls import reverse

from communities import named
from communities.models import Boundary, Community, CommunityInvitation, Criterion, JoinRequest
from members.models import Activity, Level, LevelAward, Member, MemberSkill, Skill

DEPTHS = {1: "aware of it", 2: "uses it", 3: "leads with it", 4: "teaches it"}
Kind = Criterion.Kind


@dataclass(frozen=True)
class Demand:
    """A criterion as it stands for one member: what is asked, how they stand, and where to do something about it."""

    title: str
    met: bool
    standing: str
    address: str
    action: str


@dataclass(frozen=True)
class WayIn:
    """What a page needs to know about coming into a community."""

    boundary: Boundary
    demands: list[Demand]
    questions: list[Criterion]
    request: JoinRequest | None
    invitation: CommunityInvitation | None

    @property
    def unmet(self) -> list[Demand]:
        return [demand for demand in self.demands if not demand.met]

    @property
    def is_plain(self) -> bool:
        """Whether one press of a button is enough."""
        return self.boundary.door == Boundary.Door.OPEN and not self.unmet and not self.questions


def boundary_of(community: Community) -> Boundary:
    """The community's boundary; an open one, not in the database, where none was drawn."""
    return getattr(community, "boundary", None) or Boundary(community=community)


def criteria_of(boundary: Boundary) -> list[Criterion]:
    return list(boundary.criteria.all()) if boundary.pk else []


def way_in(community: Community, member: Member) -> WayIn:
    """Everything about coming in for a member who is not in; at most eight queries, whatever is asked."""
    boundary = boundary_of(community)
    criteria = criteria_of(boundary)
    return WayIn(
        boundary,
        demands(criteria, member),
        [one for one in criteria if one.kind == Kind.QUESTION],
        JoinRequest.objects.filter(community=community, member=member, state=JoinRequest.State.OPEN).first(),
        invitation_for(community, member),
    )


def invitation_for(community: Community, member: Member) -> CommunityInvitation | None:
    found = CommunityInvitation.objects.filter(community=community, member=member, answered_at=None)
    return found.select_related("by").first()


def demands(criteria: Iterable[Criterion], member: Member) -> list[Demand]:
    """The criteria one by one, in their order, as they stand for the member; questions are no demands."""
    asked = [one for one in criteria if one.kind != Kind.QUESTION]
    found: dict[int, Demand] = {}
    for kind, read in READERS.items():
        of_kind = [one for one in asked if one.kind == kind]
        if of_kind:
            found.update(zip((one.pk for one in of_kind), read(of_kind, member), strict=True))
    return [found[one.pk] for one in asked]


def open_requests(community: Community) -> list[JoinRequest]:
    """Those who wait for a decision, longest first."""
    found = community.requests.filter(state=JoinRequest.State.OPEN, member__is_active=True)
    return list(found.select_related("member__persona").order_by("asked_at"))


def open_invitations(community: Community) -> list[CommunityInvitation]:
    found = community.invitations.filter(answered_at=None, member__is_active=True)
    return list(found.select_related("member", "by"))


def decided_requests(community: Community, *, limit: int = 20) -> list[JoinRequest]:
    found = community.requests.exclude(state=JoinRequest.State.OPEN).filter(member__is_active=True)
    return list(found.select_related("member", "decided_by").order_by("-decided_at", "-pk")[:limit])


def _levels(criteria: list[Criterion], member: Member) -> list[Demand]:
    levels = {level.slug: level for level in Level.objects.all()}
    titles = {slug: level.title for slug, level in levels.items()}
    held = LevelAward.objects.filter(member=member, revoked_at=None).aggregate(top=Max("level__order"))["top"] or 0
    title = next((level.title for level in levels.values() if level.order == held), "")
    return [
        Demand(
            one.text or f"Hold the level {titles.get(one.value, one.value)} or a higher one",
            one.value in levels and held >= levels[one.value].order,
            f"You hold {title}." if title else "You hold no level yet.",
            reverse("members:levels"), "See what opens it",
        )
        for one in criteria
    ]  # fmt: skip


def _skills(criteria: list[Criterion], member: Member) -> list[Demand]:
    slugs = [one.value for one in criteria]
    titles = dict(Skill.objects.filter(slug__in=slugs).values_list("slug", "title"))
    mine = dict(MemberSkill.objects.filter(member=member, skill__slug__in=slugs).values_list("skill__slug", "depth"))
    return [
        Demand(
            one.text or f"{titles.get(one.value, named.in_words(one.value))}: depth {one.at_least} or more, "
            f"{DEPTHS.get(one.at_least, 'teaches it')}",
            mine.get(one.value, 0) >= one.at_least,
            f"Your depth is {mine[one.value]:.1f}." if one.value in mine else "It is not among your skills.",
            "/me/skills/", "Open your skills",
        )
        for one in criteria
    ]  # fmt: skip


def _modules(criteria: list[Criterion], member: Member) -> list[Demand]:
    slugs = [one.value for one in criteria]
    modules = named.things("module")
    done = Activity.objects.filter(
        actor=member, verb="module-completed", object_kind="module", object_key__in=slugs, reversed_by=None
    )
    days = dict(done.values_list("object_key", "occurred_at"))
    found = []
    for one in criteria:
        module = modules.get(one.value) or named.Named(named.in_words(one.value), f"/modules/{one.value}/")
        standing = (
            f"You finished it on {days[one.value]:%-d %B %Y}." if one.value in days else "You have not finished it."
        )
        title = one.text or f"Finish the module “{module.title}”"
        found.append(Demand(title, one.value in days, standing, module.address, "Go to the module"))
    return found


def _organisations(criteria: list[Criterion], member: Member) -> list[Demand]:
    own = member.organisation.strip()
    return [
        Demand(
            one.text or f"Work at {one.value}",
            own.casefold() == one.value.strip().casefold(),
            f"Your profile names {own}." if own else "Your profile names no organisation.",
            reverse("members:edit_profile"), "Open your profile",
        )
        for one in criteria
    ]  # fmt: skip


READERS: dict[str, Callable[[list[Criterion], Member], list[Demand]]] = {
    Kind.LEVEL: _levels,
    Kind.SKILL: _skills,
    Kind.MODULE: _modules,
    Kind.ORGANISATION: _organisations,
}
