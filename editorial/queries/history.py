"""How a text came to be what it is: its versions, who wrote them, and where it came from and went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from editorial.models import Revision, Text, TextLink
from members.models import Member

FORMER = "Former member"


def newest(kind: str, key: str) -> Revision | None:
    """The version of the text that is in force; None where there is no such text or nothing was accepted yet."""
    return accepted().filter(text__kind=kind, text__key=key).order_by("-number").first()


def newest_of(text: Text) -> Revision | None:
    return accepted().filter(text=text).order_by("-number").first()


def version_at(text: Text, moment: datetime) -> Revision | None:
    """The version that was in force at a moment; None before the first."""
    return accepted().filter(text=text, decided_at__lte=moment).order_by("-number").first()


def versions_of(text: Text) -> list[Revision]:
    """Every accepted version, newest first, with who wrote and decided; two queries."""
    found = accepted().filter(text=text).select_related("base", "restores", "decided_by")
    return list(found.prefetch_related("co_authors__member").order_by("-number"))


def accepted() -> QuerySet[Revision]:
    return Revision.objects.filter(status=Revision.Status.ACCEPTED).select_related("text", "author")


@dataclass(frozen=True)
class Contributor:
    """Somebody who wrote part of a text. member: None for who is no member. since: when their first part came in."""

    name: str
    member: Member | None
    since: datetime | None
    versions: int


def contributors(text: Text, versions: list[Revision] | None = None) -> list[Contributor]:
    """Who wrote the versions of a text, by their first accepted one; two queries, or none where they are at hand.

    Authors and the co-authors who wrote; bringing an old version back is no writing. Who left the community stands as
    “Former member”, once for each of them."""
    found: dict[object, Contributor] = {}
    for version in reversed(versions_of(text) if versions is None else versions):
        if version.restores_id:
            continue
        for member, name in _writers(version):
            who = member or name
            before = found.get(who)
            since, count = (before.since, before.versions) if before else (version.decided_at, 0)
            found[who] = Contributor(name, member, since, count + 1)
    return list(found.values())


def _writers(version: Revision) -> list[tuple[Member | None, str]]:
    wrote = [one.member for one in version.co_authors.all() if one.wrote_at]
    people: list[Member] = [version.author, *wrote] if version.author else wrote
    outside: list[tuple[Member | None, str]] = []
    if version.author is None and version.author_name:
        outside = [(None, version.author_name)]
    return outside + [(one, FORMER if one.erased_at else one.name) for one in people]


@dataclass(frozen=True)
class Relations:
    """Where a text came from and which took its place, both ways; only texts that readers can open."""

    adapted_from: list[Text]
    adapted_into: list[Text]
    superseded_by: list[Text]
    supersedes: list[Text]

    def __bool__(self) -> bool:
        return bool(self.adapted_from or self.adapted_into or self.superseded_by or self.supersedes)


def relations_of(text: Text) -> Relations:
    """For the history page and for banners of the apps that show the text; two queries."""
    kinds = TextLink.Kind
    out = [(link.kind, link.other) for link in text.links.select_related("other") if link.other.address]
    back = [(link.kind, link.text) for link in text.linked_from.select_related("text") if link.text.address]
    return Relations(
        adapted_from=[other for kind, other in out if kind == kinds.ADAPTED_FROM],
        adapted_into=[other for kind, other in back if kind == kinds.ADAPTED_FROM],
        superseded_by=[other for kind, other in out if kind == kinds.SUPERSEDED_BY],
        supersedes=[other for kind, other in back if kind == kinds.SUPERSEDED_BY],
    )
