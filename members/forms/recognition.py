from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from members.claims import CHOICES
from members.models import Member
from members.operations.claims import LONGEST_EVIDENCE, Work
from members.operations.kudos import LONGEST_REASON


class ClaimForm(forms.Form):
    """Work done elsewhere, with the evidence for it."""

    kind = forms.ChoiceField(label="What kind of work", choices=[("", "Choose one"), *CHOICES])
    title = forms.CharField(max_length=160, label="Its title", help_text="As others would find it.")
    evidence = forms.CharField(
        max_length=LONGEST_EVIDENCE, label="Where it can be seen",
        help_text="An address that starts with https://: a recording, a merged change, a page with your name on it.",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    happened_on = forms.DateField(
        label="Day", help_text="When it was done or published.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    text = forms.CharField(
        max_length=600, required=False, label="What you did, in a sentence or two (optional)",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    witness = forms.CharField(
        max_length=60, required=False, label="Somebody who was there (optional)",
        help_text="The handle of a member, as in the address of their page. Without one an organizer looks at it.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day lies in the future. Claim it when it is done.")
        return day

    def clean_witness(self) -> Member | None:
        """Only who is in the directory can be named, so that nobody learns who else has an account."""
        handle = self.cleaned_data["witness"].strip().lower().lstrip("@").rstrip("/").rsplit("/", 1)[-1]
        if not handle:
            return None
        found: Member | None = Member.objects.visible_to(self.by).filter(handle=handle).first()
        if found is None:
            raise forms.ValidationError(f"There is no member with the handle “{handle}” in the directory.")
        return found

    def work(self) -> Work:
        names = ("kind", "title", "evidence", "happened_on", "text")
        return Work(**{name: self.cleaned_data[name] for name in names})


class DecisionForm(forms.Form):
    note = forms.CharField(
        max_length=300, required=False, label="Note",
        help_text="Goes to who made the claim. Needed where you do not confirm it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class KudosForm(forms.Form):
    reason = forms.CharField(
        max_length=LONGEST_REASON, label="What are you thankful for?",
        help_text="One sentence. It stands on their page, with your name.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
