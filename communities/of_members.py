"""What this app keeps back of the acts of members: what was done in communities that the viewer may not know of."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from communities.models import Community
from members import kept_back
from members.models import Member

Visibility = Community.Visibility


def unknown_to(viewer: Any) -> QuerySet[Community, str]:
    """The slugs of communities that this viewer may not know of."""
    if isinstance(viewer, Member) or not viewer.is_authenticated:
        known = Community.objects.visible_to(viewer)
    else:  # some member, as whom owners look at their own page
        known = Community.objects.exclude(visibility=Visibility.OWN)
    return Community.objects.exclude(pk__in=known.values("pk")).order_by().values_list("slug", flat=True)


kept_back.announce(unknown_to)
