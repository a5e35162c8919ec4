"""What is asked of a member who invites others."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cop.lib.addresses import validate_plain_address
from members.models import Persona
from members.queries.rules import member_rules

DOTS = str.maketrans("。｡．", "...")
# What a mail program may make a link of: an address with or without its beginning. Ends of file names are left alone.
LINK = re.compile(r"(?i)\b(?:[a-z]{2,9}:/|mailto:|www\.)\S*|(?:[\w-]+\.)+(?!(?:js|ts|txt|ya?ml|pdf)\b)[^\W\d_]{2,}\S*")


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
        if found := LINK.search(unicodedata.normalize("NFKC", sentence).translate(DOTS)):
            like = f"“{found[0][:40]}” reads like one."
            raise ValidationError(f"Write the sentence without links; the letter has the one that matters. {like}")
        return sentence
