"""Handing work in after a lab, in rounds, alone or with others; taking it back, and asking peers to look at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.markdown import MEMBER_TEXT_LIMIT, render
from labs import links
from labs.models import HandIn, Lab, LabRun, ReviewClaim, Submission, TeamMate
from labs.operations import offering
from labs.queries.reviews import reviews_in_hand
from members.audience import name_for
from members.models import Member
from members.operations.notices import notify

LONGEST_REFLECTION = 4000
MOST_MATES = 8
Status = Submission.Status


@transaction.atomic
def hand_in(
    lab: Lab, *, by: Member, reflection: str, link: str = "", text: str = "", team: Sequence[Member] = (),
    is_shown: bool = False, now: datetime | None = None,
) -> Submission:  # fmt: skip
    """Hand in work on a lab that one has finished; after changes were asked, or after taking it back, a new round.

    link: a public https address. text: Markdown. One of the two is needed, and a reflection. team: who did it together
    with the member; they are told and may take themselves out. is_shown: beside the lab once it is accepted.
    Sending the same again finds the first. Refused: an open run, bad words, work that waits or is accepted already.
    """
    now = now or timezone.now()
    link, text, reflection = link.strip(), text.replace("\r\n", "\n").strip(), reflection.replace("\r\n", "\n").strip()
    _check_words(link, text, reflection)
    _check_team(team, by)
    # The run is the row that owns the submission: there is one of both for each member and lab.
    run = LabRun.objects.select_for_update().filter(lab=lab, member=by).first()
    if run is None or run.finished_at is None:
        raise Refused("Finish the lab first: tick its required steps and press “Finish the lab”. Then hand in.")
    found = Submission.objects.select_for_update().filter(lab=lab, member=by).first()
    if found and found.status == Status.WAITING and _is_same(found, link, text, reflection):
        return found
    if found:
        _check_open(found)
    submission = _next_round(found, is_shown, now) if found else _first_round(lab, by, is_shown, now)
    HandIn.objects.create(
        submission=submission, round=submission.round, link=link, text=text, html=render(text).html,
        reflection=reflection, at=now,
    )  # fmt: skip
    _name_team(submission, team, by)
    offering.ask_first(submission, now=now)
    return submission


@transaction.atomic
def withdraw(submission: Submission, *, by: Member, now: datetime | None = None) -> Submission:
    """Take work back before it is accepted; whoever is looking at it is told. It may be handed in again."""
    locked = _own(submission, by)
    if locked.status == Status.WITHDRAWN:
        return locked
    if locked.status == Status.ACCEPTED:
        raise Refused("This work is accepted already, so it stays. You may hide it from others.")
    locked.status = Status.WITHDRAWN
    locked.save(update_fields=["status"])
    claim = ReviewClaim.objects.filter(submission=locked, until__gt=now or timezone.now()).select_related("by").first()
    if claim:
        notify(
            claim.by, "review-waits", title=f"The work for “{locked.lab.title}” was taken back",
            text="You need not look at it any further.", address=reverse("labs:reviews"), key=f"back:{locked.pk}",
        )  # fmt: skip
    ReviewClaim.objects.filter(submission=locked).delete()
    return locked


@transaction.atomic
def show(submission: Submission, *, shown: bool, by: Member) -> Submission:
    """Show accepted work to members beside the lab, with its author's name, or hide it again."""
    locked = _own(submission, by)
    locked.is_shown = shown
    locked.save(update_fields=["is_shown"])
    return locked


@transaction.atomic
def leave_team(submission: Submission, *, by: Member) -> None:
    """Take oneself out of a team in which one was named. Refused once the work is accepted: it counts for all then."""
    locked = hold(submission)
    if locked.status == Status.ACCEPTED:
        raise Refused("The work is accepted already and counts for everybody in the team. An organizer can help you.")
    gone, _ = TeamMate.objects.filter(submission=locked, member=by).delete()
    if not gone:
        raise Refused("You are not named in this team.")
    notify(
        locked.member, "team-mate", title=f"{name_for(by, locked.member)} is no longer in your team",
        text=f"They took themselves out of your work on “{locked.lab.title}”.", address=locked.get_absolute_url(),
        key=f"left:{locked.pk}:{by.pk}",
    )  # fmt: skip


