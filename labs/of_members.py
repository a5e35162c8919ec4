"""What a member's page shows of labs: the certificates that count."""

from __future__ import annotations

from typing import Any

from labs.models import Certificate
from labs.queries.certificates import shown_of
from members import sections
from members.audience import may_see


def certificates(person: Any, viewer: Any) -> list[Certificate]:
    """For those who may see the portfolio."""
    return shown_of(person) if may_see(person, "portfolio", viewer) else []


sections.announce(
    sections.Section("certificates", "Certificates", "certificates/of_member.html", certificates, order=10)
)  # fmt: skip
