"""Texts and wordings as far as somebody may know of them, and what a page of a change shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from editorial import rules
from editorial.difference import Difference, compare
from editorial.models import Decision, KeptText, Revision, SectionComment, Text
from editorial.queries.history import newest_of
from editorial.sections import split, tidy
from members.models import Member

MOST_SECTIONS = 100  # offered for a choice; real texts have about ten
MOST_ROWS = 1500  # of a difference on one page


def text_for(viewer: Member | None, kind: str, key: str) -> Text | None:
    """A text that readers see; before that only those who write or keep it know of it."""
    text = Text.objects.filter(kind=kind, key=key).select_related("owner").first()
    if text is None or text.address or viewer is None:
        return text if text and text.address else None
    involved = text.revisions.filter(Q(author=viewer) | Q(co_authors__member=viewer)).exists()
    return text if involved or rules.keeps(viewer, text) else None


def revision_for(viewer: Member | None, pk: int) -> Revision | None:
    """A wording that the viewer may read."""
    found = whole().filter(pk=pk).first()
    return found if found and rules.may_read(viewer, found) else None


def whole() -> QuerySet[Revision]:
    rows = Revision.objects.select_related("text", "author", "base", "restores", "decided_by")
    return rows.prefetch_related("co_authors__member")


@dataclass(frozen=True)
class Remark:
    row: SectionComment
    section: str
    may_close: bool


@dataclass(frozen=True)
class ChangePage:
    """One change with all that was said about it, and what the viewer may do with it."""

    difference: Difference
    rows_left_out: int
    against: Revision | None
    newest: Revision | None
    remarks: list[Remark]
    decisions: list[Decision]
    sections: list[tuple[str, str]]
    writes: bool
    decides: bool
    may_remark: bool
    kept: list[KeptText]

    @property
    def open_remarks(self) -> int:
        return sum(remark.row.closed_at is None for remark in self.remarks)

    @property
    def is_behind(self) -> bool:
        """Whether a newer version came in since the change was begun."""
        return self.newest is not None and self.against != self.newest


def page_of(revision: Revision, viewer: Member | None, *, everything: bool = False) -> ChangePage:
    """Everything about one change; a fixed number of queries."""
    before = tidy(revision.base.content) if revision.base else ""
    found = compare(before, tidy(revision.content), everything=everything)
    is_open = revision.status in rules.OPEN
    writes = viewer is not None and rules.writes(viewer, revision)
    return ChangePage(
        *_shortened(found), against=revision.base, newest=newest_of(revision.text) if is_open else None,
        remarks=_remarks(revision, viewer), decisions=list(revision.decisions.select_related("by")),
        sections=[(section.key, section.title) for section in split(revision.content)[:MOST_SECTIONS]],
        writes=writes, kept=list(revision.kept_texts.filter(author=viewer).order_by("-pk")) if writes else [],
        decides=viewer is not None and revision.status == Revision.Status.PROPOSED
        and rules.may_decide(viewer, revision),
        may_remark=viewer is not None and is_open,
    )  # fmt: skip


def shortened(difference: Difference) -> dict[str, Any]:
    """For pages: at most as many rows as a browser shows quickly, and how many more there are."""
    shown, left_out = _shortened(difference)
    return {"difference": shown, "rows_left_out": left_out}


def _shortened(difference: Difference) -> tuple[Difference, int]:
    rows = difference.rows[:MOST_ROWS]
    return Difference(rows, difference.removed, difference.added), len(difference.rows) - len(rows)


def _remarks(revision: Revision, viewer: Member | None) -> list[Remark]:
    titles = {section.key: section.title for section in split(revision.content)}
    is_open = revision.status in rules.OPEN
    closes_all = viewer is not None and is_open and rules.may_close_comments(viewer, revision)
    return [
        Remark(
            row, titles.get(row.section, row.section), row.closed_at is None
            and (closes_all or (viewer is not None and is_open and row.author_id == viewer.pk)),
        )
        for row in revision.comments.select_related("author", "closed_by")
    ]  # fmt: skip
