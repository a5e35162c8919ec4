"""Who may do what in a community; asked by pages and by operations alike."""

from __future__ import annotations

from communities.models import Community, Membership
from members.models import Member

CARRIERS: list[str] = [Membership.Role.LEAD, Membership.Role.DEPUTY]
PROPOSERS: list[str] = [*CARRIERS, Membership.Role.CORE]
Role = Membership.Role


def is_in(mine: Membership | None) -> bool:
    return mine is not None and mine.status != Membership.Status.LEFT


def carries(mine: Membership | None) -> bool:
    """Leads and deputies look after requests, roles and hours."""
    return mine is not None and is_in(mine) and mine.role in CARRIERS


def may_look_after(mine: Membership | None, member: Member) -> bool:
    """Leads and deputies, and organizers, who step in where nobody leads."""
    return member.is_staff or carries(mine)


def may_propose(mine: Membership | None) -> bool:
    """Leads, deputies and core members propose changes of the charter."""
    return mine is not None and is_in(mine) and mine.role in PROPOSERS


def roles_to_give(mine: Membership, giver: Membership | None, by: Member) -> list[str]:
    """The roles that `by`, whose own membership is `giver`, may give to the owner of `mine`; none where they may not.

    Organizers give every role. Leads make members, core members and deputies, and step down themselves. Deputies make
    members core members and back, and step down themselves. Becoming a lead otherwise takes a vote of the members.
    """
    if not is_in(mine):
        return []
    if by.is_staff:
        return [Role.MEMBER, Role.CORE, Role.DEPUTY, Role.LEAD]
    if giver is None or not carries(giver):
        return []
    own = giver.pk == mine.pk
    if giver.role == Role.LEAD:
        below: list[str] = [Role.MEMBER, Role.CORE, Role.DEPUTY]
        return ([*below, Role.LEAD] if own else below) if own or mine.role != Role.LEAD else []
    if own:
        return [Role.MEMBER, Role.CORE, Role.DEPUTY]
    return [Role.MEMBER, Role.CORE] if mine.role not in CARRIERS else []


def organizers_set_the_charter(community: Community) -> bool:
    """Until a community has a lead or deputy, organizers write its first charter; from then on its motions do."""
    return not community.memberships.filter(role__in=CARRIERS, status__in=["active", "dormant"]).exists()
