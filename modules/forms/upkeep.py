from __future__ import annotations

from django import forms


class LookForm(forms.Form):
    """“I looked, it is still true”, with what was looked at."""

    kind = forms.SlugField(widget=forms.HiddenInput, max_length=40)
    key = forms.CharField(widget=forms.HiddenInput, max_length=160)
    said = forms.CharField(
        max_length=2000, error_messages={"required": "Say in a few words what you looked at. It stands in the history."}
    )
