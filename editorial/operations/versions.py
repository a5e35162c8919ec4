"""Versions of a text that are written by those who keep it: the starter content, a first publication."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from editorial.models import Decision, Revision, Text
from members.models import Member


@transaction.atomic
def keep_version(
    *, kind: str, key: str, title: str, address: str, content: str, note: str, topic: str = "",
    change: str = Revision.Change.SUBSTANTIVE, author: Member | None = None, author_name: str = "",
    owner: Member | None = None,
) -> Revision:  # fmt: skip
    """Keep the wording that readers see now as the newest version of the text. Repeating the same wording finds it.

    For what is already in force, as starter content; changes by members go through a proposal."""
    # Found or new, the text is locked from here on.
    text, is_new = Text.objects.update_or_create(
        kind=kind, key=key, defaults={"title": title, "address": address, "topic": topic, "owner": owner}
    )
    accepted = text.revisions.filter(status=Revision.Status.ACCEPTED)
    newest = None if is_new else accepted.order_by("-number").first()
    if newest and newest.content == content:
        return newest
    now = timezone.now()
    return Revision.objects.create(
        text=text, number=newest.number + 1 if newest and newest.number else 1, base=newest, content=content, note=note,
        change=change, status=Revision.Status.ACCEPTED, author=author, author_name=author_name, created_at=now,
        changed_at=now, proposed_at=now, decided_at=now,
    )  # fmt: skip


def hide_versions(kind: str, key: str) -> None:
    """Readers do not see the text any more, so its versions are only for those who keep it."""
    Text.objects.filter(kind=kind, key=key).update(address="")


def keep_look(version: Revision, *, by: Member, said: str = "") -> Decision:
    """Note that somebody looked at the version in force and found it still true; its history shows it."""
    return Decision.objects.create(revision=version, kind=Decision.Kind.LOOKED, by=by, reason=said.strip()[:2000])
