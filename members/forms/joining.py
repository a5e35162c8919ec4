from __future__ import annotations

from django import forms

from members import places
from members.models import Member
from members.names import not_in_names, seen_name


class SignupForm(forms.Form):
    """What is asked at sign-up beside address and password; allauth builds its form on this one."""

    name = forms.CharField(
        label="Your name", max_length=80, validators=[not_in_names, seen_name],
        help_text="As you want others to see it. A first name is enough.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-browser-zone": "fill"}))
    field_order = ["name", "email", "password1", "time_zone"]

    def clean_time_zone(self) -> str:
        """The browser's own word: one that the site does not know is left out, because nobody typed it."""
        return places.zone_meant(self.cleaned_data["time_zone"]) or ""

    def signup(self, request: object, user: Member) -> None:
        """Keep the browser's time zone; the adapter has saved the name already."""
        if zone := self.cleaned_data.get("time_zone"):
            user.time_zone = zone
            user.save(update_fields=["time_zone"])
