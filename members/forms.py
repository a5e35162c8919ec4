from __future__ import annotations

from django import forms

from members.models import Member
from members.names import not_in_names


class SignupForm(forms.Form):
    """What is asked at sign-up beside address and password; allauth builds its form on this one."""

    name = forms.CharField(
        label="Your name", max_length=80, validators=[not_in_names],
        help_text="As you want others to see it. A first name is enough.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    field_order = ["name", "email", "password1"]

    def signup(self, request: object, user: Member) -> None:
        """The adapter has saved the name already."""


class ProfileForm(forms.ModelForm[Member]):
    """What a member says about themselves."""

    class Meta:
        model = Member
        fields = [
            "name", "handle", "headline", "biography", "can_help_with", "looks_for", "organisation", "town",
            "time_zone", "in_directory",
        ]  # fmt: skip
        labels = {
            "name": "Your name", "headline": "What you do, in one line", "biography": "About you",
            "can_help_with": "What you can help with", "looks_for": "What you look for",
            "in_directory": "Show me in the directory, so that other members find me",
        }  # fmt: skip
        help_texts = {
            "headline": "",
            "handle": "Your address on this site: small letters, digits and hyphens.",
            "biography": "A few sentences. Markdown works.",
            "can_help_with": "Separate topics with commas.",
            "time_zone": "Times are shown in this zone, for example Europe/Lisbon or America/Bogota.",
            "in_directory": "Only signed-in members see the directory. Your e-mail address is never shown.",
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "biography": forms.Textarea(attrs={"rows": 5}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "town": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
        }

    def clean_handle(self) -> str:
        return str(self.cleaned_data["handle"]).strip().lower()
