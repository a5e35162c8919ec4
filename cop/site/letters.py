"""A mail written once in Markdown: its text part plain, its HTML part in the site's frame (MJML)."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine, engines
from django.template.backends.django import DjangoTemplates
from django.template.loader import render_to_string
from django.utils.html import escape
from mjml import mjml2html

from cop.lib import markdown
from cop.site.context import brand

log = logging.getLogger(__name__)
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARK = re.compile("word[0-9a-f]{16}")
UNSUBSCRIBE, STOP_KIND = "Unsubscribe with one click", "Stop mails of this kind with one click"


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


class Gap(str):
    """Stands in templates for what they were not given: a letter is not written with a gap."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise LookupError(f"The template names “{name}”, which it was not given.")


def write(
    template: str, context: Mapping[str, Any], *, why: str, words: Mapping[str, Any] | None = None,
    unsubscribe: str = "", strict: bool = False,
) -> Letter:  # fmt: skip
    """Fill a mail template.

    template: a file below templates/ whose first line is `Subject: ...` and whose rest is Markdown.
    why: one sentence that tells the reader why this mail came; it closes both parts.
    words: further values, also lists and dictionaries, of plain words: Markdown in them shows as it was typed.
    unsubscribe: address that stops such mails. strict: raise LookupError for what the template was not given.
    """
    marks: dict[str, str] = {}
    values = {"site_url": settings.SITE_URL, "brand": brand(), **context, **_marked(dict(words or {}), marks)}
    subject, body = _parts(template, values, strict)
    subject, text = one_line(_unmarked(subject, marks)), _unmarked(markdown.to_plain(body), marks)
    shown = {mark: escape(said) for mark, said in marks.items()}
    html = in_frame(
        subject, _unmarked(markdown.render(body, bare_links=False).html, shown), why=why, unsubscribe=unsubscribe,
        leave=STOP_KIND,
    )  # fmt: skip
    return Letter(subject, f"{text}\n\n{_signature(why, unsubscribe)}", html)


def write_or_plain(
    template: str, context: Mapping[str, Any], *, why: str, title: str, text: str = "", address: str = "",
    words: Mapping[str, Any] | None = None, unsubscribe: str = "",
) -> Letter:  # fmt: skip
    """Fill a mail template; where it cannot be filled, log that and say the same plainly: title, text, address."""
    try:
        return write(template, context, why=why, words=words, unsubscribe=unsubscribe, strict=True)
    except Exception:  # whatever is wrong with a template, its reader must learn what happened
        log.exception("mail template %s cannot be filled, its plain form is sent", template)
        return plain_letter(title, text, address, why=why, unsubscribe=unsubscribe)


def plain_letter(title: str, text: str = "", address: str = "", *, why: str, unsubscribe: str = "") -> Letter:
    """A letter that needs no template, only words."""
    subject, link = one_line(title), f"{settings.SITE_URL}{address}" if address.startswith("/") else address
    said = "\n\n".join(part for part in (subject, printable(text).strip(), link) if part)
    html = "".join(f"<p>{escape(part)}</p>" for part in [*said.split("\n\n"), why])
    if unsubscribe:
        html += f'<p><a href="{escape(unsubscribe)}">{STOP_KIND}</a></p>'
    return Letter(
        subject, f"{said}\n\n{_signature(why, unsubscribe)}", f"<!doctype html><html><body>{html}</body></html>"
    )


def in_frame(
    subject: str, body_html: str, *, why: str, unsubscribe: str = "", preheader: str = "", leave: str = UNSUBSCRIBE
) -> str:
    """Put cleaned HTML into the site's mail frame; returns a complete HTML document."""
    page = render_to_string(
        "email/frame.mjml",
        {"subject": subject, "body": body_html, "why": why, "unsubscribe": unsubscribe, "preheader": preheader,
         "leave": leave, "site_url": settings.SITE_URL, "brand": brand()},
    )  # fmt: skip
    return str(mjml2html(printable(page)))


def one_line(text: str) -> str:
    """A header value: no line breaks, no runs of spaces."""
    return re.sub(r"\s+", " ", printable(text)).strip()


def printable(text: str) -> str:
    """Without the characters that XML, and so MJML, has no place for: one of them would stop the whole mail."""
    return NOT_IN_XML.sub("", text)


def _marked(value: Any, marks: dict[str, str]) -> Any:
    """The same with a mark in the place of all words, which Markdown leaves alone; notes what each stands for."""
    if isinstance(value, dict):
        return {name: _marked(part, marks) for name, part in value.items()}
    if isinstance(value, list):
        return [_marked(part, marks) for part in value]
    if not isinstance(value, str) or not value:
        return value
    mark = f"word{secrets.token_hex(8)}"
    marks[mark] = printable(value)
    return mark


def _unmarked(text: str, marks: Mapping[str, str]) -> str:
    return MARK.sub(lambda found: marks.get(found[0], found[0]), text)


def _parts(template: str, values: Mapping[str, Any], strict: bool) -> tuple[str, str]:
    """Subject and body, filled."""
    engine = _strict_engine() if strict else engines["django"].engine  # type: ignore[attr-defined]
    filled = printable(engine.get_template(template).render(Context(dict(values), autoescape=False))).strip()
    head, _, body = filled.partition("\n")
    if not head.startswith("Subject: "):
        raise ValueError(f"{template} does not begin with a line 'Subject: ...'")
    return one_line(head.removeprefix("Subject: ")), body.strip()


@lru_cache(maxsize=1)
def _strict_engine() -> Engine:
    """As the site's own, but for gaps; while tests run, theirs fails the test."""
    own: dict[str, Any] = settings.TEMPLATES[0]
    options = {"string_if_invalid": Gap("%s")} | own["OPTIONS"]
    params = {"NAME": "letters", "DIRS": own["DIRS"], "APP_DIRS": own["APP_DIRS"], "OPTIONS": options}
    engine: Engine = DjangoTemplates(params).engine
    return engine


def _signature(why: str, unsubscribe: str) -> str:
    return f"-- \n{why}\n" + (f"{STOP_KIND}:\n{unsubscribe}\n" if unsubscribe else "")
