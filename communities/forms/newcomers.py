from __future__ import annotations

from typing import Any

from django import forms

from members.models import Member


class FirstPostForm(forms.Form):
    text = forms.CharField(
        label="Your first question, or a hello", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write a question or a hello, one sentence is enough."},
    )  # fmt: skip


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="Your answer", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write an answer first."},
    )  # fmt: skip


class TurnForm(forms.Form):
    """Days of duty; those who lead say for whom."""

    handle = forms.CharField(
        label="Handle of the member", max_length=31, help_text="They must belong to the community.",
        error_messages={"required": "Write who it is, for instance kim."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    first_day = forms.DateField(
        label="First day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the first day.", "invalid": "Choose a day."},
    )  # fmt: skip
    last_day = forms.DateField(
        label="Last day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the last day.", "invalid": "Choose a day."},
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Member, plans: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["handle"].initial = viewer.handle
        if not plans:
            del self.fields["handle"]

    def clean_handle(self) -> Member:
        handle = self.cleaned_data["handle"].strip().lstrip("@")
        member: Member | None = Member.objects.visible_to(self.viewer).filter(handle__iexact=handle).first()
        if member is None:
            raise forms.ValidationError(f"There is no member “{handle}”. Write the handle as it stands on their page.")
        return member

    def who(self) -> Member:
        found: Member = self.cleaned_data.get("handle") or self.viewer
        return found
