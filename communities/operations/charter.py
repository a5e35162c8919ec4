"""Writing what a community agreed; called when a motion was accepted, and by organizers for the first charter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from communities.charter_fields import OF_BOUNDARY, OF_CHARTER
from communities.models import Boundary, Charter, Community, Criterion


@transaction.atomic
def apply(community: Community, values: Mapping[str, Any]) -> None:
    """Set the named fields of charter and boundary, and leave the others as they are. Repeats safely."""
    charter = {name: value for name, value in values.items() if name in OF_CHARTER}
    boundary = {name: value for name, value in values.items() if name in OF_BOUNDARY}
    Charter.objects.update_or_create(community=community, defaults=charter)
    drawn, _ = Boundary.objects.update_or_create(community=community, defaults=boundary)
    if "criteria" in values:
        set_criteria(drawn, values["criteria"])


def set_criteria(boundary: Boundary, criteria: list[dict[str, Any]]) -> None:
    """In place of those before; one that stands twice is kept once."""
    boundary.criteria.all().delete()
    each = {(one["kind"], one["value"]): one for one in criteria}.values()
    Criterion.objects.bulk_create(Criterion(boundary=boundary, order=n, **one) for n, one in enumerate(each))
