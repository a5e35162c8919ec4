from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from communities import named
from communities.models import Criterion
from communities.queries.boundary import DEPTHS
from members.models import Level, Skill

Kind = Criterion.Kind
LISTED = {Kind.MODULE: "Finish a module", Kind.LEVEL: "Hold a level", Kind.SKILL: "Know a skill"}
WRITTEN = {Kind.ORGANISATION: "Work at an organisation", Kind.QUESTION: "Answer a question"}


class AnswersForm(forms.Form):
    """One field for each question of a boundary."""

    def __init__(self, *args: Any, questions: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"answer-{question.pk}"] = forms.CharField(
                label=question.value, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
                help_text=question.text, error_messages={"required": "Write a sentence or two."},
            )  # fmt: skip

    def answers(self) -> dict[int, str]:
        return {int(name.removeprefix("answer-")): text for name, text in self.cleaned_data.items()}


class InviteForm(forms.Form):
    handle = forms.CharField(
        label="Handle of the member", max_length=31, help_text="As it stands on their page, for instance kim.",
        error_messages={"required": "Write whom you invite."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


class CriterionForm(forms.ModelForm[Criterion]):
    """One thing that is asked: chosen from what the site knows, or written where it cannot know."""

    what = forms.ChoiceField(label="What is asked", required=False)
    words = forms.CharField(
        label="The organisation, or the question", required=False, max_length=300,
        help_text="Only for these two; leave it empty for all others.",
    )  # fmt: skip
    at_least = forms.TypedChoiceField(
        label="Least depth", choices=[(depth, f"{depth}: {words}") for depth, words in DEPTHS.items()], coerce=int,
        required=False, help_text="Only for a skill.",
    )  # fmt: skip

    class Meta:
        model = Criterion
        fields = ["at_least"]

    field_order = ["what", "words", "at_least"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        criterion = self.instance
        kind = self.initial.get("kind") or criterion.kind
        value = self.initial.get("value") or criterion.value
        is_written = kind in WRITTEN
        self.initial["what"] = kind if is_written else f"{kind}:{value}" if kind else ""
        self.initial["words"] = value if is_written else ""
        field = self.fields["what"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kind, _, slug = given.get("what", "").partition(":")
        words = given.get("words", "").strip()
        if kind in WRITTEN and not words:
            self.add_error("words", "Write the organisation, or the question.")
        elif kind and kind not in WRITTEN and words:
            self.add_error("words", "Leave this empty, or choose an organisation or a question above.")
        self.instance.kind, self.instance.value = kind, words if kind in WRITTEN else slug
        return given

    def clean_at_least(self) -> int:
        return self.cleaned_data["at_least"] or 1

    def has_changed(self) -> bool:
        """A row in which nothing is chosen asks for nothing."""
        return super().has_changed() and self.changed_data != ["at_least"]

    def value(self) -> dict[str, Any] | None:
        """The criterion as a motion stores it; None where nothing is asked."""
        kind, _, slug = self.cleaned_data.get("what", "").partition(":")
        if not kind:
            return None
        value = self.cleaned_data["words"].strip() if kind in WRITTEN else slug
        depth = self.cleaned_data["at_least"] if kind == Kind.SKILL else 1
        return {"kind": kind, "value": value, "at_least": depth, "text": self.initial.get("text", "")}


def choices() -> list[Any]:
    """Everything that a criterion can ask for, in groups; three queries."""
    modules = [(slug, thing.title) for slug, thing in named.things("module").items()]
    known = {
        Kind.MODULE: modules,
        Kind.LEVEL: list(Level.objects.values_list("slug", "title")),
        Kind.SKILL: list(Skill.objects.accepted().values_list("slug", "title")),
    }
    groups: list[Any] = [("", "Nothing")]
    for kind, rows in known.items():
        groups.append((LISTED[kind], [(f"{kind.value}:{slug}", title) for slug, title in rows]))
    groups.append(("Other", [(kind.value, words) for kind, words in WRITTEN.items()]))
    return [group for group in groups if group[1]]
