"""Making a group out of a petition: page, charter, boundary, places, checklist, members, and the vote on its lead."""

from __future__ import annotations

from datetime import datetime, timedelta

from communities.models import (
    Boundary,
    Channel,
    Charter,
    Community,
    FoundingStep,
    LaunchStep,
    Membership,
    Petition,
    Signature,
)  # fmt: skip
from communities.operations.membership import enter
from communities.operations.motions import open_lead_confirmation
from communities.queries.people import organizers
from communities.queries.petitions import free_slug
from members import places
from members.models import Member
from members.operations import ledger
from members.operations.directory import touch
from members.operations.notices import notify_many

LAST = 100  # new groups stand behind those that the organizers have put in order
SUCCESS = "After three meetings its members say that it was worth their time"
REASON = "Who started the group leads it for now. The charter asks that the members confirm who leads."
CHARTER = """\
{purpose}

## How we work

{rhythm}
- Whoever cannot come reads what we decided on the group’s page.
- The code of conduct applies wherever we meet.

## How we decide

- {lead}
- What this page says changes by a vote of the members.

This is a draft from the petition. Change what does not fit in the first weeks.
"""


def found_group(petition: Petition, *, now: datetime) -> Community:
    """The group of a petition that has its signatures, in the transaction of the caller, who has locked the petition.

    Those who signed are its members. Who started it leads until the members have voted on that; where they are gone,
    the organizers are told that nobody leads."""
    community = lay_out(petition, now=now)
    signers = _bring_in(community, petition, now)
    starter = next((one for one in signers if one.pk == petition.by_id), None)
    if starter:
        _let_lead(community, starter, now)
    else:
        _ask_organizers(community)
    _tell(community, signers)
    return community


def lay_out(petition: Petition, *, now: datetime) -> Community:
    """The group before anybody is in it: its page, first charter, boundary, places and checklist."""
    community = _page(petition, now)
    _agree(community, petition)
    _name_places(community, petition)
    _list_steps(community)
    return community


def _page(petition: Petition, now: datetime) -> Community:
    is_free = not Community.objects.filter(slug=petition.slug).exists()
    return Community.objects.create(
        slug=petition.slug if is_free else free_slug(petition.name), order=LAST, kind=petition.kind, name=petition.name,
        why=first_sentence(petition.purpose), success=SUCCESS, description=rest_of(petition.purpose),
        place=petition.place, language=petition.language, rhythm=petition.rhythm,
        stage=Community.Stage.FORMING, created_at=now,
    )  # fmt: skip


def first_sentence(purpose: str) -> str:
    """The first sentence without its full stop, short enough for the list of communities."""
    line = " ".join(purpose.split())
    ends = [line.find(mark) for mark in (". ", "? ", "! ") if mark in line]
    first = (line[: min(ends)] if ends else line).rstrip(".")
    return first if len(first) <= 300 else f"{first[:299].rstrip()}…"


def rest_of(purpose: str) -> str:
    """What follows the first sentence; all of it where nothing follows."""
    line, first = " ".join(purpose.split()), first_sentence(purpose)
    return line if first.endswith("…") else line[len(first) + 1 :].strip() or line


def _agree(community: Community, petition: Petition) -> None:
    Charter.objects.create(community=community, text=charter_draft(petition))
    Boundary.objects.create(community=community)


def charter_draft(petition: Petition) -> str:
    """The text of the first charter, from what the petition says."""
    language = places.language_names().get(petition.language, "")
    rhythm = ", ".join(part for part in (petition.rhythm, petition.place, language and f"in {language}") if part)
    started = "Who started the group leads it" if petition.by else "Nobody leads the group yet"
    return CHARTER.format(
        purpose=petition.purpose,
        rhythm=f"- We meet: {rhythm}." if rhythm else "- We agree on our rhythm in the first meeting.",
        lead=f"{started} until the members have confirmed a lead by a vote.",
    )


def _name_places(community: Community, petition: Petition) -> None:
    """The first list of channels: the page, which is there from the beginning, and where the group wants to meet."""
    is_local = petition.kind == Community.Kind.STUDY_GROUP
    Channel.objects.create(
        slug=f"group-{community.pk}-page", order=LAST, platform="Website", community=community,
        function="Announcements and decisions", why="The group’s page is there from the first day",
        status=Channel.Status.ACTIVE, audience="Everybody in the group", rules="The code of conduct applies.",
    )  # fmt: skip
    Channel.objects.create(
        slug=f"group-{community.pk}-meetings", order=LAST + 1, platform="Local meetups" if is_local else "Zoom",
        community=community, function=f"Meetings in {petition.place}"[:120] if is_local else "Meetings online",
        why="Opens when the group has chosen its first date", status=Channel.Status.PLANNED,
        audience="Everybody in the group, and guests who want to look in",
        rules="Step-free rooms first." if is_local else "Recording is announced first. Cameras are optional.",
    )  # fmt: skip


def _list_steps(community: Community) -> None:
    steps = [
        LaunchStep(community=community, key=step.slug, order=step.order, title=step.title, text=step.text)
        for step in FoundingStep.objects.all()
    ]
    LaunchStep.objects.bulk_create(steps)


def _bring_in(community: Community, petition: Petition, now: datetime) -> list[Member]:
    rows = Signature.objects.filter(petition=petition, member__is_active=True).select_related("member").order_by("at")
    signers = [row.member for row in rows]
    for signer in signers:
        enter(community, signer)
    Membership.objects.filter(community=community).update(joined_at=now)  # so that all may vote on the lead
    return signers


def _let_lead(community: Community, starter: Member, now: datetime) -> None:
    Membership.objects.filter(community=community, member=starter).update(role=Membership.Role.LEAD)
    touch(starter.pk)
    ledger.record(
        "group-founded", by=starter, kind="community", key=community.slug, title=community.name,
        address=community.get_absolute_url(), community=community.slug,
    )  # fmt: skip
    open_lead_confirmation(community, starter, None, now, reason=REASON)


def _ask_organizers(community: Community) -> None:
    notify_many(
        [one.pk for one in organizers()], "group-watch", title=f"{community.name} has begun without a lead",
        text="Who started the petition is not here any more. Ask its members who wants to lead.",
        address=community.get_absolute_url(), key=f"no-founder:{community.pk}",
    )  # fmt: skip


def _tell(community: Community, signers: list[Member]) -> None:
    by = community.created_at + timedelta(days=community.charter.confirm_lead_days)
    notify_many(
        [one.pk for one in signers], "petition", title=f"{community.name} has begun, and you are in",
        text="Enough people signed. On its page stand a first charter and a checklist for the launch. The members "
        f"confirm a lead until {by:%-d %B}; the vote is open.",
        address=community.get_absolute_url(), key=f"founded:{community.pk}",
    )  # fmt: skip
