from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from cop.lib.errors import Refused
from governance import rules
from governance.models import DocumentVersion, Term
from governance.operations.terms import refuse_wrong_dates
from members.models import Member


class MemberField(forms.CharField):
    """A member, written as handle, e-mail address or full name: quicker than a list of thousands."""

    def clean(self, value: Any) -> Member:
        words = super().clean(value)
        people = Member.objects.active()
        found = people.filter(Q(handle__iexact=words) | Q(email__iexact=words)) or people.filter(name__iexact=words)
        if not found:
            raise forms.ValidationError(
                "No member is called that. Write the handle that their profile's address shows."
            )
        if len(found) > 1:
            raise forms.ValidationError(f"{len(found)} members are called that. Write the handle instead.")
        member: Member = found[0]
        return member


class AppointForm(forms.ModelForm[Term]):
    """An appointment; a rule that it breaks is named beside the field that can help."""

    holder = MemberField(
        max_length=254,
        help_text="Handle, e-mail address or full name.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    class Meta:
        model = Term
        fields = ["seat", "holder", "starts", "ends", "how", "override_reason"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if any(data.get(name) is None for name in ("seat", "holder", "starts", "ends")):
            return data
        term = Term(**{name: data[name] for name in ("seat", "holder", "starts", "ends")})
        try:
            refuse_wrong_dates(term)
            rules.check(term)
        except rules.RuleBroken as broken:
            self.add_broken_rule(broken, reason=data.get("override_reason", ""))
        except Refused as refusal:
            self.add_error("ends", refusal.message)
        return data

    def add_broken_rule(self, broken: rules.RuleBroken, *, reason: str) -> None:
        if not broken.may_be_overridden:
            self.add_error("seat", broken.message)
        elif not reason.strip():
            self.add_error(
                "override_reason", f"{broken.message} To set the rule aside, write why; everybody can read it."
            )

    def validate_constraints(self) -> None:
        """The rules above say the same with names and dates; the database keeps the last word."""


class EndTermForm(forms.ModelForm[Term]):
    class Meta:
        model = Term
        fields = ["ended_early_at", "reason"]
        help_texts = {
            "ended_early_at": "The first day on which the seat is free. Leave it empty to change nothing.",
            "reason": "For everybody to read, for instance: changed jobs.",
        }


class DraftForm(forms.ModelForm[DocumentVersion]):
    class Meta:
        model = DocumentVersion
        fields = ["document", "version", "body", "note", "review_by"]

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if not body.strip():
            raise forms.ValidationError("The text is empty. Write what the document says.")
        return body