@transaction.atomic
def ask_peers(submission: Submission, *, by: Member, now: datetime | None = None) -> Submission:
    """Use a review that one gave: peers who passed the lab are asked now instead of after the promised days.

    Refused: others' work, work that does not wait, where they are asked already, without a review in hand."""
    now = now or timezone.now()
    locked = _own(submission, by)
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # one review is not used for two at once
    if locked.status != Status.WAITING:
        raise Refused("This work does not wait for a review.", lost_race=True)
    if locked.offered_at:
        raise Refused("Peers are asked already.")
    if reviews_in_hand(by) < 1:
        raise Refused("You have no review in hand. Each review that you give earns one.")
    locked.offered_at = now
    locked.save(update_fields=["offered_at"])
    HandIn.objects.filter(submission=locked, round=locked.round).update(peers_asked_at=now)
    offering.ask_peers(locked, now=now)
    return locked


def hold(submission: Submission) -> Submission:
    """The row as it is now, held until the end of the transaction."""
    found = Submission.objects.select_for_update(of=("self",)).select_related("lab__module", "member")
    return found.get(pk=submission.pk)


def _own(submission: Submission, by: Member) -> Submission:
    locked = hold(submission)
    if locked.member_id != by.pk:
        raise Refused("Only who handed this in may change it.")
    return locked


def _check_words(link: str, text: str, reflection: str) -> None:
    if not link and not text:
        raise Refused("Give a link to your work, or write it into the text.")
    if link and (reason := links.why_not(link)):
        raise Refused(reason)
    if len(text) > MEMBER_TEXT_LIMIT:
        raise Refused(f"The text has {len(text):,} characters and {MEMBER_TEXT_LIMIT:,} fit. Link to the rest.")
    if not reflection:
        raise Refused("Write what you found out: one or two sentences are enough.")
    if len(reflection) > LONGEST_REFLECTION:
        raise Refused(f"The reflection has {len(reflection):,} characters and {LONGEST_REFLECTION:,} fit. Shorten it.")


def _check_team(team: Sequence[Member], by: Member) -> None:
    if len(team) > MOST_MATES:
        raise Refused(f"Name {MOST_MATES} team mates at the most.")
    if any(mate.pk == by.pk for mate in team):
        raise Refused("Name the others only; you are in the team anyway.")
    if any(not mate.is_active for mate in team):
        raise Refused("One of the team mates is no longer here. Leave them out.")


def _is_same(found: Submission, link: str, text: str, reflection: str) -> bool:
    return found.rounds.filter(round=found.round, link=link, text=text, reflection=reflection).exists()


def _check_open(found: Submission) -> None:
    if found.status == Status.WAITING:
        raise Refused("Your work waits for a review already. To change it, take it back and hand it in again.")
    if found.status == Status.ACCEPTED:
        raise Refused("Your work on this lab is accepted already.")


def _first_round(lab: Lab, by: Member, is_shown: bool, now: datetime) -> Submission:
    return Submission.objects.create(lab=lab, member=by, is_shown=is_shown, waiting_since=now)


def _next_round(found: Submission, is_shown: bool, now: datetime) -> Submission:
    """The promise begins anew with each round."""
    found.status, found.round, found.is_shown = Status.WAITING, found.round + 1, is_shown
    found.waiting_since, found.offered_at, found.decided_at = now, None, None
    found.save(update_fields=["status", "round", "is_shown", "waiting_since", "offered_at", "decided_at"])
    return found


def _name_team(submission: Submission, team: Sequence[Member], by: Member) -> None:
    """Those who are new are told."""
    submission.team.exclude(member__in=[mate.pk for mate in team]).delete()
    for mate in team:
        _, is_new = TeamMate.objects.get_or_create(submission=submission, member=mate)
        if is_new:
            notify(
                mate, "team-mate", title=f"{name_for(by, mate)} names you as having worked on “{submission.lab.title}”",
                text="When the work is accepted it counts for you too. If you had no part in it, take yourself out.",
                address=submission.get_absolute_url(), key=f"team:{submission.pk}",
            )  # fmt: skip
