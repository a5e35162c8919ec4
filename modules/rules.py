"""What must be true before something is shown to everybody."""

from __future__ import annotations

from html.parser import HTMLParser

from modules.models import Article, Module, SyllabusItem


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


def images_without_words(html: str) -> list[str]:
    """The addresses of images that a person who cannot see them would miss."""
    finder = _ImageFinder()
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
