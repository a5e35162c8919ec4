"""What the made-up members have read, done and given, as rows of the ledger and of the progress, in bulk."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from labs.models import Lab, LabRun, StepTick
from members.models import Activity, Level, LevelAward, LevelWish, Member, Verb
from members.operations import levels
from modules.models import ItemProgress, Module, ModuleCompletion, SyllabusItem

BATCH = 5000
REACH = {"adrian": 1.0, "kim": 0.6, "leo": 0.5, "bart": 0.9, "maria": 0.7, "sayed": 0.15}


class Diary:
    """Collects ledger rows; points are those of the verbs."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.rows: list[Activity] = []
        self.points = {verb.slug: verb.points for verb in Verb.objects.all()}

    def note(
        self, who: Member, verb: str, kind: str, key: str, title: str, at: datetime, *, address: str = "",
        other: Member | None = None, topic: str = "", community: str = "",
    ) -> None:  # fmt: skip
        self.rows.append(
            Activity(
                actor=who, verb_id=verb, object_kind=kind, object_key=key, object_title=title, address=address,
                other=other, topic=topic, community=community, occurred_at=min(at, self.now), recorded_at=self.now,
                source="demo", points=self.points[verb], dedupe_key=f"{verb}:{who.pk}:{kind}:{key}",
            )
        )  # fmt: skip

    def close(self) -> int:
        Activity.objects.bulk_create(self.rows, batch_size=BATCH)
        return len(self.rows)


def make_learning(people: list[Member], diary: Diary, *, chance: random.Random, now: datetime) -> None:
    """Everybody walks through the syllabus from its beginning for a while; some stop in the middle of a lab."""
    placed = list(SyllabusItem.objects.select_related("module").order_by("module__order", "order", "kind"))
    items = [item for item in placed if not item.is_check]
    checks = {item.module_id: item for item in placed if item.is_check}
    progress: list[ItemProgress] = []
    runs: list[tuple[Member, str, datetime, datetime]] = []
    done_in: dict[tuple[Member, Module], list[datetime]] = {}
    for one in people:
        _arrive(one, diary, chance)
        count = round(len(items) * REACH.get(one.handle, max(0.0, chance.gauss(0.3, 0.3))))
        since = min(one.joined_at + timedelta(days=1), now)
        step = (now - since) / (count + 2)
        for n, item in enumerate(items[:count]):
            at = since + step * (n + chance.random())
            progress.append(ItemProgress(member=one, item=item, state="done", started_at=at, done_at=at + step / 2))
            _note_item(one, item, at + step / 2, diary)
            if item.is_lab:
                runs.append((one, item.key, at, at + step / 2))
            done_in.setdefault((one, item.module), []).append(at + step / 2)
            check = None if item.is_lab or n + 1 == count else checks.get(item.module_id)
            if check:  # who read on took the check first
                passed = at + step * 0.6
                progress.append(ItemProgress(member=one, item=check, state="done", started_at=passed, done_at=passed))
                _note_item(one, check, passed, diary)
                done_in[one, item.module].append(passed)
    ItemProgress.objects.bulk_create(progress, batch_size=BATCH)
    _runs(runs)
    _completions(placed, done_in, diary)


