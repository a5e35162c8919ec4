"""What a member decides about their data."""

from __future__ import annotations

from typing import Any

from django import forms

from members.models import Consent, Member

WORDS = {
    "directory": (
        "Show me in the directory",
        "Signed-in members find you by name, skills and the other things that your profile lets them see.",
    ),
    Consent.Purpose.MATCHING: (
        "Use my profile for matching",
        "The site compares skills, wishes and hours to propose people to learn with. You see why each is proposed.",
    ),
    Consent.Purpose.NETWORK: (
        "Count me in network analysis",
        "Who worked with whom, drawn for the whole community. Groups under five people are never shown.",
    ),
    Consent.Purpose.LEADERSHIP: (
        "Suggest me for tasks and offices",
        "Organizers see you when they look for somebody to lead a group or to stand for a seat.",
    ),
    Consent.Purpose.READING: (
        "Keep what I have read",
        "The site notes when you reach the end of an article, so that it counts as read without a click.",
    ),
}


class ConsentForm(forms.Form):
    """One yes or no for each use; everything but the directory begins with no."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in WORDS.items():
            self.fields[str(name)] = forms.BooleanField(label=label, help_text=help_text, required=False)


class LeaveForm(forms.Form):
    """The last word before an account is deleted: the password, typed now."""

    password = forms.CharField(
        label="Your password", strip=False, help_text="To make sure that it is you.",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    understood = forms.BooleanField(
        label="I understand that nothing of my account can be brought back after these days",
        error_messages={"required": "Tick the box to say that you understand this."},
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        if not member.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.member.check_password(password):
            raise forms.ValidationError("This is not your password. Nothing has been deleted.")
        return password


class BringInForm(forms.Form):
    file = forms.FileField(
        label="The ZIP that you downloaded", help_text="At most 5 MB. It adds to your profile; it deletes nothing."
    )
