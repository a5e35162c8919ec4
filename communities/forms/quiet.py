from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from communities.models import Community


class ReviveForm(forms.Form):
    plan = forms.CharField(
        label="What happens next", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The members read this.", error_messages={"required": "Write in a sentence what happens next."},
    )  # fmt: skip


class MergeForm(forms.Form):
    into = forms.ChoiceField(label="Into which group", error_messages={"required": "Choose a group."})

    def __init__(self, *args: Any, homes: Iterable[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.homes = {home.slug: home for home in homes}
        field = self.fields["into"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose a group"), *((slug, home.name) for slug, home in self.homes.items())]

    def home(self) -> Community:
        return self.homes[self.cleaned_data["into"]]
