from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Count
from django.utils import timezone
from django.utils.html import strip_tags

from communities.models import Community
from members.models import Level, Persona
from newsletters.models import Delivery, Issue, IssueQuerySet, Subscription

HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.S)


@dataclass(frozen=True)
class Year:
    year: int
    issues: list[Issue]


@dataclass(frozen=True)
class Ledger:
    """How many deliveries of an issue are in which state, as counted from the rows."""

    states: dict[str, int]

    @property
    def audience(self) -> int:
        return sum(self.states.values())

    @property
    def settled(self) -> int:
        return self.audience - sum(self.states[state] for state in ("pending", "claimed", "sending"))

    def rows(self) -> list[tuple[str, str, int]]:
        """State, its name and its count, without the states that nobody is in."""
        return [(state, str(Delivery.State(state).label), number) for state, number in self.states.items() if number]


def archive(text: str = "") -> list[Year]:
    """Issues that went out, newest year first; with `text` those that hold its words."""
    found = _without_the_mail(Issue.objects.published())
    if text:
        words = SearchQuery(text, search_type="websearch", config="english")
        found = found.annotate(words=SearchVector("frozen_subject", "body", config="english")).filter(words=words)
    by_year = groupby(found, key=lambda issue: timezone.localtime(issue.sent_at).year)
    return [Year(year, list(issues)) for year, issues in by_year]


def latest(number: int = 1) -> list[Issue]:
    """The newest issues that went out, for the home page."""
    return list(_without_the_mail(Issue.objects.published())[:number])


def neighbours(issue: Issue) -> tuple[Issue | None, Issue | None]:
    """The issues that went out before and after this one."""
    others = Issue.objects.published().only("slug", "number", "frozen_subject", "sent_at")
    before = others.filter(sent_at__lt=issue.sent_at).first()
    after = others.filter(sent_at__gt=issue.sent_at).order_by("sent_at").first()
    return before, after


def contents(issue: Issue) -> list[tuple[str, str]]:
    """Anchor and words of each heading of the web page."""
    return [(anchor, unescape(strip_tags(words))) for anchor, words in HEADING.findall(issue.frozen_web)]


def is_subscribed(member: Any) -> bool:
    """Whether the newsletter comes to this member; False for visitors."""
    return bool(member.is_authenticated and Subscription.objects.active().reaching(member.email).exists())


def ledger(issue: Issue) -> Ledger:
    counted = Delivery.objects.filter(issue=issue).values_list("state").annotate(Count("pk")).order_by()
    return Ledger(dict.fromkeys(Delivery.State.values, 0) | dict(counted))


def in_words(rule: dict[str, Any]) -> str:
    """Who an audience rule means, for people."""
    if rule.get("everyone"):
        return "Everyone who subscribed"
    names = [
        _listed("in", Community.objects.filter(slug__in=rule.get("communities", [])).values_list("name", flat=True)),
        _listed("like", Persona.objects.filter(slug__in=rule.get("personas", [])).values_list("name", flat=True)),
        _listed("at level", Level.objects.filter(slug__in=rule.get("levels", [])).values_list("title", flat=True)),
    ]
    said = ", ".join(filter(None, names))
    return f"Subscribed members {said}" if said else "Nobody yet"


def _listed(word: str, names: Iterable[str]) -> str:
    listed = " or ".join(names)
    return f"{word} {listed}" if listed else ""


def _without_the_mail(issues: IssueQuerySet) -> IssueQuerySet:
    return issues.defer("body", "frozen_html", "frozen_text", "audience")


def issue_named(name: str) -> Issue | None:
    """The issue with this slug, or with this number."""
    found = Issue.objects.filter(slug=name).first()
    return found or (Issue.objects.filter(number=int(name)).first() if name.isdecimal() else None)


def rows(issue: Issue) -> Iterable[tuple[str, str]]:
    """Every address of the issue's audience with its state."""
    return Delivery.objects.filter(issue=issue).order_by("id").values_list("email", "state").iterator()
