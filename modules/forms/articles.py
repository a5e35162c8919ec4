"""Fields that let stewards write lists as plain lines, and the forms of the admin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

from cop.lib.shapes import depth
from members.models import Skill
from modules.models import Article


class BlocksField(forms.CharField):
    """A list of pairs, each a block of lines: the first line is the one part, the rest is the other."""

    widget = forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"})

    def __init__(self, *, first: str, second: str, **kwargs: Any) -> None:
        self.first, self.second = first, second
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n\n".join(f"{pair[self.first]}\n{pair[self.second]}" for pair in value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        lines = "\n".join(line.strip() for line in (value or "").splitlines())
        return [self.pair(block.strip()) for block in lines.split("\n\n") if block.strip()]

    def pair(self, block: str) -> dict[str, str]:
        head, _, rest = block.partition("\n")
        if not rest.strip():
            raise ValidationError(f"“{head[:60]}” needs a second line: the {self.second}.")
        return {self.first: head.strip(), self.second: " ".join(rest.split("\n")).strip()}

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


def clean_depths(value: Any) -> dict[str, int]:
    """Skills by slug with the depth to which something teaches them."""
    depths = value or {}
    known = set(Skill.objects.values_list("slug", flat=True))
    if not isinstance(depths, dict) or any(depth(number) for number in depths.values()):
        raise ValidationError('Write skills with a depth from 1 to 4, as {"retrieval": 2}.')
    if missing := sorted(set(depths) - known):
        raise ValidationError(f"There is no skill “{'”, “'.join(missing)}”.")
    return depths


class ArticleForm(forms.ModelForm[Article]):
    sources = BlocksField(
        first="title", second="url", required=False,
        help_text="For each source two lines: its title, then its address. An empty line between sources.",
    )  # fmt: skip

    class Meta:
        model = Article
        fields = ["body", "sources"]  # the admin adds its own
        widgets = {"body": forms.Textarea(attrs={"rows": 36, "cols": 100, "class": "vLargeTextField"})}

    def clean_teaches(self) -> dict[str, int]:
        return clean_depths(self.cleaned_data["teaches"])

    def clean_sources(self) -> list[dict[str, str]]:
        sources: list[dict[str, str]] = self.cleaned_data["sources"]
        for source in sources:
            if urlsplit(source["url"]).scheme not in ("http", "https"):
                raise ValidationError(f"The address of “{source['title']}” must begin with https://.")
        return sources
