from __future__ import annotations

from cop.site.context import brand
from cop.site.letters import Letter, write
from newsletters import tokens
from newsletters.delivery import content
from newsletters.models import Issue, Subscription


def confirm(subscription: Subscription) -> Letter:
    why = f"You get this mail because somebody asked for the newsletter of {brand().name} with this address."
    context = {"token": tokens.for_confirming(subscription.key), "days": tokens.DAYS_TO_CONFIRM}
    return write("email/newsletters/confirm.md", context, why=why)


def test(issue: Issue) -> Letter:
    """The issue as it would go out now; its unsubscribe link stops nothing."""
    made = content.of(issue).for_nobody()
    return Letter(f"Test: {made.subject or 'no subject yet'}", made.text, made.html)
