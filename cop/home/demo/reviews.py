"""Work that the made-up members handed in, and what was said of it: in every state, and old enough to be believed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cop.home.demo.learning import Diary
from cop.home.demo.work import ASKS, PRAISES, WORK
from cop.lib.markdown import render
from labs.models import HandIn, Lab, LabRun, Review, ReviewClaim, Submission, TeamMate
from labs.rubric import criteria
from members.models import Member
from modules.models import Module

BATCH = 2000
OFTEN = 0.2  # of those who finish a lab hand something in
MOST_EACH = 12  # reviews by each of the known reviewers, so that a large demo does not make them superhuman
STEWARDS = {
    "ai-foundations": "adrian", "security-privacy-ip": "maria", "infrastructure-automation": "bart",
    "incubators-sigs": "maria", "coding-with-ai": "adrian", "software-engineering-principles": "bart",
    "rag-knowledge-management": "adrian",
}  # fmt: skip
Status, Decision = Submission.Status, Review.Decision
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass
class Story:
    """One piece of work. days: ago, when it was handed in. by: who decided, `after` so long."""

    member: Member
    lab: Lab
    at: datetime
    status: str
    by: Member | None = None
    after: timedelta = DAY
    is_shown: bool = False
    mates: list[Member] = field(default_factory=list)
    claimed_by: Member | None = None
    offered: bool = False
    as_peer: bool = False


@dataclass(frozen=True)
class Named:
    """Of the known accounts. days: ago. status, by: as decided; nobody for what waits."""

    who: str
    lab: str
    days: float
    status: str
    by: str = ""
    with_whom: str = ""
    claimed_by: str = ""


NAMED = [
    Named("adrian", "first-local-model", 130, "accepted", "bart"),
    Named("bart", "first-local-model", 118, "accepted", "adrian"),
    Named("kim", "map-your-use-case", 96, "accepted", "adrian", with_whom="leo"),
    Named("bart", "local-cluster", 74, "accepted", "adrian"),
    Named("maria", "threat-model-assistant", 51, "accepted", "bart"),
    Named("adrian", "redact-before-send", 40, "accepted", "maria"),
    Named("leo", "redact-before-send", 22, "accepted", "adrian"),
    Named("kim", "redact-before-send", 4, "changes-asked", "adrian"),
    Named("leo", "first-local-model", 6.4, "waiting"),
    Named("maria", "pr-summary", 3.1, "waiting"),
    Named("sayed", "first-local-model", 1.2, "waiting"),
    Named("bart", "search-own-docs", 0.2, "waiting", claimed_by="maria"),
]


def make_reviews(people: Sequence[Member], diary: Diary, *, chance: random.Random, now: datetime) -> None:
    """Before the ledger is closed: what the known ones handed in, then what about every fifth finished lab brought."""
    by_handle = {one.handle: one for one in people[:6]}
    labs = {lab.slug: lab for lab in Lab.objects.filter(slug__in=WORK).select_related("module")}
    _keep_modules(by_handle)
    stories = [*_named(by_handle, labs, now)]
    known = {(one.pk, story.lab.pk) for story in stories for one in (story.member, *story.mates)}
    stories += _others(people, by_handle, labs, known, chance, now)
    _write(stories, diary, chance, now)


def _keep_modules(by_handle: dict[str, Member]) -> None:
    """Modules that nobody keeps get a steward."""
    for module in Module.objects.filter(slug__in=STEWARDS, stewards=None):
        module.stewards.add(by_handle[STEWARDS[module.slug]])


def _named(by_handle: dict[str, Member], labs: dict[str, Lab], now: datetime) -> Iterator[Story]:
    """Who has not come as far as their story has now."""
    runs = {(run.member_id, run.lab_id): run for run in LabRun.objects.filter(member__in=by_handle.values())}
    for plan in NAMED:
        who, lab, at = by_handle[plan.who], labs.get(plan.lab), now - plan.days * DAY
        if lab is None:
            continue
        _has_done(runs.get((who.pk, lab.pk)), who, lab, at)
        yield Story(
            who, lab, at, plan.status, by_handle.get(plan.by), after=1.6 * DAY, is_shown=plan.who in {"adrian", "kim"},
            mates=[by_handle[plan.with_whom]] if plan.with_whom else [],
            claimed_by=by_handle.get(plan.claimed_by), offered=plan.status == Status.WAITING and plan.days > 5,
        )  # fmt: skip


def _has_done(run: LabRun | None, who: Member, lab: Lab, at: datetime) -> None:
    before = at - 2 * HOUR
    if run is None:
        LabRun.objects.create(member=who, lab=lab, started_at=before - HOUR, finished_at=before)
    elif run.finished_at is None or run.finished_at > before:
        run.started_at, run.finished_at = min(run.started_at, before - HOUR), before
        run.save(update_fields=["started_at", "finished_at"])


def _others(
    people: Sequence[Member], by_handle: dict[str, Member], labs: dict[str, Lab], known: set[tuple[int, int]],
    chance: random.Random, now: datetime,
) -> Iterator[Story]:  # fmt: skip
    """Decided work, by the known reviewers at first, later by peers who passed the lab before."""
    each, by_key = {one.pk: one for one in people}, {lab.pk: lab for lab in labs.values()}
    reviewers, given = [by_handle[handle] for handle in ("adrian", "bart", "maria")], dict.fromkeys(by_handle, 0)
    passed: dict[int, list[Member]] = {}
    runs = LabRun.objects.filter(lab__in=by_key, finished_at__lt=now - 6 * DAY, member__in=each)
    for member, lab, done in runs.order_by("finished_at", "pk").values_list("member", "lab", "finished_at"):
        if (member, lab) in known or each[member] in reviewers or done is None or chance.random() > OFTEN:
            continue
        free = [one for one in reviewers if given[one.handle] < MOST_EACH]
        by = chance.choice(free or passed.get(lab) or reviewers)
        if by.handle in given:
            given[by.handle] += 1
        status = chance.choices([Status.ACCEPTED, Status.CHANGES_ASKED, Status.WITHDRAWN], [85, 10, 5])[0]
        after = timedelta(hours=5 + chance.randrange(110))
        story = Story(
            each[member], by_key[lab], done + HOUR, status, by, after, is_shown=chance.random() < 0.4,
            as_peer=by.handle not in given,
        )  # fmt: skip
        if status == Status.ACCEPTED:
            passed.setdefault(lab, []).append(story.member)
        yield story


def _write(stories: Sequence[Story], diary: Diary, chance: random.Random, now: datetime) -> None:
    made = Submission.objects.bulk_create(
        (
            Submission(
                lab=one.lab, member=one.member, status=one.status, is_shown=one.is_shown, waiting_since=one.at,
                offered_at=one.at + 5 * DAY if one.offered or one.as_peer else None,
                decided_at=_decided(one) if one.by and one.status != Status.WITHDRAWN else None,
            )
            for one in stories
        ), batch_size=BATCH,
    )  # fmt: skip
    pairs = list(zip(made, stories, strict=True))
    HandIn.objects.bulk_create((_words(work, one, chance) for work, one in pairs), batch_size=BATCH)
    TeamMate.objects.bulk_create(TeamMate(submission=work, member=mate) for work, one in pairs for mate in one.mates)
    Review.objects.bulk_create(
        (_review(work, one, one.by, diary, chance) for work, one in pairs if one.by and one.status != Status.WITHDRAWN),
        batch_size=BATCH,
    )
    ReviewClaim.objects.bulk_create(
        ReviewClaim(submission=work, by=one.claimed_by, until=now + timedelta(minutes=25))
        for work, one in pairs if one.claimed_by
    )  # fmt: skip


def _decided(one: Story) -> datetime:
    return one.at + one.after + (5 * DAY if one.as_peer else timedelta())


def _words(work: Submission, one: Story, chance: random.Random) -> HandIn:
    piece = chance.choice(WORK[one.lab.slug])
    link = f"https://code.example.org/{one.member.handle}/{one.lab.slug}" if piece.has_link else ""
    text = "" if piece.has_link and chance.random() < 0.5 else piece.text
    return HandIn(submission=work, link=link, text=text, html=render(text).html, reflection=piece.reflection, at=one.at)


def _review(work: Submission, one: Story, by: Member, diary: Diary, chance: random.Random) -> Review:
    """The decision, and what it writes into the ledger of both."""
    accepted, names = one.status == Status.ACCEPTED, [mark.name for mark in criteria(one.lab.rubric)]
    scores = {name: chance.choice([2, 2, 2, 3] if accepted else [1, 2, 2]) for name in names}
    named = chance.choice(names)
    scores[named] = 3 if accepted else 0
    comment = chance.choice(PRAISES if accepted else ASKS).format(criterion=named)
    at, lab = _decided(one), one.lab
    about = {"address": lab.get_absolute_url(), "topic": lab.module.slug}
    diary.note(by, "review-given", "submission", str(work.pk), lab.title, at, other=one.member, **about)
    for maker in [one.member, *one.mates] if accepted else []:
        diary.note(maker, "work-accepted", "lab", lab.slug, lab.title, at, other=by, **about)
    return Review(
        submission=work, round=1, by=by, scores=scores, comment=comment, html=render(comment).html,
        decision=Decision(one.status), as_peer=one.as_peer, at=at,
    )  # fmt: skip