def make_contributions(people: list[Member], diary: Diary, *, chance: random.Random, now: datetime) -> None:
    """What makes Adrian a Mentor, Kim a Builder and Leo a Partner, and some more Builders among the others."""
    by_handle = {one.handle: one for one in people}
    adrian, kim, leo = by_handle["adrian"], by_handle["kim"], by_handle["leo"]
    helped = [kim, leo, by_handle["sayed"], by_handle["maria"], by_handle["bart"]]
    for n, other in enumerate(helped):
        at = now - timedelta(days=20 + 15 * n)
        diary.note(adrian, "review-given", "review", str(n), "Review of a first lab", at, other=other)
    labs = {item.key: item for item in SyllabusItem.objects.filter(kind=SyllabusItem.Kind.LAB).select_related("module")}
    for who, key, days in [(adrian, "redact-before-send", 120), (kim, "map-your-use-case", 100)]:
        if item := labs.get(key):
            at = now - timedelta(days=days)
            diary.note(who, "lab-contributed", "lab", key, item.title, at, address=item.address, topic=item.module.slug)
    diary.note(
        leo, "use-case-accepted", "use-case", "repair-shops", "Scheduling for repair shops", now - timedelta(days=90)
    )
    for one in people[6:]:
        if chance.random() < 0.08:
            at = now - timedelta(days=chance.randrange(1, 200))
            diary.note(one, "fix-accepted", "fix", str(one.pk), "A clearer step in a lab", max(at, one.joined_at))


def make_levels(people: list[Member], *, now: datetime) -> int:
    """The wishes and the confirmation that no rule gives, then everything the ledger proves."""
    by_handle = {one.handle: one for one in people}
    for level in Level.objects.filter(needs_opt_in=True):
        LevelWish.objects.get_or_create(member=by_handle["adrian"], level=level)
    for level in Level.objects.filter(confirmed_by_organizer=True):
        LevelAward.objects.get_or_create(
            member=by_handle["leo"], level=level,
            defaults={"reason": "Use case accepted by the committee", "given_by": by_handle["bart"]},
        )  # fmt: skip
    return levels.recompute(now=now, tell=False)


def _arrive(one: Member, diary: Diary, chance: random.Random) -> None:
    at = one.joined_at
    diary.note(one, "conduct-accepted", "conduct", "first", "Code of conduct", at)
    diary.note(one, "place-chosen", "persona", "place", "Place in the community", at, address="/welcome/place/")
    diary.note(one, "profile-completed", "profile", "own", "Own profile", at, address="/me/profile/")
    is_recent = diary.now - at < timedelta(days=40)
    if one.handle != "sayed" and chance.random() < (0.8 if is_recent else 0.2):
        diary.note(one, "hello-said", "hello", "first", "Hello to everybody", at)


def _note_item(one: Member, item: SyllabusItem, at: datetime, diary: Diary) -> None:
    topic = item.module.slug
    if item.is_lab:
        diary.note(one, "lab-started", "lab", item.key, item.title, at, address=item.address, topic=topic)
        diary.note(one, "lab-completed", "lab", item.key, item.title, at, address=item.address, topic=topic)
    elif item.is_check:
        diary.note(one, "check-passed", "check", item.key, item.title, at, address=item.address, topic=topic)
    else:
        diary.note(one, "article-read", "concept", item.key, item.title, at, address=item.address, topic=topic)


def _runs(runs: list[tuple[Member, str, datetime, datetime]]) -> None:
    labs = {lab.slug: lab for lab in Lab.objects.prefetch_related("steps")}
    made = LabRun.objects.bulk_create(
        (LabRun(member=who, lab=labs[key], started_at=start, finished_at=end) for who, key, start, end in runs),
        batch_size=BATCH,
    )
    StepTick.objects.bulk_create(
        (
            StepTick(run=run, step_key=step.key, at=run.finished_at or run.started_at)
            for run in made
            for step in run.lab.steps.all()
        ),
        batch_size=BATCH,
    )


def _completions(items: list[SyllabusItem], done_in: dict[tuple[Member, Module], list[datetime]], diary: Diary) -> None:
    required = {module: sum(item.module == module and item.required for item in items) for _, module in done_in}
    rows = []
    for (who, module), moments in done_in.items():
        if len(moments) >= required[module]:
            rows.append(ModuleCompletion(member=who, module=module, at=max(moments)))
            address = module.get_absolute_url()
            diary.note(
                who, "module-completed", "module", module.slug, module.title, max(moments), address=address,
                topic=module.slug,
            )  # fmt: skip
    ModuleCompletion.objects.bulk_create(rows, batch_size=BATCH)
