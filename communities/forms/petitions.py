from __future__ import annotations

from typing import Any

from django import forms

from communities.models import Petition
from members import places

KINDS = [
    ("interest-group", "Interest group: a topic, wherever its people are"),
    ("study-group", "Study group: learning together in one town or time zone"),
]
MISSING = {
    "place": "Write the town or the time zone.",
    "language": "Choose the language in which you meet.",
    "rhythm": "Write how often you would meet, for instance every second Tuesday.",
}


class PetitionForm(forms.ModelForm[Petition]):
    """A wish for a group; a study group also says where, in which language and how often."""

    kind = forms.ChoiceField(
        label="What it would be", choices=KINDS, widget=forms.RadioSelect, initial="interest-group"
    )
    language = forms.ChoiceField(label="Language", required=False)
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Petition
        fields = ["kind", "name", "purpose", "place", "language", "rhythm"]
        labels = {"name": "Name", "purpose": "Purpose", "place": "Town or time zone", "rhythm": "How often"}
        help_texts = {
            "name": "Short and plain, so that others find it.",
            "purpose": "What the group is for, and for whom. The first sentence stands in the list of communities.",
            "place": "For a study group: where it would meet.",
            "rhythm": "For instance every second Tuesday evening.",
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "name": {"required": "Write a name for the group."},
            "purpose": {"required": "Write what the group is for, in a sentence or two."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = [("", "Not decided"), *places.language_names().items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("kind") == "study-group":
            for name, fault in MISSING.items():
                if name not in self.errors and not given.get(name, "").strip():
                    self.add_error(name, fault)
        return given
