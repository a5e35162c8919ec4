from __future__ import annotations

from members.models import ConductAcceptance, ConductVersion, Member


def version_to_accept(member: Member) -> str:
    """The version of the code of conduct that the member still has to accept; empty where there is none."""
    current = ConductVersion.objects.order_by("-in_force_at").first()
    if current is None or ConductAcceptance.objects.filter(member=member, version=current.version).exists():
        return ""
    return current.version
