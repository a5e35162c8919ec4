"""Remarks on a draft or a proposal, on the whole or on one section."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.markdown import render
from editorial.models import Revision, SectionComment
from editorial.operations import telling
from editorial.rules import OPEN, may_close_comments, may_read
from editorial.sections import section_of
from members.models import Member

LONGEST = 4000
MOST_OPEN = 200


@transaction.atomic
def comment(revision: Revision, *, by: Member, body: str, section: str = "") -> SectionComment:
    """Remark on a section, or with no section on the whole; the authors are told. The Markdown is rendered now.

    Refused when empty or too long, for a section that is not there, and once the change is decided. Saying the same
    twice in a row is taken once."""
    found = Revision.objects.select_for_update(of=("self",), no_key=True).select_related("text").get(pk=revision.pk)
    body = body.replace("\x00", "").strip()
    if not may_read(by, found):
        raise Refused("You cannot remark on this draft.")
    if found.status not in OPEN:
        raise Refused("This is decided, so remarks are closed. Propose a change of your own.", lost_race=True)
    if not body:
        raise Refused("Write your remark.")
    if len(body) > LONGEST:
        raise Refused(f"A remark has {LONGEST:,} characters at most; yours has {len(body):,}.")
    if section and section_of(found.content, section) is None:
        raise Refused("This section is not in the text any more. Remark on the whole instead.", lost_race=True)
    last = found.comments.order_by("-pk").first()
    if last and (last.author_id, last.body, last.section) == (by.pk, body, section):
        return last
    if found.comments.filter(closed_at=None).count() >= MOST_OPEN:
        raise Refused("There are many open remarks already. Let the authors settle some first.")
    made = SectionComment.objects.create(
        revision=found, section=section[:120], author=by, body=body, html=render(body, anchors="remark-").html
    )
    telling.of_a_comment(made)
    return made


@transaction.atomic
def close(comment: SectionComment, *, by: Member) -> SectionComment:
    """Say that a remark is settled: who made it, the authors of the draft, and those who keep the text.

    Repeating finds it closed; the first who closed it stays named."""
    found = (
        SectionComment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("revision__text")
        .get(pk=comment.pk)
    )
    if found.author_id != by.pk and not may_close_comments(by, found.revision):
        raise Refused("Only its author, the authors of the draft and those who keep the text settle a remark.")
    if found.closed_at is None:
        found.closed_at, found.closed_by = timezone.now(), by
        found.save(update_fields=["closed_at", "closed_by"])
    return found
