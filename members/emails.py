"""Letters to members: of a notice, of the daily digest, and the address with which one click stops a kind of mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.signing import BadSignature
from django.urls import reverse
from django.utils.text import Truncator

from cop.site.letters import Letter, one_line, write_or_plain
from members.models import Member, Notice
from members.notice_kinds import DAILY_DIGEST, NoticeKind, is_kind, kind_of

OFF = "members.notices.off"
# What stands in a letter for many in the place of each reader's own words.
NAME_MARK, OFF_MARK = "NAME-OF-THIS-READER", "ADDRESS-TO-STOP-OF-THIS-READER"
LONGEST_DIGEST = 30  # notices; the rest stands on the site
LONGEST_LINE = 160


def opt_out(member: int, kind: str) -> str:
    """The address that stops mails of this kind to this member, without signing in; empty for fixed kinds."""
    if kind_of(kind).fixed:
        return ""
    return f"{settings.SITE_URL}{reverse('members:notice_off', args=[token(member, kind)])}"


def token(member: int, kind: str) -> str:
    return signing.Signer(salt=OFF).sign(f"{member}:{kind}")


def read_token(token: str) -> tuple[int, NoticeKind] | None:
    """Member and kind, or None where the token is not ours."""
    try:
        member, _, kind = signing.Signer(salt=OFF).unsign(token).partition(":")
        return (int(member), kind_of(kind)) if is_kind(kind) else None
    except (BadSignature, ValueError):
        return None


def why(kind: NoticeKind) -> str:
    if kind.fixed:
        return f"You get this mail because: {kind.title}. Such mails cannot be switched off."
    return f"You get this mail because: {kind.title}. You choose in your settings which mails come."


def letter(
    member: Member, kind: str, template: str, context: Mapping[str, Any], *, title: str, text: str = "",
    address: str = "", because: str = "", words: Mapping[str, Any] | None = None,
) -> Letter:  # fmt: skip
    """A letter of its own for a notice, to hand to `notify`: with the way to stop its kind, and a plain form at hand.

    title, text, address: what the plain form says, should the template not be fillable. because: why it came.
    """
    known = kind_of(kind)
    return write_or_plain(
        template, context, why=because or why(known), title=title, text=text, address=address, words=words,
        unsubscribe=opt_out(member.pk, kind),
    )  # fmt: skip


def notice(kind: NoticeKind, *, title: str, text: str, address: str) -> Letter:
    """The letter that says what stands in the inbox, with marks for name and opt-out address."""
    return write_or_plain(
        "email/members/notice.md", {"address": address},
        words={"title": title, "name": NAME_MARK, "lines": [line for line in text.splitlines() if line.strip()]},
        why=why(kind), title=title, text=text, address=address, unsubscribe="" if kind.fixed else OFF_MARK,
    )  # fmt: skip


def digest(member: int, name: str, notices: Sequence[Notice]) -> Letter:
    """What waited for the daily digest, in the order given."""
    shown = notices[:LONGEST_DIGEST]
    words = {"name": name, "lines": [_line(notice) for notice in shown]}
    return write_or_plain(
        "email/members/digest.md", {"more": len(notices) - len(shown)}, words=words,
        why="You get this mail because you have news in a daily digest.", title="Your daily digest",
        text="\n\n".join(notice.title for notice in shown), address=reverse("members:notices"),
        unsubscribe=opt_out(member, DAILY_DIGEST),
    )  # fmt: skip


def _line(notice: Notice) -> dict[str, Any]:
    text = Truncator(one_line(notice.text)).chars(LONGEST_LINE)
    return {"title": notice.title, "address": notice.address, "text": text, "times": notice.times}
