"""What the page of an article or a lab says of its versions: who wrote it, what changed since the reader did it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from editorial.models import CoAuthor, Revision
from members.models import Member


@dataclass(frozen=True)
class Writer:
    """Somebody who wrote a version. name: of who is no member; pages name members as whoever looks may know them."""

    name: str = ""
    member: Member | None = None


@dataclass(frozen=True)
class VersionsLine:
    """The versions of one text, for one reader.

    number: the newest. latest: when it was accepted. changed_at: when it changed after the reader had done it; None
    where it did not, or they have not. seen: the version of that day. is_small: only words, links and layout
    changed since."""

    kind: str
    key: str
    number: int
    since: datetime
    latest: datetime
    writers: list[Writer]
    changed_at: datetime | None = None
    seen: int = 0
    is_small: bool = False

    @property
    def difference(self) -> str:
        return f"{reverse('editorial:difference', args=[self.kind, self.key])}?from={self.seen}&to={self.number}"

    @property
    def history(self) -> str:
        return reverse("editorial:history", args=[self.kind, self.key])

    @property
    def propose(self) -> str:
        return reverse("editorial:propose", args=[self.kind, self.key])


def versions_line(
    kind: str, key: str, member: Member | None = None, done_at: datetime | None = None
) -> VersionsLine | None:  # fmt: skip
    """The line of a text; None while it has no version. Two queries at most.

    kind: `article` or `lab`. key: `module/slug` of an article, the slug of a lab. done_at: when the member finished it.
    """
    found = list(
        Revision.objects.filter(text__kind=kind, text__key=key, status=Revision.Status.ACCEPTED)
        .select_related("author").defer("content").order_by("number")
    )  # fmt: skip
    if not found:
        return None
    newest = found[-1]
    before = [version for version in found if done_at and version.decided_at and version.decided_at <= done_at]
    seen = before[-1] if before else found[0]
    later = [version for version in found if (version.number or 0) > (seen.number or 0)]
    is_changed = bool(member and done_at and later)
    return VersionsLine(
        kind, key, newest.number or 0, found[0].decided_at or found[0].created_at,
        newest.decided_at or newest.created_at, writers(found),
        changed_at=newest.decided_at if is_changed else None, seen=(seen.number or 0) if is_changed else 0,
        is_small=all(version.change == Revision.Change.MINOR for version in later),
    )  # fmt: skip


def writers(versions: list[Revision]) -> list[Writer]:
    """Who wrote the versions, each once, by their first; bringing an old version back is no writing. One query."""
    wrote = [version for version in versions if not version.restores_id]
    together: dict[int, list[Member]] = {}
    co_authors = CoAuthor.objects.filter(revision__in=wrote, wrote_at__isnull=False).select_related("member")
    for row in co_authors.order_by("pk"):
        together.setdefault(row.revision_id, []).append(row.member)
    found: dict[object, Writer] = {}
    for version in wrote:
        if version.author is None and version.author_name:
            found.setdefault(version.author_name, Writer(version.author_name))
        for person in [version.author, *together.get(version.pk, [])]:
            if person:
                found.setdefault(person.pk, Writer(member=person))
    return list(found.values())
