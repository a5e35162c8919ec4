from __future__ import annotations

from django import forms

from cop.lib.fields import LinesField
from labs.models import Lab
from modules.forms.articles import BlocksField, clean_depths


class NotesForm(forms.Form):
    """Private notes of a run. Their length is judged by the operation, so that too long ones stay in the field."""

    notes = forms.CharField(
        label="Your notes", required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text="Only you can read them. Markdown works in the file.",
    )  # fmt: skip


class LabForm(forms.ModelForm[Lab]):
    """A lab as stewards write it in the admin."""

    prerequisites = LinesField(required=False, help_text="One on each line.")
    troubleshooting = BlocksField(
        first="problem", second="cure", required=False,
        help_text="For each problem two lines: what one sees, then the cure. An empty line between problems.",
    )  # fmt: skip
    rubric = BlocksField(
        first="name", second="text", required=False,
        help_text="For each mark two lines: its name, then when it is met. An empty line between marks.",
    )  # fmt: skip

    class Meta:
        model = Lab
        fields = ["prerequisites", "troubleshooting", "rubric"]  # the admin adds its own

    def clean_teaches(self) -> dict[str, int]:
        return clean_depths(self.cleaned_data["teaches"])

    def clean_exposure(self) -> str:
        exposure: str = self.cleaned_data["exposure"]
        if self.instance.is_published and not exposure:
            raise forms.ValidationError("Choose where data goes; a published lab says it.")
        return exposure
