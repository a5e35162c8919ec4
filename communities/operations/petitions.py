"""Petitions for new groups: starting, signing, withdrawing, ending. Enough signatures found the group at once."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from communities.models import Petition, Signature
from communities.operations.founding import found_group
from communities.queries.group_rules import group_rules
from communities.queries.petitions import Near, free_slug, near_names
from cop.lib import words
from cop.lib.errors import Refused
from members.models import Member
from members.operations import ledger
from members.operations.notices import notify_many

State = Petition.State
GATE = zlib.crc32(b"a new group gets its address")


class NameIsNear(Refused):
    """There is something with nearly this name already; `found` holds it, nearest first."""

    def __init__(self, found: list[Near]) -> None:
        super().__init__(f"There is “{found[0].name}” already. Look at it first, or start yours anyway.")
        self.found = found


@transaction.atomic
def start(
    *, name: str, kind: str, purpose: str, by: Member, place: str = "", language: str = "", rhythm: str = "",
    anyway: bool = False, now: datetime | None = None,
) -> Petition:  # fmt: skip
    """Open a petition, signed by who starts it. Every member may.

    Refuses, as NameIsNear, a name that a live group or an open petition nearly has, unless `anyway`; what a study group
    leaves open; and more open petitions of one member than the rules allow."""
    now, rules = now or timezone.now(), group_rules()
    _wait_for_my_turn()
    name = " ".join(name.split())
    _refuse_holes(name, kind, purpose, place, language, rhythm)
    near = near_names(name, by, at_most=rules.name_distance, now=now)
    if near and not anyway:
        raise NameIsNear(near)
    running = Petition.objects.filter(by=by, state=State.OPEN, closes_at__gt=now).count()
    if running >= rules.petitions_each:
        raise Refused(f"You have {words.count(running, 'petition')} open already. Wait for one, or withdraw it.")
    petition = Petition.objects.create(
        slug=free_slug(name), name=name, kind=kind, purpose=purpose.strip(), place=place.strip(), language=language,
        rhythm=rhythm.strip(), by=by, opened_at=now, closes_at=now + timedelta(days=rules.petition_days),
        needed=rules.signatures,
    )  # fmt: skip
    _note("petition-started", petition, by)
    _sign(petition, by, now)
    return petition


@transaction.atomic
def sign(petition: Petition, *, by: Member, now: datetime | None = None) -> Petition:
    """Sign; signing twice counts once. With the last signature that is needed the group begins.

    Refuses a petition that has ended, as a lost race where it became a group a moment ago."""
    petition, now = _locked(petition), now or timezone.now()
    if Signature.objects.filter(petition=petition, member=by).exists() and petition.state != State.EXPIRED:
        return petition
    _refuse_ended(petition, now)
    _sign(petition, by, now)
    return petition


@transaction.atomic
def withdraw_signature(petition: Petition, *, by: Member, now: datetime | None = None) -> None:
    """Take one's signature back; where there is none, nothing changes. Who started it withdraws the petition."""
    petition = _locked(petition)
    _refuse_ended(petition, now or timezone.now())
    if petition.by_id == by.pk:
        raise Refused("You started this petition. Withdraw the petition itself, or leave your name below it.")
    Signature.objects.filter(petition=petition, member=by).delete()


@transaction.atomic
def withdraw(petition: Petition, *, by: Member, now: datetime | None = None) -> None:
    """End an open petition without a group; for who started it, and for organizers. The others who signed are told."""
    petition, now = _locked(petition), now or timezone.now()
    if petition.by_id != by.pk and not by.is_staff:
        raise Refused("Only who started this petition can withdraw it.")
    _refuse_ended(petition, now)
    _end(petition, State.WITHDRAWN, now)
    _tell(petition, f"The petition “{petition.name}” was withdrawn", "", but_not=by)


def close_due(*, now: datetime | None = None) -> dict[str, int]:
    """End every petition whose time is over, each in its own transaction; repeating changes nothing."""
    now = now or timezone.now()
    counts = {"expired": 0, "founded": 0}
    for petition in Petition.objects.filter(state=State.OPEN, closes_at__lte=now).order_by("pk"):
        outcome = close(petition, now=now)
        if outcome:
            counts[outcome] += 1
    return counts


@transaction.atomic
def close(petition: Petition, *, now: datetime) -> str:
    """End one petition whose time is over: “founded”, “expired”, or empty where it has ended already."""
    petition = _locked(petition)
    if petition.state != State.OPEN or now < petition.closes_at:
        return ""
    signed = _count(petition)
    if signed >= petition.needed:  # somebody who had signed came back
        _succeed(petition, now)
        return "founded"
    _end(petition, State.EXPIRED, now)
    _tell(
        petition, f"Not enough signed “{petition.name}” this time",
        f"{signed} of {petition.needed} came together until {petition.closes_at:%-d %B}. You can start it again: "
        "what did not find people in one month often does in another.",
    )  # fmt: skip
    return "expired"


def _refuse_holes(name: str, kind: str, purpose: str, place: str, language: str, rhythm: str) -> None:
    if not name or not purpose.strip():
        raise Refused("A petition needs a name and a purpose.")
    if kind == "study-group" and not (place.strip() and language and rhythm.strip()):
        raise Refused("A study group says where it meets, in which language and how often.")


def _refuse_ended(petition: Petition, now: datetime) -> None:
    if petition.state == State.SUCCEEDED:
        raise Refused(f"“{petition.name}” has become a group. Join it on its page.", lost_race=True)
    if petition.state != State.OPEN or now >= petition.closes_at:
        raise Refused(f"The petition “{petition.name}” has ended.", lost_race=True)


def _sign(petition: Petition, by: Member, now: datetime) -> None:
    Signature.objects.get_or_create(petition=petition, member=by, defaults={"at": now})
    _note("petition-signed", petition, by)
    if _count(petition) >= petition.needed:
        _succeed(petition, now)
    elif petition.by_id and petition.by_id != by.pk:
        left = petition.needed - _count(petition)
        notify_many(
            [petition.by_id], "petition", title=f"{words.count(left, 'signature')} to go for “{petition.name}”",
            text="Somebody signed your petition.", address=petition.get_absolute_url(), key=f"signed:{petition.pk}",
        )  # fmt: skip


def _succeed(petition: Petition, now: datetime) -> None:
    _wait_for_my_turn()
    petition.community = found_group(petition, now=now)
    petition.state, petition.closed_at = State.SUCCEEDED, now
    petition.save(update_fields=["community", "state", "closed_at"])


def _count(petition: Petition) -> int:
    """Signatures of people who are still here."""
    return petition.signatures.filter(member__is_active=True).count()


def _end(petition: Petition, state: Petition.State, now: datetime) -> None:
    petition.state, petition.closed_at = state, now
    petition.save(update_fields=["state", "closed_at"])


def _tell(petition: Petition, title: str, text: str, *, but_not: Member | None = None) -> None:
    told = set(petition.signatures.values_list("member", flat=True)) - {but_not.pk if but_not else 0}
    notify_many(
        told, "petition", title=title, text=text, address=petition.get_absolute_url(), key=f"petition:{petition.pk}"
    )


def _note(verb: str, petition: Petition, by: Member) -> None:
    ledger.record(
        verb, by=by, kind="petition", key=petition.slug, title=petition.name, address=petition.get_absolute_url()
    )


def _locked(petition: Petition) -> Petition:
    found = Petition.objects.select_for_update(of=("self",), no_key=True).select_related("by", "community")
    return found.get(pk=petition.pk)


def _wait_for_my_turn() -> None:
    """New groups get their addresses one after the other, until the end of the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GATE])
