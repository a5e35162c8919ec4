"""What readers fill in: how they read, and their notes."""

from __future__ import annotations

from typing import Any

from django import forms

from modules.models import ReadingMode

LEAD_IN = {
    ReadingMode.CONCEPT_FIRST: "why it matters and what it means come first",
    ReadingMode.RECIPE_FIRST: "steps and examples come first",
    ReadingMode.RISK_FIRST: "what can go wrong comes first",
    ReadingMode.COMPACT: "the first paragraph of each section, the rest behind a fold",
}


class HowIReadForm(forms.Form):
    """How content opens for one member, on all their devices."""

    mode = forms.ChoiceField(
        label="Articles open", required=False, widget=forms.RadioSelect,
        help_text="It orders and folds; nothing is left out. Each article also has its own switch.",
    )  # fmt: skip
    one_step = forms.BooleanField(label="Show labs one step at a time", required=False)
    signals = forms.BooleanField(
        label="Mark a Concept as read when I reach its end", required=False,
        help_text="The site then notes that you came to the end of an article. Without it only the button counts. "
        "It is the same choice as “Keep what I have read” on the page Privacy.",
    )  # fmt: skip

    def __init__(self, *args: Any, of_persona: str, **kwargs: Any) -> None:
        """of_persona: the mode that holds where the member chooses none."""
        super().__init__(*args, **kwargs)
        usual = f"As it suits my kind of work: {ReadingMode(of_persona).label.lower()}"
        choices = [(mode.value, f"{mode.label}: {LEAD_IN[mode]}") for mode in ReadingMode]
        self.fields["mode"].choices = [("", usual), *choices]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """No limit at the field itself: a browser would cut off what is pasted. The operation refuses it with words."""

    text = forms.CharField(
        label="Only you see this", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
