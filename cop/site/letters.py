"""A mail written once in Markdown: its text part plain, its HTML part in the site's frame (MJML)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.template.loader import render_to_string
from mjml import mjml2html

from cop.lib import markdown
from cop.site.context import brand

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def write(template: str, context: dict[str, Any], *, why: str) -> Letter:
    """Fill a mail template.

    template: a file below templates/ whose first line is `Subject: ...` and whose rest is Markdown.
    why: one sentence that tells the reader why this mail came; it closes both parts.
    """
    source = engines["django"].engine.get_template(template)  # type: ignore[attr-defined]
    values = {"site_url": settings.SITE_URL, "brand": brand(), **context}
    filled = printable(source.render(Context(values, autoescape=False))).strip()
    head, _, body = filled.partition("\n")
    if not head.startswith("Subject: "):
        raise ValueError(f"{template} does not begin with a line 'Subject: ...'")
    subject = one_line(head.removeprefix("Subject: "))
    text = f"{markdown.to_plain(body.strip())}\n\n-- \n{why}\n"
    return Letter(subject, text, in_frame(subject, markdown.render(body, bare_links=False).html, why=why))


def in_frame(subject: str, body_html: str, *, why: str, unsubscribe: str = "", preheader: str = "") -> str:
    """Put cleaned HTML into the site's mail frame; returns a complete HTML document."""
    page = render_to_string(
        "email/frame.mjml",
        {"subject": subject, "body": body_html, "why": why, "unsubscribe": unsubscribe, "preheader": preheader,
         "site_url": settings.SITE_URL, "brand": brand()},
    )  # fmt: skip
    return str(mjml2html(printable(page)))


def one_line(text: str) -> str:
    """A header value: no line breaks, no runs of spaces."""
    return re.sub(r"\s+", " ", printable(text)).strip()


def printable(text: str) -> str:
    """Without the characters that XML, and so MJML, has no place for: one of them would stop the whole mail."""
    return NOT_IN_XML.sub("", text)
