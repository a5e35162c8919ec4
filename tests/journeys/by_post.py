"""Forms that are sent without showing their page: the way to a place, where another journey walks that way."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin

Fields = list[tuple[str, str]]


@dataclass
class Form:
    """What a browser would send with one of the buttons of a form."""

    action: str
    fields: Fields = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)


class Forms(HTMLParser):
    """All forms of a page, with the values that they have when it opens."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.all: list[Form] = []
        self.form: Form | None = None
        self.words: list[str] | None = None  # of the button or text field that is open
        self.select = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(own.get("action", ""))
            self.all.append(self.form)
        elif self.form and tag == "input":
            self._input(self.form, own)
        elif self.form and tag in ("button", "textarea"):
            self.words = []
            self.select = own.get("name", "")
        elif self.form and tag == "select":
            self.select = own.get("name", "")
        elif self.form and tag == "option" and "selected" in own:
            self.form.fields.append((self.select, own.get("value", "")))

    def _input(self, form: Form, own: dict[str, str]) -> None:
        kind = own.get("type", "text")
        if kind == "submit":
            form.buttons.append(own.get("value", ""))
        elif own.get("name") and (kind not in ("checkbox", "radio") or "checked" in own):
            form.fields.append((own["name"], own.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif self.form and self.words is not None and tag in ("button", "textarea"):
            said, self.words = "".join(self.words), None
            if tag == "button":
                self.form.buttons.append(" ".join(said.split()))
            elif self.select:
                self.form.fields.append((self.select, said))


class Post:
    """Fetches and sends with the cookies of a context; the site does the same work as for a browser."""

    def __init__(self, context: Any, site: str) -> None:
        self.ask, self.site = context.request, site
        self.address, self.source = "", ""

    def get(self, address: str) -> str:
        """Fetch a page that must be there; gives back its source and keeps it for `send`."""
        return self._keep(self.ask.get(urljoin(self.site, address)))

    def send(self, button: str, *, leads_to: str = "", **values: str) -> str:
        """Press a button of the page fetched last, with these values; gives back the source of what comes then.

        leads_to: where it has to lead; that page is not fetched then."""
        wanted = button.casefold()
        found = [one for one in Forms(self.source).all if any(wanted in words.casefold() for words in one.buttons)]
        assert found, f"no button “{button}” at {self.address}"
        fields = [(name, value) for name, value in found[0].fields if name not in values] + list(values.items())
        options: dict[str, Any] = {"max_redirects": 0} if leads_to else {}
        options["headers"] = {"Content-Type": "application/x-www-form-urlencoded", "Referer": self.address}
        answer = self.ask.post(urljoin(self.address, found[0].action), data=urlencode(fields), **options)
        if not leads_to:
            return self._keep(answer)
        assert answer.status == 302, f"{answer.url} answered {answer.status}: {text_of(answer.text())}"
        assert answer.headers["location"] == leads_to
        return ""

    def _keep(self, answer: Any) -> str:
        assert answer.status == 200, f"{answer.url} answered {answer.status}"
        self.address, self.source = answer.url, answer.text()
        return self.source

    def follow(self, beginning: str) -> str:
        """Fetch the first address of the page fetched last that begins so."""
        found = re.search(re.escape(beginning) + r"[^/\s\"<>]+/", self.source)
        assert found is not None, f"no address {beginning}… at {self.address}"
        return self.get(found[0])

    def value_beside(self, words: str) -> str:
        """The value of the choice whose label begins so."""
        found = re.search(r'<label[^>]*>\s*<input[^>]*value="([^"]*)"[^>]*>\s*(?:<[^>]+>\s*)*' + words, self.source)
        assert found is not None, f"no choice “{words}” at {self.address}"
        return html.unescape(found[1])

    def says(self, *words: str) -> None:
        """Every one of these stands in the text of the page fetched last."""
        said = text_of(self.source)
        assert [one for one in words if one not in said] == [], f"{self.address} says {said}"


def text_of(source: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())
