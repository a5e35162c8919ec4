"""Articles as texts with versions: what one lacks, how an accepted wording reaches readers, who decides."""

from __future__ import annotations

from django.utils import timezone

from cop.lib import shapes
from cop.lib.errors import Refused
from cop.lib.markdown import render
from cop.lib.records import ContentError, Fault, split
from editorial.kinds import TextKind, announce
from editorial.models import Revision, Text
from members.models import Member, Skill
from modules import files, upkeep
from modules.models import Article, Module
from modules.operations.articles import KIND, item_key, save_article, wording
from modules.operations.upkeep import next_review, still_true
from modules.queries.upkeep import articles_due
from modules.rules import images_without_words


def check(text: Text, content: str) -> list[str]:
    """What an article lacks before it can be sent for review, in words."""
    try:
        parts = files.check_article(content, known=known_slugs())
    except ContentError as error:
        return in_words(error.faults)
    return slug_faults(parts.data, text.key.rsplit("/", 1)[-1] if "/" in text.key else "") + images(parts.body)


def known_slugs() -> shapes.Known:
    return {"skill": set(Skill.objects.values_list("slug", flat=True))}


def in_words(faults: list[Fault]) -> list[str]:
    """What is missing first, then each fault with its line."""
    empty = [fault for fault in faults if fault.problem in ("is missing", "must be a text")]
    words = [f"{NAMES.get(fault.key, fault.key)} is missing" for fault in empty]
    return words + [f"line {fault.line}, {fault.key}: {fault.problem}" for fault in faults if fault not in empty]


NAMES = {"title": "the title", "summary": "the summary", "text": "the text", "sources": "the list of sources"}


def slug_faults(data: dict[str, object], slug: str) -> list[str]:
    """The address of a text stays, because links and people's progress lead there."""
    said = data.get("slug")
    return [f"the slug stays “{slug}”, because links lead there"] if slug and said not in (None, slug) else []


def images(*markdown: str) -> list[str]:
    found = [image for text in markdown for image in images_without_words(render(text).html)]
    return [f"words that describe the image {image} are missing" for image in found]


def apply(text: Text, revision: Revision) -> None:
    """Write the wording to the article that readers see; a substantive change sets the day of its next review."""
    fields = files.read_article(revision.content)
    fields.pop("slug", None)
    article = article_of(text.key)
    if article is None:
        article = write_new(text, revision, fields)
    else:
        article = save_article(module=article.module, slug=article.slug, keep=False, **fields)
    if revision.change == Revision.Change.SUBSTANTIVE:
        article.review_by = next_review(timezone.localdate())
        article.save(update_fields=["review_by"])
    text.title, text.topic, text.key = article.title, article.module.slug, item_key(article)
    text.address = article.get_absolute_url() if article.is_published else ""
    text.save(update_fields=["title", "topic", "key", "address", "owner"])
    revision.content = wording(article)  # in the form of all versions, so that a difference shows words only
    revision.save(update_fields=["content"])


def article_of(key: str) -> Article | None:
    module, _, slug = key.rpartition("/")
    return Article.objects.filter(module__slug=module, slug=slug).select_related("module").first()


def looked_at(key: str, by: Member, said: str) -> None:
    """Note that the member found the article still true; LookupError where there is none."""
    article = article_of(key)
    if article is None:
        raise LookupError(key)
    still_true(article, by=by, said=said)


def write_new(text: Text, revision: Revision, fields: dict[str, object]) -> Article:
    module = Module.objects.filter(slug=text.topic).first()
    if module is None:
        raise Refused("Choose a module for this article first.")
    text.owner = revision.author
    return save_article(
        module=module, slug=text.key[:50], publish=True, keep=False, author=revision.author,
        author_name="" if revision.author else revision.author_name, **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def topics_kept_by(member: Member) -> set[str]:
    """The modules that the member keeps as a steward."""
    return set(member.modules_kept.values_list("slug", flat=True))


def kept_by(topic: str) -> set[int]:
    """The stewards of a module."""
    kept = Module.stewards.through.objects.filter(module__slug=topic, member__is_active=True)
    return set(kept.values_list("member_id", flat=True))


def shown(content: str) -> str:
    try:
        return render(split(content, "article.md").body).html
    except ContentError:
        return render(content).html


upkeep.announce(upkeep.Source(KIND, articles_due, looked_at))
announce(
    TextKind(
        slug=KIND, noun="article", check=check, apply=apply, topics_kept_by=topics_kept_by, kept_by=kept_by,
        credit=("knowledge-published", "fix-accepted"), shown=shown,
    )
)  # fmt: skip
