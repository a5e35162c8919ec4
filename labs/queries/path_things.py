"""What the things of a path are, and how far one member is in each; a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat

from labs.models import Lab, PathItem
from members.models import Activity, Member
from modules.exposure import Exposure
from modules.models import Article, ExternalResource, ItemProgress, SyllabusItem

Kind, Syllabus = PathItem.Kind, SyllabusItem.Kind
SYLLABUS = {Kind.ARTICLE: Syllabus.CONCEPT, Kind.CHECK: Syllabus.CHECK, Kind.LAB: Syllabus.LAB}
NEVER = Value(None, output_field=DateTimeField())
KIND_OF = {Syllabus.CONCEPT: Kind.ARTICLE, Syllabus.CHECK: Kind.CHECK, Syllabus.LAB: Kind.LAB}


@dataclass(frozen=True)
class Thing:
    """Something to learn from or to give, as it stands for one member.

    state: empty, started or done. at: since when. teaches and usefulness: where it was asked for what teaches.
    module: whose Concepts come before it."""

    kind: str
    target: str
    title: str
    address: str
    minutes: int
    exposure: str = ""
    no_code: bool = False
    state: str = ""
    at: datetime | None = None
    teaches: Mapping[str, int] = field(default_factory=dict)
    usefulness: float = 0
    module: int | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.target}"

    @property
    def exposure_short(self) -> str:
        return Exposure(self.exposure).short if self.exposure else ""


@dataclass(frozen=True)
class Things:
    """Everything that paths can hold: by kind and target, and how often the member did each act of the ledger."""

    found: dict[tuple[str, str], Thing] = field(default_factory=dict)
    acts: dict[str, int] = field(default_factory=dict)

    def of(self, item: PathItem) -> Thing | None:
        return self.found.get((item.kind, item.target))

    def times(self, item: PathItem) -> int:
        """How often the member has done what a talk or contribution asks for; at most as often as it asks."""
        return min(item.times, sum(self.acts.get(verb, 0) for verb in item.verbs))


def things_of(items: Iterable[PathItem], member: Member | None, *, teaching: Collection[str] = ()) -> Things:
    """Three queries at most: the syllabus with the member's progress, outside resources, acts of the ledger.

    teaching: skills; then everything that teaches one of them comes along, with the Concepts of its module."""
    items, skills = list(items), list(teaching)
    rows = SyllabusItem.objects.placed().filter(named(items) | that_teach(skills) if skills else named(items))
    found = [thing_of(row) for row in with_teaching(with_progress(rows, member), skills)]
    slugs = [item.target for item in items if item.kind == Kind.RESOURCE]
    if slugs or skills:
        wanted = Q(slug__in=slugs) | Q(teaches__has_any_keys=skills)
        resources = ExternalResource.objects.accepted().filter(wanted)
        found += [thing_of_resource(row) for row in with_completion(resources, member)]
    verbs = {verb for item in items for verb in item.verbs}
    return Things({(one.kind, one.target): one for one in found}, acts_of(member, verbs))


def named(items: Iterable[PathItem]) -> Q:
    """The rows of the syllabus that these things name."""
    wanted = Q(pk=None)
    for kind, own in SYLLABUS.items():
        keys = [item.target for item in items if item.kind == kind]
        if keys:
            wanted |= Q(kind=own, key__in=keys)
    return wanted


def that_teach(skills: list[str]) -> Q:
    """The rows of the syllabus that teach one of these skills, and the Concepts before labs that do."""
    labs = Lab.objects.published().filter(teaches__has_any_keys=skills)
    texts = Article.objects.published().filter(teaches__has_any_keys=skills)
    keys = texts.values(key=Concat("module__slug", Value("/"), "slug", output_field=CharField()))
    concepts = Q(key__in=keys) | Q(module__in=labs.values("module"))
    return Q(kind=Syllabus.LAB, key__in=labs.values("slug")) | Q(kind=Syllabus.CONCEPT) & concepts


def with_teaching(rows: QuerySet[Any], skills: list[str]) -> QuerySet[Any]:
    """Adds `teaches` and `usefulness`, in the same query; nothing where no skills are asked for."""
    if not skills:
        return rows
    lab = Lab.objects.filter(slug=OuterRef("key"))
    slug = Func(OuterRef("key"), Value("/"), Value(2), function="split_part", output_field=CharField())
    text = Article.objects.filter(module=OuterRef("module"), slug=slug)
    found: QuerySet[Any] = rows.annotate(
        teaches=Case(
            When(kind=Syllabus.LAB, then=Subquery(lab.values("teaches"))),
            When(kind=Syllabus.CONCEPT, then=Subquery(text.values("teaches"))),
        ),
        usefulness=Case(When(kind=Syllabus.LAB, then=Subquery(lab.values("usefulness")))),
    )
    return found


def with_progress(rows: QuerySet[SyllabusItem], member: Member | None) -> QuerySet[Any]:
    """Adds `own_state`, `own_at` and `own_resume`, in the same query."""
    if member is None:
        return rows.annotate(own_state=Value(""), own_at=NEVER, own_resume=Value(""))
    own = FilteredRelation("progress", condition=Q(progress__member=member))
    return rows.annotate(own=own).annotate(
        own_state=F("own__state"), own_at=F("own__done_at"), own_resume=F("own__resume")
    )


def with_completion(rows: QuerySet[ExternalResource], member: Member | None) -> QuerySet[Any]:
    if member is None:
        return rows.annotate(own_at=NEVER)
    own = FilteredRelation("completions", condition=Q(completions__member=member))
    return rows.annotate(own=own).annotate(own_at=F("own__at"))


def thing_of(row: Any) -> Thing:
    return Thing(
        KIND_OF[row.kind], row.key, row.title, row.own_resume or row.address, row.minutes, row.exposure, row.no_code,
        row.own_state or "", row.own_at, getattr(row, "teaches", None) or {}, getattr(row, "usefulness", None) or 0,
        row.module_id,
    )  # fmt: skip


def thing_of_resource(row: Any) -> Thing:
    state = ItemProgress.State.DONE if row.own_at else ""
    minutes = round(row.hours * 60)
    return Thing(
        Kind.RESOURCE, row.slug, row.title, row.get_absolute_url(), minutes, state=state, at=row.own_at,
        teaches=row.teaches,
    )  # fmt: skip


def acts_of(member: Member | None, verbs: Iterable[str]) -> dict[str, int]:
    """How often the member did each of these, acts that were taken back left out."""
    verbs = list(verbs)
    if member is None or not verbs:
        return {}
    acts = Activity.objects.filter(actor=member, verb__in=verbs, reversed_by=None)
    return dict(acts.order_by().values_list("verb").annotate(Count("pk")))
