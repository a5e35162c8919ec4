"""The form in which a check is taken, and the signature of the seed that shuffled it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing

from cop.lib.errors import Refused
from modules import checks
from modules.models import Check, Question

SALT = "modules.check"
A_DAY = 24 * 60 * 60  # seconds for which a form holds
MOST_SEED = 2**31


def new_seed() -> int:
    return secrets.randbelow(MOST_SEED)


def sign(seed: int, check: Check, member: int) -> str:
    """The seed for this member's form of this check, so that nobody brings one of their own."""
    return signing.dumps([seed, check.pk, member], salt=SALT)


def seed_of(signed: str, check: Check, member: int) -> int:
    """The seed that was signed for this form; refused for another form, another hand, or one of yesterday."""
    try:
        seed, of, by = signing.loads(signed, salt=SALT, max_age=A_DAY)
    except (signing.BadSignature, ValueError, TypeError):
        of = by = seed = None
    if (of, by) != (check.pk, member) or not isinstance(seed, int):
        raise Refused("This form is too old. Your answers are kept below; send them again.")
    return seed


@dataclass(frozen=True)
class Asked:
    """A question with its fields: one, or for an order one for each thing, with the words of the thing."""

    number: int
    question: Question
    fields: list[tuple[str, Any]]

    @property
    def is_many(self) -> bool:
        return len(self.question.answer) > 1

    @property
    def errors(self) -> list[str]:
        return [error for _, field in self.fields for error in field.errors]


class AnswersForm(forms.Form):
    """All questions of a check with options in the order of a seed. A question may be left open, all of them not."""

    def __init__(self, questions: Sequence[Question], *, seed: int, data: Any = None) -> None:
        super().__init__(data)
        self.questions = list(questions)
        self.mixed = {one.key: checks.shuffled(one.options, seed=seed, key=one.key) for one in self.questions}
        for one in self.questions:
            self.fields.update(self._fields_of(one))

    def _fields_of(self, one: Question) -> dict[str, forms.Field]:
        options = [(option["key"], option["text"]) for option in self.mixed[one.key]]
        name = f"q-{one.key}"
        if one.kind == Question.Kind.ORDER:
            places = [("", "Place"), *((str(n), str(n)) for n in range(1, len(options) + 1))]
            return {
                f"{name}-{key}": forms.ChoiceField(label=words, choices=places, required=False)
                for key, words in options
            }
        if one.kind == Question.Kind.CHOICE and len(one.answer) > 1:
            many = forms.MultipleChoiceField(
                label=one.text, choices=options, required=False, widget=forms.CheckboxSelectMultiple
            )
            return {name: many}
        if one.kind == Question.Kind.CHOICE:
            return {name: forms.ChoiceField(label=one.text, choices=options, required=False, widget=forms.RadioSelect)}
        mode = {"inputmode": "decimal"} if one.kind == Question.Kind.NUMBER else {}
        typed = forms.TextInput(attrs={"autocomplete": "off", "class": "form-control", **mode})
        return {name: forms.CharField(label=one.text, max_length=200, required=False, widget=typed)}

    @property
    def asked(self) -> list[Asked]:
        return [Asked(number, one, self._bound(one)) for number, one in enumerate(self.questions, start=1)]

    def _bound(self, one: Question) -> list[tuple[str, Any]]:
        if one.kind != Question.Kind.ORDER:
            return [("", self[f"q-{one.key}"])]
        return [(option["text"], self[f"q-{one.key}-{option['key']}"]) for option in self.mixed[one.key]]

    def clean(self) -> dict[str, Any]:
        """Afterwards `answers` holds what was given, by key of the question."""
        given = super().clean() or self.cleaned_data
        self.answers: dict[str, Any] = {}
        for one in self.questions:
            value = self._order(one, given) if one.kind == Question.Kind.ORDER else given.get(f"q-{one.key}")
            if not checks.is_empty(value):
                self.answers[one.key] = [value] if one.kind == Question.Kind.CHOICE and value is str(value) else value
        if not self.answers and not self.errors:
            raise forms.ValidationError("Answer at least one question. An empty try is not counted.")
        return given

    def _order(self, one: Question, given: dict[str, Any]) -> list[str]:
        """The things by their places; where two have the same place or one has none, the first of them says so."""
        keys = [option["key"] for option in self.mixed[one.key]]
        places = {key: given.get(f"q-{one.key}-{key}") for key in keys}
        if any(places.values()) and len({*places.values()} - {"", None}) < len(keys):
            self.add_error(f"q-{one.key}-{keys[0]}", "Give each of them a place of its own.")
            return []
        return sorted(keys, key=lambda key: int(places[key] or 0)) if any(places.values()) else []
