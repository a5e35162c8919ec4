"""What the pages about modules show, and what dashboard and home ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, FilteredRelation, Func, Q, QuerySet, Value
from django.utils import timezone

from cop.lib.rounds import Asks
from members.models import Member
from modules.models import ItemProgress, Module, ModuleCompletion, ReadingPlace, SyllabusItem
from modules.queries import ceilings
from modules.queries.ceilings import NO_CEILING, Ceiling

DONE, STARTED = ItemProgress.State.DONE, ItemProgress.State.STARTED
FIRST = 3


@dataclass(frozen=True)
class Step:
    """One rung of a module's ladder as it stands for one viewer."""

    number: int
    item: SyllabusItem
    name: str  # `Concept`, `Lab 2`
    state: str  # done, now, open, later
    after: str  # for later ones: what is best done before, for instance `lab 1`
    progress: ItemProgress | None
    above_ceiling: bool = False  # it sends data further than the viewer wants or may

    @property
    def address(self) -> str:
        """Where to open it; what was begun opens where it is done."""
        return self.progress.resume if self.progress and self.progress.resume else self.item.address


@dataclass(frozen=True)
class ModuleStanding:
    """A module with its ladder and how far one viewer is on it."""

    module: Module
    steps: list[Step]
    completion: ModuleCompletion | None

    @property
    def required(self) -> list[Step]:
        return [step for step in self.steps if step.item.required]

    @property
    def total(self) -> int:
        return len(self.required)

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.required)

    @property
    def percent(self) -> int:
        """Whole percent of what is required; 100 only when all of it is done."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def next(self) -> Step | None:
        """The rung to go on with: one that was begun, else the first required one that is open and within the viewer's
        ceiling; where all open ones are above it, the first of those."""
        begun = [step for step in self.steps if step.state == "now"]
        waiting = [step for step in self.required if step.state != "done"]
        return next(iter(begun or sorted(waiting, key=lambda step: step.above_ceiling)), None)

    @property
    def labs(self) -> list[Step]:
        return [step for step in self.steps if step.item.is_lab]

    @property
    def minutes(self) -> int:
        return sum(step.item.minutes for step in self.steps)

    @property
    def minutes_left(self) -> int:
        return sum(step.item.minutes for step in self.required if step.state != "done")

    @property
    def is_begun(self) -> bool:
        return any(step.progress for step in self.steps)

    @property
    def has_news(self) -> bool:
        """Something required came after the member had finished."""
        return self.completion is not None and self.done < self.total


def overview(member: Member | None) -> list[ModuleStanding]:
    """All modules in their order, with the member's own standing. Three queries."""
    return complete_standings(with_completion(Module.objects.prefetch_related("subtopics"), member), member)


def ask_own_overview(member: Member) -> Asks[list[ModuleStanding]]:
    """The modules that matter to the member now, in their order: those they have begun or read in, those that suit
    their persona, and the first three open ones that they have not begun. One round, whatever the number."""
    begun = ItemProgress.objects.filter(member=member).values("item__module")
    texts = ReadingPlace.objects.filter(member=member, kind="article")
    read = texts.values(module=Func("key", Value("/"), Value(1), function="split_part", output_field=CharField()))
    near = Q(pk__in=begun) | Q(slug__in=read) | Q(slug__in=member.persona.modules if member.persona else [])
    fresh = Module.objects.published().exclude(completions__member=member).exclude(pk__in=begun)
    wanted = Module.objects.filter(near | Q(pk__in=fresh.values("pk")[:FIRST]))
    modules, items = yield [with_completion(wanted, member), _placed(wanted.order_by().values("pk"), member)]
    return _assembled(modules, items, member, _own_completions(modules))


def with_completion(modules: QuerySet[Module], member: Member | None) -> QuerySet[Any]:
    """The modules with the member's completion as `own_completion`, in the same query."""
    if member is None:
        return modules
    own = FilteredRelation("completions", condition=Q(completions__member=member))
    found: QuerySet[Any] = modules.annotate(own_completion=own)
    return found.select_related("own_completion")


def complete_standings(modules: Iterable[Any], member: Member | None) -> list[ModuleStanding]:
    """The standings of modules that come through `with_completion`; one query."""
    modules = list(modules)
    return _assembled(modules, _placed(modules, member), member, _own_completions(modules))


def _own_completions(modules: Iterable[Any]) -> dict[int, ModuleCompletion]:
    return {module.pk: found for module in modules if (found := getattr(module, "own_completion", None))}


def standing(module: Module, member: Member | None) -> ModuleStanding:
    """Two queries at most."""
    own = (
        {row.module_id: row for row in ModuleCompletion.objects.filter(member=member, module=module)} if member else {}
    )
    return _assembled([module], _placed([module], member), member, own)[0]


