"""The one place through which every message to a person passes: into the inbox on the site, from there by mail."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from cop.site import outbox
from cop.site.letters import Letter
from cop.site.outbox import Copy
from members import emails, quiet_hours
from members.models import Member, Notice
from members.notice_kinds import DIGEST, MAIL, SITE, NoticeKind, kind_of
from members.operations import attention
from members.queries import notices as queries
from members.queries.notices import Reader

EQUAL_FOR = timedelta(minutes=10)
KEEP = timedelta(days=180)
AT_ONCE = 20_000  # members of one round; a longer list takes several

# Equal notices become one in the index “equal_notices_become_one”, so a race of many leaves one row. A row of it that
# is older than ten minutes is not touched, and so not returned.
INSERT = """
    INSERT INTO members_notice
        (member_id, kind, key, title, text, address, times, created_at, digest, takes_repeats)
    SELECT who.member, %(kind)s, %(key)s, %(title)s, %(text)s, %(address)s, 1, %(now)s, who.digest, true
    FROM unnest(%(members)s::bigint[], %(digests)s::text[]) AS who (member, digest) ORDER BY who.member
    ON CONFLICT (member_id, kind, key) WHERE takes_repeats DO UPDATE
        SET times = members_notice.times + 1, title = EXCLUDED.title, text = EXCLUDED.text,
            address = EXCLUDED.address, read_at = NULL
        WHERE members_notice.created_at > %(after)s
    RETURNING id, member_id, times, created_at
"""


@dataclass(frozen=True)
class Message:
    """What is said, to whomever. letter: instead of the usual one. until: when it is of no use any more."""

    kind: NoticeKind
    title: str
    text: str
    address: str
    key: str
    now: datetime
    letter: Letter | None = None
    calendar: str = ""
    calendar_method: str = ""
    mail_key: str = ""
    mail_kind: str = ""
    until: datetime | None = None

    def arrives_in_time(self, moment: datetime) -> bool:
        return self.until is None or moment < self.until


@transaction.atomic(savepoint=False)
def notify(
    member: Member, kind: str, *, title: str, text: str = "", address: str = "", key: str = "",
    letter: Letter | None = None, calendar: str = "", calendar_method: str = "", mail_key: str = "",
    mail_kind: str = "", until: datetime | None = None, now: datetime | None = None,
) -> Notice | None:  # fmt: skip
    """Tell a member something, in the transaction of the caller; nothing leaves when that is rolled back.

    kind: slug of an announced NoticeKind. title, text: what stands in the inbox and in the mail, as it was typed: plain
    words, because they may be a member's. address: where it leads on this site. key: what it is about; equal ones
    within ten minutes become one.
    letter: from `members.emails.letter`, instead of one made of title and text. calendar: a file that goes with it.
    mail_key: names the occasion for the outbox, which never sends a key twice. mail_kind: in the log of mails.
    until: a mail that could only leave later is left out. Returns the row in the inbox; None for who is gone.
    """
    known = kind_of(kind)
    message = Message(
        known, title[:200], text, address, _key(key, address, title), now or timezone.now(), letter, calendar,
        calendar_method, mail_key, mail_kind or known.slug, until,
    )  # fmt: skip
    if known.fixed and not member.erased_at:
        told = _tell([queries.reader_of(member)], message)
    else:
        told = _tell(queries.readers([member.pk], known), message)
    return told[0] if told else None


def notify_many(
    members: Collection[int], kind: str, *, title: str, text: str = "", address: str = "", key: str = "",
    now: datetime | None = None,
) -> int:  # fmt: skip
    """Tell many members the same, as `notify`, in a number of statements that does not grow with theirs.

    members: their numbers. Returns how many were told; who heard the same less than ten minutes ago is not counted.
    """
    known = kind_of(kind)
    message = Message(
        known, title[:200], text, address, _key(key, address, title), now or timezone.now(), mail_kind=known.slug
    )
    told = 0
    for part in _rounds(sorted(set(members))):
        with transaction.atomic(savepoint=False):
            told += sum(notice.times == 1 for notice in _tell(queries.readers(part, known), message))
    return told


def mark_read(member: Member, number: int, *, now: datetime | None = None) -> Notice | None:
    """Mark one notice of the member as read; returns it, or None where the member has no such one."""
    _read(member, now, pk=number)
    return Notice.objects.filter(member=member, pk=number).first()


def mark_all_read(member: Member, *, now: datetime | None = None) -> int:
    """Mark everything in the member's inbox as read; returns how many were not."""
    return _read(member, now)


