from __future__ import annotations

from django import forms

from communities.models import Community
from communities.queries.groups import EXPOSURES
from cop.lib.fields import LinesField


class CommunityForm(forms.ModelForm[Community]):
    practice_areas = LinesField(required=False, label="Practice areas", help_text="One short phrase on each line.")
    brings = LinesField(required=False, label="What people bring", help_text="One short phrase on each line.")

    exposure_ceiling = forms.ChoiceField(
        required=False, choices=[("", "Nothing is said"), *EXPOSURES.items()],
        help_text="The furthest that data goes in what this community recommends.",
    )  # fmt: skip
    checklists = LinesField(
        required=False, label="Checklists that its work passes", help_text="One short name on each line."
    )

    class Meta:
        model = Community
        fields = [
            "name", "slug", "kind", "parent", "order", "is_archived", "why",
            "practice_areas", "brings", "success", "description",
            "stage", "visibility", "place", "language", "rhythm", "has_budget", "has_elections", "has_objectives",
            "exposure_ceiling", "checklists",
        ]  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}) for name in ("why", "success")}
