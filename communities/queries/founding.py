"""New groups and quiet ones: what they still have to do, by when, and since when nothing happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import DateTimeField, Exists, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone

from communities.models import Community, LaunchStep, Membership, Motion, VolunteerHours
from communities.queries.charter import charter_of
from members.models import Activity

SELF_STARTED: list[str] = [Community.Kind.INTEREST_GROUP, Community.Kind.STUDY_GROUP]


@dataclass(frozen=True)
class Launch:
    """How far a forming group is."""

    steps: list[LaunchStep]
    lead: Membership | None
    motion: Motion | None
    lead_by: datetime
    now: datetime

    @property
    def done(self) -> int:
        return sum(step.done_at is not None for step in self.steps)

    @property
    def is_confirmed(self) -> bool:
        return self.lead is not None and self.lead.confirmed_at is not None

    @property
    def is_ready(self) -> bool:
        return self.is_confirmed and self.done == len(self.steps)

    @property
    def is_late(self) -> bool:
        """Whether the time to confirm a lead is over."""
        return not self.is_confirmed and self.now > self.lead_by


def launch_of(community: Community, *, now: datetime | None = None) -> Launch:
    """Steps, lead and vote of a forming group; three queries, one more where its charter is not at hand."""
    return Launch(
        steps=list(community.launch_steps.select_related("done_by")),
        lead=lead_of(community),
        motion=community.motions.filter(kind=Motion.Kind.LEAD, state=Motion.State.OPEN).first(),
        lead_by=lead_by(community),
        now=now or timezone.now(),
    )


def lead_of(community: Community) -> Membership | None:
    """Who leads; a confirmed one first."""
    leads = community.memberships.current().filter(role=Membership.Role.LEAD, member__is_active=True)
    found = list(leads.select_related("member"))
    return next((one for one in found if one.confirmed_at), next(iter(found), None))


def lead_by(community: Community) -> datetime:
    """By when the members must have confirmed a lead."""
    return community.created_at + timedelta(days=charter_of(community).confirm_lead_days)


def with_last_act(communities: QuerySet[Community]) -> QuerySet[Community]:
    """Adds `last_act`: the last act of the ledger there, the last day on which hours were given, or the founding."""
    acts = (
        Activity.objects.filter(community=OuterRef("slug")).order_by().values("community")
        .annotate(last=Max("occurred_at")).values("last")
    )  # fmt: skip
    hours = (
        VolunteerHours.objects.filter(community=OuterRef("pk")).order_by().values("community")
        .annotate(last=Max(Cast("day", DateTimeField()))).values("last")
    )  # fmt: skip
    return communities.annotate(
        last_act=Greatest("created_at", Coalesce(Subquery(acts), "created_at"), Coalesce(Subquery(hours), "created_at"))
    )


def self_started() -> QuerySet[Community]:
    """Open groups that members started: those are asked when they fall silent."""
    return Community.objects.live().filter(kind__in=SELF_STARTED).select_related("charter").order_by("pk")


def forming() -> QuerySet[Community]:
    return Community.objects.live().filter(stage=Community.Stage.FORMING).select_related("charter").order_by("pk")


def forming_without_lead() -> QuerySet[Community]:
    confirmed = Membership.objects.filter(
        community=OuterRef("pk"), role=Membership.Role.LEAD, confirmed_at__isnull=False, member__is_active=True
    )
    return forming().annotate(is_led=Exists(confirmed)).filter(is_led=Value(value=False))


def since_when_quiet(community: Community) -> datetime:
    """The last moment at which something happened there."""
    found = with_last_act(Community.objects.filter(pk=community.pk)).first()
    return getattr(found, "last_act", community.created_at)


def homes_for(community: Community, viewer: object) -> list[Community]:
    """Groups into which the members of this one could go: open ones that the viewer may know of."""
    known = Community.objects.live().visible_to(viewer).exclude(pk=community.pk).select_related("boundary")
    return list(known.prefetch_related("boundary__criteria").order_by("order", "name"))
