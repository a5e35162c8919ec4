"""Modules, articles and labs as files in the layout of content/, so that a community can keep a repository of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Prefetch

from cop.home.starter.kinds import learning
from cop.site.models import StarterRecord
from labs.models import Lab
from modules.files import write_module
from modules.models import Article, Module

ACTIONS = ("new", "changed", "unchanged")


@dataclass(frozen=True)
class Written:
    file: str
    action: str


@dataclass(frozen=True)
class Export:
    """What an export wrote. drafts: articles and labs that readers do not see yet, so no file has them."""

    files: list[Written]
    drafts: int

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(one.action for one in self.files)
        return {action: found[action] for action in ACTIONS}


def write(root: Path, *, dry_run: bool = False) -> Export:
    """Write every published text below `root`; files that say the same already are left alone.

    Nothing is ever removed: a file of a text that is gone stays until somebody takes it away."""
    made = [Written(name, _put(root / name, text, dry_run)) for name, text in files()]
    drafts = Article.objects.filter(status=Article.Status.DRAFT).count()
    return Export(made, drafts + Lab.objects.filter(status=Lab.Status.DRAFT).count())


def files() -> Iterator[tuple[str, str]]:
    """Path and text of each file, module by module."""
    said = {(record.kind, record.key): record.people for record in StarterRecord.objects.all()}
    articles = Article.objects.published().select_related("author", "owner", "module")
    labs = Lab.objects.published().select_related("author").prefetch_related("steps")
    modules = Module.objects.prefetch_related("subtopics", Prefetch("articles", articles), Prefetch("labs", labs))
    concepts: set[str] = set()
    for module in modules:
        folder = f"modules/{module.slug}"
        yield f"{folder}/module.yaml", write_module(module)
        has_concept = False
        for article in module.articles.all():
            # The first Concept stands beside the module; its key is its slug alone, so that no two may be equal.
            is_first = article.kind == Article.Kind.CONCEPT and not has_concept and article.slug not in concepts
            has_concept |= is_first
            concepts |= {article.slug} if is_first else set()
            name = "concept.md" if is_first else f"articles/{article.slug}.md"
            key = article.slug if is_first else f"{module.slug}/{article.slug}"
            yield f"{folder}/{name}", learning.article_file(article, said.get(("concept", key), {}))
        for lab in module.labs.all():
            yield f"{folder}/labs/{lab.slug}.md", learning.lab_file(lab, said.get(("lab", lab.slug), {}))


def _put(path: Path, text: str, dry_run: bool) -> str:
    before = path.read_bytes().decode(errors="replace") if path.exists() else None
    if before == text:
        return "unchanged"
    if not dry_run:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return "changed" if before is not None else "new"
