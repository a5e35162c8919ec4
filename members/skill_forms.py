"""Forms in which members say how deep skills are: their own, and those of people with whom they have worked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import URLValidator

from members.expertise import DEEPEST, DEPTHS
from members.models import Activity, Validation
from members.operations.endorsements import LONGEST_EVIDENCE, LONGEST_NOTE, LONGEST_SENTENCE, Judgement
from members.operations.skills import LONGEST_NAME
from members.queries.endorsing import in_words

CLAIMS = [
    (0, "0: none yet"), (1, "1: aware, I can follow when others talk"), (2, "2: I use it in my own work"),
    (3, "3: I lead, others come to me with it"), (4, "4: I teach it"),
]  # fmt: skip
WISHES = [(0, "No wish"), *((number, f"{number}: {DEPTHS[number]}") for number in range(1, DEEPEST + 1))]
LEVELS = [(number, f"{number}: {DEPTHS[number]}") for number in range(1, DEEPEST + 1)]
NOT_A_DEPTH = f"A depth is a number from 0 to {DEEPEST}. Choose one from the list."
NOT_A_LEVEL = f"A level is a number from 1 to {DEEPEST}. Choose one from the list."


def choice(label: str, choices: list[tuple[int, str]], fault: str, help_text: str = "") -> forms.TypedChoiceField:
    messages = {"invalid_choice": fault, "required": fault}
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, error_messages=messages, help_text=help_text
    )  # fmt: skip


class DepthForm(forms.Form):
    """How deep one's skill is, how deep it should become, and whether one helps others."""

    claimed = choice("How well you know it", CLAIMS, NOT_A_DEPTH)
    wants = choice("How well you would like to know it", WISHES, NOT_A_DEPTH)
    helps = forms.BooleanField(label="I am willing to help others with it", required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        claimed, wants = values.get("claimed"), values.get("wants")
        if claimed and wants and wants <= claimed:
            self.add_error("wants", "A wish goes beyond what you know already. Choose a deeper one, or no wish.")
        return values


class SkillForm(DepthForm):
    """A further skill for one's list."""

    name = forms.CharField(
        label="Skill", max_length=LONGEST_NAME,
        help_text="Choose one or write it in your own words. What nobody has named before goes to the stewards.",
        error_messages={"required": "Choose a skill from the list, or write its name."},
        widget=forms.TextInput(attrs={"list": "known-skills", "autocomplete": "off"}),
    )  # fmt: skip
    field_order = ["name", "claimed", "wants", "helps"]


class EndorsementForm(forms.Form):
    level = choice("How deep it is, from what you saw", LEVELS, NOT_A_LEVEL)
    sentence = forms.CharField(
        label="One sentence on what you saw", max_length=LONGEST_SENTENCE,
        help_text="It stands on the page with your name.",
        error_messages={"required": "Write one sentence on what you saw."},
    )  # fmt: skip


class ValidationForm(forms.Form):
    """A Mentor's judgement of a piece of work: one of the acts in the ledger, or a page elsewhere."""

    act = forms.TypedChoiceField(label="The work you looked at", coerce=int, required=False, empty_value=None)
    evidence = forms.CharField(
        label="Or its address", required=False, max_length=LONGEST_EVIDENCE,
        validators=[URLValidator(schemes=["https"], message="Give an address that starts with https://.")],
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    level = choice("The depth that you judged", LEVELS, NOT_A_LEVEL)
    decision = forms.ChoiceField(
        label="What you found", widget=forms.RadioSelect,
        choices=[(Validation.Decision.SHOWN, "The work shows it"), (Validation.Decision.NOT_YET, "Not yet shown")],
        error_messages={"required": "Say whether the work shows this depth or not yet."},
    )  # fmt: skip
    note = forms.CharField(
        label="What you looked at and what it shows", max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what you looked at and what it shows."},
    )  # fmt: skip

    def __init__(self, *args: Any, acts: Iterable[Activity] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "judge_%s"} | kwargs)
        self.acts = {act.pk: act for act in acts}
        words = [(pk, in_words(act)) for pk, act in self.acts.items()]
        self.fields["act"].choices = [("", "A page elsewhere"), *words]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("act") and not values.get("evidence") and "evidence" not in self.errors:
            self.add_error("evidence", "Choose an act above, or give an address that starts with https://.")
        return values

    def judgement(self) -> Judgement:
        values = self.cleaned_data
        return Judgement(
            level=values["level"], decision=values["decision"], note=values["note"], evidence=values["evidence"],
            act=self.acts.get(values["act"]),
        )  # fmt: skip
