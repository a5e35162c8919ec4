"""What an issue says, in its three forms: the web page's body, the mail's HTML part and its text part."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import escape

from cop.lib import markdown
from cop.site.context import brand
from cop.site.letters import in_frame, one_line
from newsletters.models import Issue

UNSUBSCRIBE = "UNSUBSCRIBE-ADDRESS-OF-THIS-READER"  # stands in both parts where the personal address goes


@dataclass(frozen=True)
class Content:
    subject: str
    web: str
    html: str
    text: str

    def for_nobody(self) -> Content:
        """The same for a preview or a test, whose unsubscribe link leads to the newsletter's page and stops nothing."""
        there = f"{settings.SITE_URL}/newsletters/"
        return Content(
            self.subject, self.web, self.html.replace(UNSUBSCRIBE, there), self.text.replace(UNSUBSCRIBE, there)
        )


def of(issue: Issue) -> Content:
    """Render the issue as it is now: cleaned HTML, links of this site with their host, a subject of one line."""
    subject, body = one_line(issue.subject), _with_host(issue.body)
    web = markdown.render(body).html
    why = f"You get this because you asked for the newsletter of {brand().name}."
    html = in_frame(
        subject, f"<h2>{escape(subject)}</h2>{web}", why=why, unsubscribe=UNSUBSCRIBE, preheader=issue.preheader
    )
    text = f"{subject}\n\n{markdown.to_plain(body).strip()}\n\n-- \n{why}\nUnsubscribe with one click:\n{UNSUBSCRIBE}\n"
    return Content(subject, web, html, text)


def frozen(issue: Issue) -> Content:
    """What was approved."""
    return Content(issue.frozen_subject, issue.frozen_web, issue.frozen_html, issue.frozen_text)


def _with_host(body: str) -> str:
    return re.sub(r"(\]\(|\]:\s+)(?=/(?!/))", rf"\g<1>{settings.SITE_URL}", body.replace("\r\n", "\n"))