def forget_old(now: datetime | None = None) -> int:
    """Delete notices older than 180 days; returns how many."""
    return Notice.objects.filter(created_at__lt=(now or timezone.now()) - KEEP).delete()[0]


def _read(member: Member, now: datetime | None, **which: int) -> int:
    """What was read on the site needs no place in a digest."""
    unread = Notice.objects.filter(member=member, read_at=None, **which)
    unread.filter(digest=Notice.Digest.WAITING).update(digest=Notice.Digest.NO)
    return unread.update(read_at=now or timezone.now())


def _key(key: str, address: str, title: str) -> str:
    return (key or f"{title} {address}")[:160]


def _rounds(members: list[int]) -> Iterator[list[int]]:
    return (members[start : start + AT_ONCE] for start in range(0, len(members), AT_ONCE))


def _tell(readers: Sequence[Reader], message: Message) -> list[Notice]:
    """Into every inbox; whose wish and budget allow it gets a mail, at once or after their quiet hours."""
    ways = _ways(readers, message)
    told = _into_inboxes(ways, message)
    new = {notice.member_id: notice for notice in told if notice.times == 1}
    _mail([reader for reader in readers if reader.pk in new and ways[reader.pk] == MAIL], new, message)
    return told


def _ways(readers: Sequence[Reader], message: Message) -> dict[int, str]:
    """How each is told: what no budget or hour allows as a mail becomes part of the digest, or stays on the site."""
    ways = {reader.pk: reader.way(message.kind) for reader in readers}
    if message.kind.fixed:
        return ways
    by_mail = [reader for reader in readers if ways[reader.pk] == MAIL]
    room = attention.with_room(by_mail, message.now)
    for reader in readers:
        if ways[reader.pk] == MAIL and reader.pk not in room:
            ways[reader.pk] = SITE if reader.digests == SITE else DIGEST
        if not message.arrives_in_time(_arrival(reader, ways[reader.pk], message.now)):
            ways[reader.pk] = SITE
    return ways


def _arrival(reader: Reader, way: str, now: datetime) -> datetime:
    if way == DIGEST:
        return quiet_hours.next_digest(now, reader.zone, reader.digest_hour)
    return reader.may_mail_at(now) if way == MAIL else now


def _into_inboxes(ways: dict[int, str], message: Message) -> list[Notice]:
    """One statement, and two more where somebody's equal notice is older than ten minutes."""
    told = _insert(ways, message)
    if missing := ways.keys() - {notice.member_id for notice in told}:
        old = Notice.objects.filter(member__in=missing, kind=message.kind.slug, key=message.key, takes_repeats=True)
        old.filter(created_at__lte=message.now - EQUAL_FOR).update(takes_repeats=False)
        told += _insert({member: ways[member] for member in missing}, message)
    return told


def _insert(ways: dict[int, str], message: Message) -> list[Notice]:
    waits = {MAIL: Notice.Digest.NO, SITE: Notice.Digest.NO, DIGEST: Notice.Digest.WAITING}
    said = {
        "kind": message.kind.slug, "key": message.key, "title": message.title, "text": message.text,
        "address": message.address,
    }  # fmt: skip
    values: dict[str, Any] = said | {
        "now": message.now, "after": message.now - EQUAL_FOR, "members": list(ways),
        "digests": [waits[way].value for way in ways.values()],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        rows = cursor.fetchall()
    return [
        Notice(id=number, member_id=member, times=times, created_at=at, takes_repeats=True, **said)
        for number, member, times, at in rows
    ]


def _mail(readers: Sequence[Reader], new: dict[int, Notice], message: Message) -> None:
    """Into the outbox, in one statement, and onto the account of what was asked of each reader's attention."""
    if not readers:
        return
    kind = message.kind
    letter = message.letter or emails.notice(
        kind, title=message.title, text=message.text, address=message.address
    )  # fmt: skip
    copies = [_copy(reader, new[reader.pk], message) for reader in readers]
    outbox.queue_many(
        letter, copies, kind=message.mail_kind, calendar=message.calendar, calendar_method=message.calendar_method
    )
    if not kind.fixed:
        counted = ((reader.pk, copy.key, copy.due or message.now) for reader, copy in zip(readers, copies, strict=True))
        attention.spend_at(counted, kind=kind.slug)


def _copy(reader: Reader, notice: Notice, message: Message) -> Copy:
    off = emails.opt_out(reader.pk, message.kind.slug)
    return Copy(
        reader.email, message.mail_key or f"notice:{notice.pk}", unsubscribe=off,
        due=None if message.kind.fixed else reader.may_mail_at(message.now),
        marks={emails.OFF_MARK: off, emails.NAME_MARK: reader.name},
    )  # fmt: skip
