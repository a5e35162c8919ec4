"""What is asked of a member who invites others."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cop.lib.addresses import validate_plain_address
from members.models import Persona
from members.queries.rules import member_rules

LINK = re.compile(r"(?i)\b(?:https?:|www\.|[a-z0-9-]+\.(?:com|org|net|io|dev|eu)\b)")


class InvitationForm(forms.Form):
    addresses = forms.CharField(
        label="E-mail addresses",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text="One on each line. We keep an address until the invitation ends.",
    )
    sentence = forms.CharField(
        label="Why you invite them, in a sentence",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stands in the letter with your name. Plain words, no links.",
    )
    persona = forms.ModelChoiceField(
        label="Who they are like",
        queryset=Persona.objects.all(),
        required=False,
        empty_label="I do not know",
        help_text="The letter then says what people like this find here.",
    )
    community = forms.ChoiceField(label="Which community they would join", required=False)

    def __init__(self, *args: Any, communities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["community"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", "They choose themselves"), *communities]

    def clean_addresses(self) -> list[str]:
        """Each line a plain address; the first wrong one is named."""
        found = [line.strip().strip(",;") for line in self.cleaned_data["addresses"].splitlines() if line.strip()]
        most = member_rules().invitations_a_week
        if len(found) > most:
            raise ValidationError(f"These are {len(found)} addresses; {most} are possible in seven days.")
        for address in found:
            try:
                forms.EmailField().clean(address)
                validate_plain_address(address)
            except ValidationError as error:
                raise ValidationError(f"“{address[:80]}” is not an e-mail address. Write one on each line.") from error
        return found

    def clean_sentence(self) -> str:
        sentence = " ".join(self.cleaned_data["sentence"].split())
        if LINK.search(sentence):
            raise ValidationError("Write the sentence without links; the letter has the one that matters.")
        return sentence
