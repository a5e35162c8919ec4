"""Where organizers keep how far organisations let the data of their people go."""

from __future__ import annotations

from django.contrib import admin

from cop.site.admin import SavesChangedFields
from modules.models import OrganisationCeiling


@admin.register(OrganisationCeiling)
class OrganisationCeilingAdmin(SavesChangedFields[OrganisationCeiling]):
    """It holds at once for everybody who names this organisation in their profile, in capitals or not."""

    list_display = ["organisation", "ceiling", "reason"]
    list_filter = ["ceiling"]
    search_fields = ["organisation"]
