"""The one place through which every message to a person passes."""

from __future__ import annotations

from members.models import Member, Notice
from members.notice_kinds import kind_of


def notify(member: Member, kind: str, *, title: str, text: str = "", address: str = "", key: str = "") -> Notice | None:
    """Tell a member something, in the transaction of the caller; nothing leaves when that is rolled back.

    kind: slug of an announced NoticeKind. title, text: what stands in the inbox and in the mail (plain words or
    Markdown). address: where it leads on this site. key: what it is about; equal ones within ten minutes become one.
    """
    known = kind_of(kind)
    return Notice.objects.create(
        member=member, kind=known.slug, title=title[:200], text=text, address=address, key=key or address
    )
