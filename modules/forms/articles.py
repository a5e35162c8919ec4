"""Fields that let stewards write lists as plain lines, and the forms of the admin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

from cop.lib.markdown import render
from modules.models import Article
from modules.rules import images_without_words


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


class ArticleForm(forms.ModelForm[Article]):
    sources = BlocksField(
        first="title", second="url", required=False,
        help_text="For each source two lines: its title, then its address. An empty line between sources.",
    )  # fmt: skip

    class Meta:
        model = Article
        fields = ["body", "sources"]  # the admin adds its own
        widgets = {"body": forms.Textarea(attrs={"rows": 36, "cols": 100, "class": "vLargeTextField"})}

    def clean_sources(self) -> list[dict[str, str]]:
        sources: list[dict[str, str]] = self.cleaned_data["sources"]
        for source in sources:
            if urlsplit(source["url"]).scheme not in ("http", "https"):
                raise ValidationError(f"The address of “{source['title']}” must begin with https://.")
        return sources

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        images = images_without_words(render(body).html) if self.instance.is_published else []
        if images:
            raise ValidationError(f"Write what the image {images[0]} shows, between the brackets: ![what it shows](…).")
        return body
