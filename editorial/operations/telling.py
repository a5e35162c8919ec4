"""Whom a proposal concerns, and what they are told."""

from __future__ import annotations

from django.utils import timezone

from editorial.kinds import is_kind, kind_of
from editorial.models import Revision, SectionComment, Text
from editorial.rules import RIGHT
from members.models import Member
from members.operations.notices import notify_many


def keepers(text: Text) -> set[int]:
    """The stewards of the text's topic and its owner; organizers with the right where none of them is here.

    Who paused is asked for nothing."""
    found = set(kind_of(text.kind).kept_by(text.topic)) if text.topic and is_kind(text.kind) else set()
    found |= {text.owner_id} if text.owner_id else set()
    here = Member.objects.active().exclude(paused_until__gte=timezone.localdate())
    asked = set(here.filter(pk__in=found).values_list("pk", flat=True))
    if asked:
        return asked
    staff = here.filter(is_staff=True).prefetch_related("groups__permissions", "user_permissions")
    return {one.pk for one in staff if one.has_perm(RIGHT)}


def writers(revision: Revision) -> set[int]:
    """The author and all who are invited to write."""
    invited = {one.member_id for one in revision.co_authors.all()}
    return invited | {revision.author_id} if revision.author_id else invited


def of_a_proposal(revision: Revision, by: Member) -> None:
    text = revision.text
    notify_many(
        keepers(text) - writers(revision) - {by.pk}, "text-proposed", title=f"A change of “{text.title}” waits for you",
        text=revision.note, address=revision.get_absolute_url(), key=f"proposed:{revision.pk}",
    )  # fmt: skip


def of_a_decision(revision: Revision, by: Member, outcome: str, reason: str) -> None:
    notify_many(
        writers(revision) - {by.pk}, "text-decided", title=f"{outcome}: your change of “{revision.text.title}”",
        text=reason.strip(), address=revision.get_absolute_url(), key=f"decided:{revision.pk}:{revision.status}",
    )  # fmt: skip


def of_a_comment(comment: SectionComment) -> None:
    """The authors, and whoever remarked before them."""
    revision = comment.revision
    others = set(revision.comments.values_list("author", flat=True))
    notify_many(
        (writers(revision) | others) - {comment.author_id}, "text-comment",
        title=f"A remark on “{revision.text.title}”", text=comment.body[:300],
        address=f"{revision.get_absolute_url()}#remarks-h", key=f"comment:{revision.pk}",
    )  # fmt: skip
