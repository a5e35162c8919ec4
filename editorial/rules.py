"""Who may do what with a wording of a text."""

from __future__ import annotations

from editorial.kinds import is_kind, kind_of
from editorial.models import Revision, Text
from members.models import Member

Status = Revision.Status
OPEN = (Status.DRAFT, Status.PROPOSED, Status.CHANGES_ASKED)  # what may be remarked on
WRITABLE = (Status.DRAFT, Status.CHANGES_ASKED)
WAITING = (Status.PROPOSED, Status.CHANGES_ASKED)
RIGHT = "editorial.change_revision"


def is_organizer(member: Member) -> bool:
    """Whether the member decides on texts of every topic."""
    return member.is_active and member.is_staff and member.has_perm(RIGHT)


def keeps(member: Member, text: Text) -> bool:
    """Whether the member is a steward of the text's topic, or an organizer of texts."""
    if not member.is_active:
        return False
    if is_organizer(member):
        return True
    return bool(text.topic) and is_kind(text.kind) and text.topic in kind_of(text.kind).topics_kept_by(member)


def writes(member: Member, revision: Revision) -> bool:
    """Whether the member may change the wording: its author, and whoever was invited to write it with them."""
    return revision.author_id == member.pk or any(one.member_id == member.pk for one in revision.co_authors.all())


def wrote(member: Member, revision: Revision) -> bool:
    """Whether the wording is also the member's own: its author, and co-authors who have written."""
    return revision.author_id == member.pk or any(
        one.member_id == member.pk and one.wrote_at for one in revision.co_authors.all()
    )


def may_decide(member: Member, revision: Revision) -> bool:
    """Those who keep the text, but nobody on wording of their own."""
    return keeps(member, revision.text) and not wrote(member, revision)


def may_close_comments(member: Member, revision: Revision) -> bool:
    return writes(member, revision) or keeps(member, revision.text)


def may_read(member: Member | None, revision: Revision) -> bool:
    """Versions in force as everybody; proposals that wait every member; everything else who writes or decides on it.

    Drafts are private until they are proposed or shared."""
    if revision.status == Status.ACCEPTED and revision.text.address:
        return True
    if member is None:
        return False
    if revision.status in WAITING or revision.is_shared or writes(member, revision):
        return True
    return revision.status != Status.DRAFT and keeps(member, revision.text)
