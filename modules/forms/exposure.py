from __future__ import annotations

from django import forms

from modules.exposure import Exposure

NONE_SET = ""
SENTENCES = {value: Exposure(value).explanation for value in Exposure.values}


class CeilingForm(forms.Form):
    """How far a member lets data go. Empty: no ceiling of one's own."""

    ceiling = forms.ChoiceField(
        label="How far may your data go?", required=False, widget=forms.RadioSelect,
        choices=[*Exposure.choices, (NONE_SET, "No ceiling")],
    )  # fmt: skip