def _placed(modules: Any, member: Member | None) -> QuerySet[Any]:
    return ceilings.beside(with_progress(SyllabusItem.objects.placed().filter(module__in=modules), member), member)


def _assembled(
    modules: Iterable[Any], placed: Iterable[Any], member: Member | None, completions: dict[int, ModuleCompletion]
) -> list[ModuleStanding]:
    rows = list(placed)
    ceiling = ceilings.from_beside(rows, member)
    items: dict[int, list[Any]] = defaultdict(list)
    for item in rows:
        items[item.module_id].append(item)
    progress = {item.pk: found for item in rows if (found := getattr(item, "own_progress", None))}
    return [
        ModuleStanding(module, ladder(items[module.pk], progress, ceiling), completions.get(module.pk))
        for module in modules
    ]


def with_progress(items: QuerySet[SyllabusItem], member: Member | None) -> QuerySet[Any]:
    """The items with the member's progress as `own_progress`, in the same query."""
    if member is None:
        return items
    own = FilteredRelation("progress", condition=Q(progress__member=member))
    found: QuerySet[Any] = items.annotate(own_progress=own)
    return found.select_related("own_progress")


def ladder(
    items: Iterable[SyllabusItem], progress: dict[int, ItemProgress], ceiling: Ceiling = NO_CEILING
) -> list[Step]:  # fmt: skip
    """The rungs in order: done, begun, the first open one, and later ones that are best done after it."""
    steps: list[Step] = []
    labs, waits_for = 0, ""
    for number, item in enumerate(items, start=1):
        labs += item.is_lab
        name = f"Lab {labs}" if item.is_lab else item.get_kind_display()
        own = progress.get(item.pk)
        state = "later" if waits_for else "open"
        if own:
            state = "done" if own.state == DONE else "now"
        after, above = waits_for if state == "later" else "", not ceiling.allows(item.exposure)
        steps.append(Step(number, item, name, state, after, own, above))
        if item.required and state != "done":
            waits_for = f"lab {labs}" if item.is_lab else f"the {item.get_kind_display().lower()}"
    return steps


def required_before(item: SyllabusItem, member: Member) -> list[SyllabusItem]:
    """The required items that stand before this one in its module and that the member has not done."""
    before = SyllabusItem.objects.placed().filter(module=item.module_id, required=True, order__lt=item.order)
    return list(before.exclude(progress__in=ItemProgress.objects.filter(member=member, state=DONE)))


def next_item(member: Member, among: list[ModuleStanding] | None = None) -> SyllabusItem | None:
    """What the member could go on with: what was begun last, else the next rung of a module that is under way, else the
    first of a module that suits the member's persona; all within the member's ceiling, but what was begun. among: the
    overview, where the caller has it already."""
    everything = overview(member) if among is None else among
    begun = [step for one in everything for step in one.steps if step.progress and step.state == "now"]
    if begun:
        return max(begun, key=lambda step: step.progress.started_at if step.progress else timezone.now()).item
    persona = member.persona
    rank = {slug: place for place, slug in enumerate(persona.modules if persona else [])}
    published = [one for one in everything if one.module.is_published and one.next and not one.next.above_ceiling]
    published.sort(key=lambda one: (not one.is_begun, rank.get(one.module.slug, len(rank)), one.module.order))
    first = published[0].next if published else None
    return first.item if first else None


def newest_items(limit: int) -> list[SyllabusItem]:
    """What was placed last in published modules, newest first, with its module."""
    placed = SyllabusItem.objects.placed().filter(module__status=Module.Status.PUBLISHED)
    return list(placed.select_related("module").order_by("-placed_at", "-pk")[:limit])


def item_after(item: SyllabusItem) -> SyllabusItem | None:
    """The next rung of the same module."""
    return neighbours(item)[1]


def neighbours(item: SyllabusItem) -> tuple[SyllabusItem | None, SyllabusItem | None]:
    """The rungs before and after; one query."""
    rungs = list(SyllabusItem.objects.placed().filter(module=item.module_id))
    keys = [rung.pk for rung in rungs]
    place = keys.index(item.pk) if item.pk in keys else len(keys)
    return (rungs[place - 1] if place > 0 else None), (rungs[place + 1] if place + 1 < len(rungs) else None)


@dataclass(frozen=True)
class Change:
    at: datetime
    title: str
    address: str
    text: str = ""  # what changed, in the words of who changed it


def changes(one: ModuleStanding, limit: int = 5) -> list[Change]:
    """What came into the module after its first day, newest first."""
    placed = sorted((step.item for step in one.steps), key=lambda item: (item.placed_at, item.order), reverse=True)
    later = [item for item in placed if item.placed_at.date() > placed[-1].placed_at.date()]
    return [
        Change(item.placed_at, f"New {item.get_kind_display().lower()}: {item.title}", item.address)
        for item in later[:limit]
    ]
