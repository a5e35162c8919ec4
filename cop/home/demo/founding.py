"""New groups: petitions, one that begins, one that fell silent; places with an owner, and a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from communities.models import (
    Channel,
    Charter,
    Community,
    LaunchStep,
    Membership,
    Motion,
    MotionVote,
    Petition,
    RecruitmentCampaign,
    Signature,
)  # fmt: skip
from communities.operations.founding import REASON, lay_out
from communities.operations.petitions import State
from cop.home.demo.learning import Diary
from members.models import Member, Skill

BATCH = 2000
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Role = Membership.Role


@dataclass(frozen=True)
class Plan:
    """A petition: when it was opened, and who signed; `others` made-up members besides."""

    slug: str
    name: str
    kind: str
    purpose: str
    days: int
    signed: tuple[str, ...]
    others: int = 0
    place: str = ""
    language: str = ""
    rhythm: str = ""
    state: str = State.OPEN


PLANS = [
    Plan(
        "prompts-for-service-desks", "Prompts for service desks", "interest-group",
        "For people who answer tickets all day. We collect prompts that saved a colleague ten minutes, test them on "
        "old tickets without names, and throw away those that only sound good.",
        18, ("sayed", "bart", "leo"), 1, rhythm="every second Thursday, 45 minutes",
    ),
    Plan(
        "first-ansible-steps-utrecht", "First Ansible steps, Utrecht", "study-group",
        "For those who have read about Ansible and never ran it. One evening, one laptop between two, one small role "
        "that works at the end.",
        9, ("bart",), 1, place="Utrecht", language="nl", rhythm="every second Tuesday evening",
    ),
    Plan(
        "weekly-paper-club", "Weekly paper club", "interest-group",
        "We read one paper a week and meet on Friday. It turned out that a week is short.",
        52, ("maria", "kim"), 1, rhythm="every Friday", state=State.EXPIRED,
    ),
    Plan(
        "models-at-home", "Models at home", "interest-group",
        "For people who run small models on their own machines. We compare what runs, how warm it gets and what it is "
        "good for, and we write it down so that the next one saves an evening.",
        15, ("adrian", "leo"), 3, rhythm="first Wednesday of the month", state=State.SUCCEEDED,
    ),
]  # fmt: skip


def make_founding(people: list[Member], diary: Diary, *, now: datetime) -> None:
    """Nothing is left to chance here."""
    by_handle = {one.handle: one for one in people}
    others = [one for one in people[6:] if one.in_directory] or people
    for plan in PLANS:
        petition = make_petition(plan, by_handle, others, diary, now)
        if plan.state == State.SUCCEEDED:
            make_forming(petition, diary, now=now)
    make_quiet(by_handle, others, now=now)
    make_channels(by_handle, now=now)
    make_campaign(by_handle, now=now)


def make_petition(
    plan: Plan, by_handle: dict[str, Member], others: list[Member], diary: Diary, now: datetime
) -> Petition:
    opened = now - plan.days * DAY
    ends = {State.EXPIRED: opened + 30 * DAY, State.SUCCEEDED: now - 4 * DAY}.get(plan.state)  # type: ignore[call-overload]
    petition = Petition.objects.create(
        slug=plan.slug, name=plan.name, kind=plan.kind, purpose=plan.purpose, place=plan.place, language=plan.language,
        rhythm=plan.rhythm, by=by_handle[plan.signed[0]], opened_at=opened, closes_at=opened + 30 * DAY,
        state=plan.state, closed_at=ends,
    )  # fmt: skip
    signers = [*(by_handle[handle] for handle in plan.signed), *others[: plan.others]]
    rows = [Signature(petition=petition, member=one, at=opened + n * 2 * DAY) for n, one in enumerate(signers)]
    Signature.objects.bulk_create(rows)
    address = petition.get_absolute_url()
    for row in rows:
        verb = "petition-started" if row.member == petition.by else "petition-signed"
        diary.note(row.member, verb, "petition", petition.slug, petition.name, row.at, address=address)
    return petition


def make_forming(petition: Petition, diary: Diary, *, now: datetime) -> None:
    """The group of a petition, four days old: the vote on its lead is open, three steps are done."""
    founded = now - 4 * DAY
    group = lay_out(petition, now=founded)
    petition.community = group
    petition.save(update_fields=["community"])
    signers = [one.member for one in petition.signatures.select_related("member").order_by("at")]
    lead = signers[0]
    Membership.objects.bulk_create(
        Membership(
            member=one, community=group, joined_at=founded, role=Role.LEAD if one == lead else Role.MEMBER
        )
        for one in signers
    )  # fmt: skip
    motion = Motion.objects.create(
        community=group, kind=Motion.Kind.LEAD, title=f"A lead for {group.name}", candidate=lead,
        reason=REASON,
        opened_at=founded, closes_at=founded + 7 * DAY,
    )  # fmt: skip
    MotionVote.objects.bulk_create(
        MotionVote(motion=motion, member=one, yes=True, at=founded + (n + 1) * 9 * HOUR)
        for n, one in enumerate(signers[1:3])
    )
    diary.note(lead, "group-founded", "community", group.slug, group.name, founded, address=group.get_absolute_url(),
               community=group.slug)  # fmt: skip
    for n, key in enumerate(("purpose", "place", "tasks")):
        LaunchStep.objects.filter(community=group, key=key).update(
            done_at=founded + (n + 1) * 20 * HOUR, done_by=signers[n % len(signers)]
        )


def make_quiet(by_handle: dict[str, Member], others: list[Member], *, now: datetime) -> None:
    """A group in which nothing has happened for long; Leo was asked how it goes on."""
    group = Community.objects.create(
        slug="speech-and-voice", order=101, kind=Community.Kind.INTEREST_GROUP, name="Speech and voice",
        why="To try what spoken notes and captions are good for at work", brings=["recordings that may be shared"],
        success="Minutes of a meeting that nobody had to type and everybody agrees with", stage=Community.Stage.QUIET,
        description="A small group that tries transcription on machines of its own, with several accents and much "
        "background noise.",
        created_at=now - 190 * DAY, asked_to_revive_at=now - 6 * DAY, rhythm="once a month",
    )  # fmt: skip
    Charter.objects.create(community=group, text="We only use recordings of people who agreed.")
    people = [by_handle["leo"], *others[4:9]]
    Membership.objects.bulk_create(
        Membership(
            member=one, community=group, joined_at=now - 185 * DAY, role=Role.LEAD if n == 0 else Role.MEMBER,
            confirmed_at=now - 150 * DAY if n == 0 else None,
        )
        for n, one in enumerate(people)
    )  # fmt: skip


def make_channels(by_handle: dict[str, Member], *, now: datetime) -> None:
    """Places of single communities; the address of one has not answered twice."""
    communities = {one.slug: one for one in Community.objects.filter(slug__in=["startup-spark", "sre-observability"])}
    week_ago = timezone.make_aware(datetime.combine(timezone.localdate(now) - 9 * DAY, time(6, 10)))
    plans = [
        ("startup-spark", "startup-spark-chat", "Slack", "Teams and prototypes", "https://slack.com/app/startup-spark",
         "Founders use it all day anyway", "Teams of the current session, and those who look for one",
         "No pitches to people who did not ask.", "leo", True),
        ("sre-observability", "on-call-room", "Matrix", "The on-call room", "https://matrix.to/#/#on-call:matrix.org",
         "Runs on own servers, so incidents can be told there", "Whoever is on call, and whoever keeps them company",
         "No names of customers or colleagues.", "sayed", False),
    ]  # fmt: skip
    for slug, key, platform, function, url, why, audience, rules, owner, broken in plans:
        if slug in communities:
            Channel.objects.create(
                slug=key, order=50, platform=platform, function=function, why=why, status=Channel.Status.ACTIVE,
                url=url, audience=audience, rules=rules, community=communities[slug], owner=by_handle[owner],
                checked_at=week_ago + 7 * DAY, failures=2 if broken else 0, failing_since=week_ago if broken else None,
                marked_at=week_ago + 7 * DAY if broken else None,
            )  # fmt: skip


def make_campaign(by_handle: dict[str, Member], *, now: datetime) -> None:
    """The platform people look for somebody who thinks like an attacker."""
    community = Community.objects.filter(slug="devops-platform").first()
    if community is None:
        return
    campaign = RecruitmentCampaign.objects.create(
        community=community, title="People who think like an attacker", by=by_handle["bart"], opened_at=now - 11 * DAY,
        sentence="We build platforms with care and need somebody who breaks them with pleasure.",
        functions=[Member.Function.SECURITY], sectors=[],
    )  # fmt: skip
    campaign.skills.set(Skill.objects.filter(slug__in=["threat-modelling", "data-protection"]))
