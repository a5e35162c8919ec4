"""How organizers write a path: its things one by one, each with the keys of what comes before it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.text import slugify

from cop.lib.errors import Refused
from labs.models import Path, PathItem
from labs.operations.paths import check_items
from members.models import Verb
from modules.forms.articles import clean_depths


class PathForm(forms.ModelForm[Path]):
    class Meta:
        model = Path
        fields = ["title", "slug", "order", "role", "summary", "ends_with", "community", "goal"]

    def clean_slug(self) -> str:
        if (slug := self.cleaned_data["slug"]) == "recommend":
            raise ValidationError("This address is kept for another page. Choose another one.")
        return str(slug)

    def clean_goal(self) -> dict[str, int]:
        return clean_depths(self.cleaned_data["goal"])


class ItemForm(forms.ModelForm[PathItem]):
    comes_after = forms.CharField(
        required=False, label="Comes after", help_text="Keys of things of this path, with commas between.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )  # fmt: skip

    class Meta:
        model = PathItem
        fields = ["order", "key", "kind", "target", "optional", "title", "text", "verbs", "times", "hours"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            keys = self.instance.needs.order_by("needs__order").values_list("needs__key", flat=True)
            self.initial["comes_after"] = ", ".join(keys)

    def clean_comes_after(self) -> list[str]:
        return [key for part in self.cleaned_data["comes_after"].split(",") if (key := slugify(part))]

    def clean_verbs(self) -> list[str]:
        verbs: list[str] = self.cleaned_data["verbs"]
        known = set(Verb.objects.filter(slug__in=verbs).values_list("slug", flat=True))
        if unknown := sorted(set(verbs) - known):
            raise ValidationError(f"“{unknown[0]}” is not an act that the community counts.")
        return verbs


class ItemFormSet(BaseInlineFormSet[PathItem, Path, ItemForm]):
    def clean(self) -> None:
        """A circle is refused and named; so is what needs something that the path does not have."""
        super().clean()
        if any(self.errors):
            return
        kept = [form for form in self.forms if form.cleaned_data.get("key") and not form.cleaned_data.get("DELETE")]
        items = [{"key": form.cleaned_data["key"], "needs": form.cleaned_data["comes_after"]} for form in kept]
        try:
            check_items(items)  # type: ignore[arg-type]
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
