from __future__ import annotations

from django.db.models import Case, CharField, Exists, F, OuterRef, Subquery, Value, When

from members.models import ConductAcceptance, ConductVersion, Member


def to_accept(member: str = "pk") -> Subquery:
    """An expression: the version of the code of conduct that a member still has to accept, or nothing."""
    accepted = ConductAcceptance.objects.filter(member=OuterRef(OuterRef(member)), version=OuterRef("version"))
    still = Case(When(Exists(accepted), then=Value("")), default=F("version"), output_field=CharField())
    return Subquery(ConductVersion.objects.order_by("-in_force_at").values(still=still)[:1])


def version_to_accept(member: Member) -> str:
    """The version of the code of conduct that the member still has to accept; empty where there is none.

    The member of a request brings the answer along; for others it costs a query."""
    if hasattr(member, "conduct_to_accept"):
        return str(member.conduct_to_accept or "")
    [still] = Member.objects.filter(pk=member.pk).values_list(to_accept(), flat=True)
    return still or ""
