"""What must be true before something is shown to everybody."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser

from members.models import Member
from modules import checks
from modules.models import Article, ExternalResource, Module, Question, SyllabusItem


def missing_to_publish_module(module: Module) -> list[str]:
    """What a module still lacks, in words; empty where nothing is missing."""
    missing = []
    if not module.articles.published().filter(kind=Article.Kind.CONCEPT).exists():
        missing.append("a published Concept article")
    if not module.items.placed().filter(kind=SyllabusItem.Kind.LAB).exists():
        missing.append("a published lab")
    return missing


def missing_to_publish_article(article: Article) -> list[str]:
    missing = [] if article.body.strip() else ["a text"]
    return missing + [f"words that describe the image {image}" for image in images_without_words(article.html)]


def missing_to_publish_check(questions: Iterable[Question]) -> list[str]:
    """What keeps a check from being marked, each question by its own words; empty where nothing does."""
    found = [(one.text, checks.fault_of_question(one.kind, one.options, one.answer)) for one in questions]
    if not found:
        return ["it has no question"]
    return [f"the question “{_short(text)}” cannot be marked, because {fault}" for text, fault in found if fault]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def may_decide_on(resource: ExternalResource, member: Member) -> bool:
    """A steward of its module or an organizer, but nobody on what they suggested themselves."""
    if resource.suggested_by_id == member.pk:
        return False
    return member.is_staff or (resource.module is not None and resource.module.stewards.contains(member))


def fault_of_category(*, tools: int, open_tools: int, none_known: bool) -> str:
    """What is missing where tools stand side by side: one that is open, or the word that none is known."""
    if none_known and open_tools:
        return "An open tool stands here, so take away the tick that none is known."
    if tools and not open_tools and not none_known:
        return "No open tool stands here. Add one, or tick that no open one is known."
    return ""


def images_without_words(html: str) -> list[str]:
    """The addresses of images that a person who cannot see them would miss."""
    finder = _ImageFinder()
    if "<img" in html.lower():  # most texts have none, and need not be read tag by tag
        finder.feed(html)
    return finder.found


class _ImageFinder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "img" and not (values.get("alt") or "").strip():
            self.found.append(f"“{values.get('src') or 'without address'}”")


def in_words(missing: list[str]) -> str:
    """For instance `a, b and c`."""
    return " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]])) if missing else ""
