"""Work done elsewhere: claimed with evidence, counted when somebody who was there, or an organizer, confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cop.lib.errors import Refused
from members.claims import BY_SLUG
from members.models import Activity, Claim, Member
from members.operations import ledger
from members.operations.notices import notify, notify_many
from members.queries.claims import may_decide

MOST_OPEN = 20
OLDEST = timedelta(days=10 * 366)
LONGEST_EVIDENCE = 300


@dataclass(frozen=True)
class Work:
    """What a member says they did. evidence: an https address. topic, community: slugs, or empty."""

    kind: str
    title: str
    evidence: str
    happened_on: date
    text: str = ""
    topic: str = ""
    community: str = ""


@transaction.atomic
def claim(work: Work, *, by: Member, witness: Member | None = None, today: date | None = None) -> Claim:
    """Claim a piece of work; the witness is asked, without one the organizers are.

    Refused: an unknown kind, no title, evidence that is no plain https address or is claimed already, a day in the
    future or more than ten years ago, oneself as witness, a witness who takes a break, and more than 20 open claims.
    """
    today = today or timezone.localdate()
    _check(work, today)
    _check_witness(witness, by, today)
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    if by.claims.filter(state=Claim.State.OPEN).count() >= MOST_OPEN:
        raise Refused(f"{MOST_OPEN} claims of yours wait already. Claim more when some of them are decided.")
    try:
        with transaction.atomic():
            made = Claim.objects.create(
                member=by, witness=witness, kind=work.kind, title=work.title.strip(), evidence=work.evidence,
                happened_on=work.happened_on, text=work.text.strip(), topic=work.topic, community=work.community,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("You have claimed this piece of work already; its evidence is the same.") from error
    _ask(made)
    return made


@transaction.atomic
def decide(claim: Claim, *, confirm: bool, by: Member, note: str = "", now: datetime | None = None) -> Claim:
    """Confirm the work, which writes it into the ledger, or decline it with a note that says why.

    Refused: one's own claim, who is neither its witness nor an organizer, and what is decided or withdrawn already.
    """
    claim, note = _open(claim), note.strip()
    if not may_decide(claim, by):
        raise Refused("Only the witness or an organizer decides about this, and nobody about their own work.")
    if not confirm and not note:
        raise Refused("Write why you do not confirm it, so that it can be done better.")
    now = now or timezone.now()
    if confirm:
        claim.act = _record(claim, now)
        claim.state = Claim.State.CONFIRMED
    else:
        claim.state = Claim.State.DECLINED
    claim.decided_by, claim.decided_at, claim.note = by, now, note[:300]
    claim.save(update_fields=["act", "state", "decided_by", "decided_at", "note"])
    said = "is confirmed and counts now" if confirm else "is not confirmed"
    notify(
        claim.member, "claim-decided", title=f"“{claim.title}” {said}"[:200], text=claim.note,
        address=reverse("members:claims"), key=f"claim:{claim.pk}",
    )  # fmt: skip
    return claim


@transaction.atomic
def withdraw(claim: Claim, *, by: Member, now: datetime | None = None) -> Claim:
    """Take a claim back while it waits; its evidence may be claimed again."""
    claim = _open(claim)
    if claim.member_id != by.pk:
        raise Refused("Only who made a claim withdraws it.")
    claim.state, claim.decided_at = Claim.State.WITHDRAWN, now or timezone.now()
    claim.save(update_fields=["state", "decided_at"])
    return claim


def _open(claim: Claim) -> Claim:
    """The row, held until the end: of two who decide at once the second one is refused."""
    found = Claim.objects.select_for_update(of=("self",)).select_related("member", "witness")
    locked: Claim = found.get(pk=claim.pk)
    if locked.state != Claim.State.OPEN:
        raise Refused(f"This claim is {locked.get_state_display()} already.", lost_race=True)
    return locked


def _record(claim: Claim, now: datetime) -> Activity:
    """The ledger keeps the kind of work and the claim's number; title and evidence stay in the claim, which an erasure
    empties."""
    kind = BY_SLUG[claim.kind]
    noon = datetime.combine(claim.happened_on, time(12), tzinfo=UTC)
    act = ledger.record(
        kind.verb, by=claim.member, kind="claim", key=str(claim.pk), title=kind.act, topic=claim.topic,
        community=claim.community, at=min(noon, now), source="claim", once=f"claim:{claim.pk}",
    )  # fmt: skip
    if act is None:  # cannot be while the row is held, unless somebody wrote the key by hand
        raise Refused("This work is in the ledger already.", lost_race=True)
    return act


def _check(work: Work, today: date) -> None:
    if work.kind not in BY_SLUG:
        raise Refused("Choose a kind of work from the list.")
    if not work.title.strip():
        raise Refused("Give the work a title.")
    if work.happened_on > today:
        raise Refused("The day lies in the future. Claim it when it is done.")
    if work.happened_on < today - OLDEST:
        raise Refused("That is more than ten years ago. Claim newer work.")
    _check_evidence(work.evidence)


def _check_evidence(address: str) -> None:
    try:
        URLValidator(schemes=["https"])(address)
    except ValidationError as error:
        raise Refused("The evidence must be an address that starts with https://.") from error
    if len(address) > LONGEST_EVIDENCE or "@" in urlsplit(address).netloc:
        raise Refused(f"Give a plain address of {LONGEST_EVIDENCE} characters at the most, without a name in it.")


def _check_witness(witness: Member | None, by: Member, today: date) -> None:
    if witness is None:
        return
    if witness.pk == by.pk:
        raise Refused("Nobody is their own witness. Name somebody else, or nobody: an organizer looks at it then.")
    if not witness.is_active:
        raise Refused("There is no member with this handle.")
    if witness.paused_until and witness.paused_until >= today:
        raise Refused(
            f"{witness.name} takes a break and is not asked for anything now. Name somebody else, or nobody: an "
            "organizer looks at it then."
        )


def _ask(claim: Claim) -> None:
    address, key = reverse("members:claims_to_decide"), f"claim:{claim.pk}"
    title = f"{claim.member.name} asks you to confirm: {claim.title}"[:200]
    if claim.witness:
        text = "You were named as somebody who was there. Look at the evidence and say yes or no."
        notify(claim.witness, "claim-to-confirm", title=title, text=text, address=address, key=key)
        return
    today = timezone.localdate()
    staff = Member.objects.active().filter(is_staff=True).exclude(pk=claim.member_id).exclude(paused_until__gte=today)
    text = "No witness is named, so an organizer looks at the evidence."
    notify_many(
        list(staff.values_list("pk", flat=True)), "claim-to-confirm", title=title, text=text, address=address, key=key
    )  # fmt: skip
