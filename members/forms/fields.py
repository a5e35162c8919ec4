"""Fields of forms about people: lists typed with commas, languages, time zones, addresses with https."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import URLValidator

from members import places

HTTPS = "Write a whole address that starts with https://, such as https://example.org/me."
COMMAS = re.compile(r"[,;\n،、，]")


class ListField(forms.CharField):
    """Short words typed with commas between them; each is kept once, in the order typed."""

    def __init__(self, *, most: int, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most, self.longest = most, longest

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = value if isinstance(value, list) else COMMAS.split(value or "")
        found: dict[str, str] = {}
        for word in (" ".join(str(word).split()) for word in words):
            if word:
                found.setdefault(word.casefold(), word)
        return list(found.values())

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(f"Name {self.most} at most; these are {len(value)}.")
        if long := [word for word in value if len(word) > self.longest]:
            raise forms.ValidationError(f"“{long[0]}” is too long; keep each to {self.longest} characters.")

    def run_validators(self, value: Any) -> None:
        """Those of a text do not fit a list; `validate` has looked at each word."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class LanguagesField(ListField):
    """Languages typed by their English name, their own name or their code; kept as codes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=12, longest=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return ", ".join(places.language_names().get(str(code), str(code)) for code in value)
        return value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        codes: dict[str, str | None] = {word: places.language_meant(word) for word in typed}
        unknown = [word for word, code in codes.items() if code is None]
        if unknown:
            raise forms.ValidationError(
                f"We do not know the language “{unknown[0]}”. Write it as in English, French or Nederlands."
            )
        return list(dict.fromkeys(codes.values()))


class ZoneField(forms.CharField):
    """A time zone by its name in any case, or by its town."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        zone = places.zone_meant(typed)
        if zone is None:
            raise forms.ValidationError(f"“{typed}” is not a time zone; write one such as Europe/Lisbon.")
        return zone


class HttpsField(forms.URLField):
    """An address that starts with https; without any beginning https is put before it."""

    default_validators = [URLValidator(schemes=["https"])]
    default_error_messages = {"invalid": HTTPS}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)
        self.widget.attrs["autocomplete"] = "url"

    def clean(self, value: Any) -> Any:
        """A name before the address, as in https://example.org@elsewhere.net, only hides where a link leads."""
        address = super().clean(value)
        if "@" in urlsplit(address).netloc:
            raise forms.ValidationError(HTTPS)
        return address
