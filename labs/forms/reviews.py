from __future__ import annotations

from typing import Any

from django import forms

from cop.lib.markdown import MEMBER_TEXT_LIMIT
from labs import links, rubric
from labs.models import Lab, Review
from labs.operations.reviewing import LONGEST_COMMENT
from labs.operations.submissions import LONGEST_REFLECTION, MOST_MATES
from members.models import Member

DECISIONS = [(Review.Decision.ACCEPTED, "Accept it"), (Review.Decision.CHANGES_ASKED, "Ask for changes")]
NEW_LINES = str.maketrans({",": " ", ";": " ", "\n": " "})


class HandInForm(forms.Form):
    """One round of work. A link or a text is needed, and a reflection."""

    link = forms.CharField(
        required=False, label="Link to your work (optional)",
        help_text="A repository, a page or a recording that others can open. It starts with https://.",
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )  # fmt: skip
    text = forms.CharField(
        required=False, label="Or the work itself (optional)",
        help_text="What you wrote or what came out. Markdown works. Leave out secrets and names of customers.",
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
    )  # fmt: skip
    reflection = forms.CharField(
        label="What did you find out?", widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": "Write what you found out: one or two sentences are enough."},
    )  # fmt: skip
    team = forms.CharField(
        required=False, label="Who did it with you (optional)",
        help_text="Handles, as in the addresses of their pages, with spaces between. They are told, and are never "
        "asked to review it. It counts for them too.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )  # fmt: skip
    is_shown = forms.BooleanField(
        required=False, label="Show it to members after it is accepted",
        help_text="Beside the lab, with your name, for those whose own work on it is accepted.",
    )  # fmt: skip

    def __init__(self, *args: Any, lab: Lab, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        asked = lab.reflection or "What surprised you, and what would you do differently?"
        self.fields["reflection"].help_text = f"{asked} One or two sentences are enough."

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"].strip()
        if link and (reason := links.why_not(link)):
            raise forms.ValidationError(reason)
        return link

    def clean_text(self) -> str:
        return _fits(self.cleaned_data["text"], MEMBER_TEXT_LIMIT, "text")

    def clean_reflection(self) -> str:
        return _fits(self.cleaned_data["reflection"], LONGEST_REFLECTION, "reflection")

    def clean_team(self) -> list[Member]:
        """Only who is in the directory can be named, so that nobody learns who else has an account."""
        words = self.cleaned_data["team"].translate(NEW_LINES).split()
        handles = list(dict.fromkeys(word.lower().lstrip("@").rstrip("/").rsplit("/", 1)[-1] for word in words))
        if len(handles) > MOST_MATES:
            raise forms.ValidationError(f"Name {MOST_MATES} team mates at the most.")
        if self.by.handle in handles:
            raise forms.ValidationError("Name the others only; you are in the team anyway.")
        found = {one.handle: one for one in Member.objects.visible_to(self.by).filter(handle__in=handles)}
        if unknown := [handle for handle in handles if handle not in found]:
            raise forms.ValidationError(f"There is no member with the handle “{unknown[0]}” in the directory.")
        return [found[handle] for handle in handles]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not {"link", "text"} & {*self.errors} and not cleaned.get("link") and not cleaned.get("text"):
            self.add_error("link", "Give a link to your work, or write it into the text.")
        return cleaned


class Radios(forms.RadioSelect):
    """A list of faults leads to the first of the buttons."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, index or "0")


class ReviewForm(forms.Form):
    """Marks by the lab's rubric, a reason and a decision."""

    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    comment = forms.CharField(
        label="Why", help_text="What is good, and what would make it better. Markdown works. Its author reads it.",
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        error_messages={"required": "Write why: what is good, and what would make it better."},
    )  # fmt: skip
    decision = forms.ChoiceField(
        label="Decision", widget=Radios, choices=DECISIONS,
        error_messages={"required": "Choose whether you accept it or ask for changes."},
    )  # fmt: skip

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = rubric.criteria(lab.rubric)
        for number, criterion in enumerate(self.criteria):
            self.fields[f"mark_{number}"] = forms.TypedChoiceField(
                label=criterion.name, help_text=criterion.text, coerce=int, widget=Radios,
                choices=list(enumerate(rubric.MARKS)),
                error_messages={
                    "required": f"Choose a mark for “{criterion.name}”.",
                    "invalid_choice": f"Choose one of the four marks for “{criterion.name}”.",
                },
            )  # fmt: skip

    @property
    def marks(self) -> list[forms.BoundField]:
        return [self[f"mark_{number}"] for number in range(len(self.criteria))]

    def clean_comment(self) -> str:
        return _fits(self.cleaned_data["comment"], LONGEST_COMMENT, "comment")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if any(name.startswith("mark_") and name not in self.fields for name in self.data):
            raise forms.ValidationError("The rubric of this lab has changed. Look at the marks again.")
        left = rubric.not_yet(self.scores())
        if cleaned.get("decision") == Review.Decision.ACCEPTED and left:
            self.add_error("decision", f"“{left[0]}” is not there yet, so ask for changes.")
        return cleaned

    def scores(self) -> dict[str, int]:
        """By the names of the criteria."""
        marked = ((one.name, self.cleaned_data.get(f"mark_{number}")) for number, one in enumerate(self.criteria))
        return {name: mark for name, mark in marked if isinstance(mark, int)}


def _fits(text: str, most: int, name: str) -> str:
    """Nothing is cut off: who wrote too much reads by how much."""
    text = text.replace("\r\n", "\n")
    if len(text) > most:
        raise forms.ValidationError(f"The {name} has {len(text):,} characters and {most:,} fit. Shorten it.")
    return text
