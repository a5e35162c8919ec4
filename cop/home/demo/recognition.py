"""Thanks, badges, claims, an import and the persons of the month: how the demo's community recognises its people."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from communities.models import Membership
from cop.home.demo.learning import Diary
from members.claims import BY_SLUG
from members.models import Activity, Claim, Kudos, LedgerImport, Member, Spotlight, Verb
from members.operations import badges, spotlight

BATCH = 2000
HELPS = [
    ("review-given", "review", "A close look at a lab"),
    ("answer-accepted", "answer", "An answer that helped"),
    ("mentoring-meeting-held", "meeting", "An hour together"),
]
REASONS = [
    "You read my whole draft and found the one sentence that mattered.",
    "Your answer saved us two days. We run it that way since.",
    "You stayed after the webinar until my first lab worked.",
    "You said kindly that it was wrong, and why.",
    "Your checklist hangs beside my screen now.",
    "You took the notes so that the rest of us could listen.",
    "I could ask the question that I did not dare to ask at work.",
    "You showed me where the logs are. I had been too shy to ask.",
]
CLAIMS = [
    ("kim", "talk", "Strategy papers that name what works", "https://talks.example.org/strategy-papers", "maria", 26),
    (
        "leo",
        "organising",
        "Evening for founders who try local models",
        "https://lyon.example.org/evenings/4",
        "adrian",
        12,
    ),
    (
        "adrian",
        "code",
        "Redact secrets before a prompt leaves the shell",
        "https://code.example.org/shell/pull/118",
        "",
        60,
    ),
    ("sayed", "lesson", "The runbook that woke the wrong person", "https://notes.example.org/wrong-pager", "bart", 40),
    ("bart", "translation", "The first module in Dutch", "https://translate.example.org/nl/first-module", "kim", 75),
    ("maria", "documentation", "A privacy check in two pages", "https://docs.example.org/privacy-check", "leo", 33),
]
CONFIRMED = {"adrian", "sayed", "bart", "maria"}
IMPORTED = [
    ("talk-given", "A talk on secrets in pipelines"),
    ("event-hosted", "The first meeting, before there was a site"),
    ("talk-given", "Ten minutes on runbooks"),
    ("knowledge-published", "A recipe for a local model on one machine"),
]


def make_recognition(people: Sequence[Member], diary: Diary, *, chance: random.Random, now: datetime) -> None:
    """Before the ledger is closed: helps between members, so that months and badges find their people."""
    helpers = [one for one in people[6:] if one.in_directory and chance.random() < 0.12][: max(4, len(people) // 8)]
    homes = dict(Membership.objects.filter(is_primary=True).values_list("member", "community__slug"))
    for one in people[6:7]:  # so that the organizers have a level to confirm
        diary.note(one, "use-case-accepted", "use-case", "tickets", "Sorting tickets at night", now - timedelta(days=4))
    for n, one in enumerate(helpers):
        _helps_of(one, people, diary, homes, n, chance, now)


def _helps_of(
    one: Member, people: Sequence[Member], diary: Diary, homes: dict[int, str], n: int, chance: random.Random,
    now: datetime,
) -> None:  # fmt: skip
    for m, other in enumerate(chance.sample(people, min(len(people), 1 + chance.randrange(6)))):
        if other.pk == one.pk:
            continue
        verb, kind, title = chance.choice(HELPS)
        at = max(now - timedelta(days=chance.randrange(1, 150)), one.joined_at, other.joined_at)
        diary.note(one, verb, kind, f"demo-{n}-{m}", title, at, other=other, community=homes.get(other.pk, ""))


def make_signs(people: Sequence[Member], *, chance: random.Random, now: datetime) -> None:
    """After the ledger is written: claims, an import, thanks, badges and the persons of the last months."""
    by_handle = {one.handle: one for one in people}
    _import(by_handle, now)
    _claims(by_handle, now)
    _thanks(people, by_handle, chance, now)
    badges.award(now=now)
    _spotlights(now)


def _import(by_handle: dict[str, Member], now: datetime) -> None:
    """What founders did before the site was there, brought in by one file."""
    batch = LedgerImport.objects.create(
        name="before-the-site.csv", by=by_handle["bart"], at=now - timedelta(days=150), rows=len(IMPORTED),
        digest=hashlib.sha256(b"before the site").hexdigest(),
    )  # fmt: skip
    points = dict(Verb.objects.values_list("slug", "points"))
    who = [by_handle[handle] for handle in ("bart", "maria", "sayed", "adrian")]
    Activity.objects.bulk_create(
        Activity(
            actor=one, verb_id=verb, object_kind="import", object_key=f"before-{n}", object_title=title,
            occurred_at=now - timedelta(days=205 + 9 * n), recorded_at=batch.at, source="import", points=points[verb],
            batch=batch, dedupe_key=f"import:{verb}:{one.pk}:before-{n}",
        )
        for n, (one, (verb, title)) in enumerate(zip(who, IMPORTED, strict=True))
    )  # fmt: skip


def _claims(by_handle: dict[str, Member], now: datetime) -> None:
    """Leo's waits for Adrian, Kim's for Maria; the others are confirmed, and stand in the ledger."""
    points = dict(Verb.objects.values_list("slug", "points"))
    for handle, kind, title, evidence, witness, days in CLAIMS:
        who, at = by_handle[handle], now - timedelta(days=days)
        claim = Claim.objects.create(
            member=who, kind=kind, title=title, evidence=evidence, happened_on=(at - timedelta(days=5)).date(),
            witness=by_handle.get(witness), made_at=at,
        )  # fmt: skip
        if handle in CONFIRMED:
            act = Activity.objects.create(
                actor=who, verb_id=BY_SLUG[kind].verb, object_kind="claim", object_key=str(claim.pk),
                object_title=BY_SLUG[kind].act, occurred_at=at - timedelta(days=5), recorded_at=now, source="claim",
                points=points[BY_SLUG[kind].verb], dedupe_key=f"claim:{claim.pk}",
            )  # fmt: skip
            claim.state, claim.act, claim.decided_at = Claim.State.CONFIRMED, act, at + timedelta(days=2)
            claim.decided_by = claim.witness or by_handle["bart"]
            claim.save(update_fields=["state", "act", "decided_at", "decided_by"])


def _thanks(
    people: Sequence[Member], by_handle: dict[str, Member], chance: random.Random, now: datetime
) -> None:  # fmt: skip
    """Adrian is thanked most; who helped somebody is thanked by one in three of them."""
    verbs = [verb for verb, _, _ in HELPS]
    helps = Activity.objects.filter(source="demo", verb__in=verbs, other__isnull=False)
    helps = helps.exclude(object_kind="submission")  # who is reviewed answers with a better round
    listed = {one.pk for one in people if one.in_directory}
    known = {one.pk: one for one in people}
    rows = []
    for act in helps.select_related("actor").order_by("pk"):
        if act.actor_id not in listed or (act.actor != by_handle["adrian"] and chance.random() > 0.35):
            continue
        at = min(act.occurred_at + timedelta(hours=20 + chance.randrange(60)), now)
        rows.append(
            Kudos(
                by=known[act.other_id or 0], to=act.actor, reason=chance.choice(REASONS), object_kind="act",
                object_key=str(act.pk), object_title=act.object_title, at=at,
            )
        )  # fmt: skip
    Kudos.objects.bulk_create(rows, batch_size=BATCH)


def _spotlights(now: datetime) -> None:
    """The persons of the last six months, each picked as the job would have picked them."""
    first = now.date().replace(day=1)
    for back in range(6, 0, -1):
        month: date = spotlight.months_before(first, back)
        pick = spotlight.pick(month, now=now)
        if pick.is_new:
            Spotlight.objects.filter(month=month).update(at=now - timedelta(days=30 * back - 29))
