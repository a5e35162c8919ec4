"""Labs by members: proposing one, trying what somebody proposed, and what becomes of both when it is published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.words import count
from editorial.models import Revision
from editorial.operations.drafts import begin_new
from labs import files
from labs.models import Lab, RanIt
from labs.operations.writing import KIND
from labs.queries.rules import lab_rules
from members.models import Member
from members.operations import ledger
from members.operations.notices import notify
from modules.models import Module

Status = Revision.Status
TRYABLE = (Status.PROPOSED, Status.CHANGES_ASKED)
MOST_MINUTES = 32_767


@transaction.atomic
def propose_lab(*, module: Module, fields: Mapping[str, Any], by: Member) -> Revision:
    """Begin the draft of a new lab in a module. It is sent for review from its own page, when it is whole.

    fields: as `labs.files.read` gives them, as far as they are known."""
    content = files.write({**fields, "order": None})
    return begin_new(KIND, title=fields["title"], topic=module.slug, content=content, by=by)


@transaction.atomic
def tried(
    revision: Revision, *, by: Member, worked: bool, minutes: int | None, text: str
) -> RanIt:  # fmt: skip
    """Note that a member ran a proposed lab, with what they saw. Saying it again changes what they said first.

    The author is told. Refused to who wrote it, for what does not wait for a decision, and without words."""
    text = " ".join(text.split())
    found = Revision.objects.select_for_update(of=["self"]).select_related("text", "author").get(pk=revision.pk)
    if found.text.kind != KIND or found.status not in TRYABLE:
        raise Refused("Only a lab that waits for a decision can be tried here.", lost_race=True)
    if by.pk in writers_of(found):
        raise Refused("You wrote this lab. Somebody else has to run it.")
    if not text:
        raise Refused("Write with what you ran it, and what you saw.")
    values = {"worked": worked, "minutes": minutes, "text": text[:600], "at": timezone.now()}
    row, is_new = RanIt.objects.update_or_create(revision=found, member=by, defaults=values)
    if found.author:
        said = "It worked." if worked else "It did not work."
        notify(
            found.author, "lab-tried", title=f"Somebody ran “{found.text.title}”",
            text=f"{by.name}: {said} {row.text}", address=f"{found.get_absolute_url()}#tried",
            key=f"tried:{found.pk}:{by.pk}" if is_new else f"tried:{found.pk}:{by.pk}:{row.at.isoformat()}",
        )  # fmt: skip
    return row


def writers_of(revision: Revision) -> set[int]:
    """The numbers of the author and of everybody who was invited to write with them."""
    own = {revision.author_id} if revision.author_id else set()
    return own | set(revision.co_authors.values_list("member_id", flat=True))


def is_new_lab(revision: Revision) -> bool:
    """Whether nothing of this text was in force before this revision."""
    accepted = revision.text.revisions.filter(status=Status.ACCEPTED).exclude(pk=revision.pk)
    return not accepted.exists()


def still_to_confirm(revision: Revision) -> list[str]:
    """How many others must still run a new lab with success, in words; empty where it is enough, and for fixes."""
    if not is_new_lab(revision):
        return []
    worked = RanIt.objects.filter(revision=revision, worked=True, member__is_active=True)
    left = lab_rules().confirmations - worked.exclude(member__in=writers_of(revision)).count()
    if left <= 0:
        return []
    return [f"{count(left, 'other member has', 'other members have')} to say “I ran it and it worked”"]


def credit_triers(revision: Revision, lab: Lab) -> None:
    """Write into the ledger who ran the lab for its author, whether it worked for them or not."""
    for row in RanIt.objects.filter(revision=revision, member__is_active=True).select_related("member"):
        ledger.record(
            "lab-tried", by=row.member, kind="lab", key=lab.slug, title=lab.title, address=lab.get_absolute_url(),
            topic=lab.module.slug, other=revision.author, once=f"lab-tried:{row.member_id}:revision:{revision.pk}",
        )  # fmt: skip
