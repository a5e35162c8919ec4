"""What the pages about modules show, and what dashboard and home ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from members.models import Member
from modules.models import ItemProgress, Module, ModuleCompletion, SyllabusItem

DONE, STARTED = ItemProgress.State.DONE, ItemProgress.State.STARTED


@dataclass(frozen=True)
class Step:
    """One rung of a module's ladder as it stands for one viewer."""

    number: int
    item: SyllabusItem
    name: str  # `Concept`, `Lab 2`
    state: str  # done, now, open, later
    after: str  # for later ones: what is best done before, for instance `lab 1`
    progress: ItemProgress | None

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
    def next(self) -> Step | None:
        """The rung to go on with: one that was begun, else the first required one that is open."""
        begun = [step for step in self.steps if step.state == "now"]
        return next(iter(begun or [step for step in self.required if step.state != "done"]), None)

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
    """All modules in their order, with the member's own standing. Five queries at most."""
    modules = list(Module.objects.prefetch_related("subtopics"))
    return standings(modules, member)


def standing(module: Module, member: Member | None) -> ModuleStanding:
    return standings([module], member)[0]


def standings(modules: list[Module], member: Member | None) -> list[ModuleStanding]:
    items: dict[int, list[SyllabusItem]] = defaultdict(list)
    for item in SyllabusItem.objects.placed().filter(module__in=modules):
        items[item.module_id].append(item)
    progress: dict[int, ItemProgress] = {}
    completions: dict[int, ModuleCompletion] = {}
    if member is not None:
        progress = {row.item_id: row for row in ItemProgress.objects.filter(member=member, item__module__in=modules)}
        completions = {row.module_id: row for row in ModuleCompletion.objects.filter(member=member)}
    return [
        ModuleStanding(module, ladder(items[module.pk], progress), completions.get(module.pk)) for module in modules
    ]


def ladder(items: Iterable[SyllabusItem], progress: dict[int, ItemProgress]) -> list[Step]:
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
        steps.append(Step(number, item, name, state, waits_for if state == "later" else "", own))
        if item.required and state != "done":
            waits_for = f"lab {labs}" if item.is_lab else f"the {item.get_kind_display().lower()}"
    return steps


def required_before(item: SyllabusItem, member: Member) -> list[SyllabusItem]:
    """The required items that stand before this one in its module and that the member has not done."""
    before = SyllabusItem.objects.placed().filter(module=item.module_id, required=True, order__lt=item.order)
    return list(before.exclude(progress__in=ItemProgress.objects.filter(member=member, state=DONE)))


def next_item(member: Member, among: list[ModuleStanding] | None = None) -> SyllabusItem | None:
    """What the member could go on with: what was begun last, else the next rung of a module that is under way, else the
    first of a module that suits the member's persona. among: the overview, where the caller has it already."""
    everything = overview(member) if among is None else among
    begun = [step for one in everything for step in one.steps if step.progress and step.state == "now"]
    if begun:
        return max(begun, key=lambda step: step.progress.started_at if step.progress else timezone.now()).item
    persona = member.persona
    rank = {slug: place for place, slug in enumerate(persona.modules if persona else [])}
    published = [one for one in everything if one.module.is_published and one.next]
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


def changes(one: ModuleStanding, limit: int = 5) -> list[Change]:
    """What came into the module after its first day, newest first."""
    placed = sorted((step.item for step in one.steps), key=lambda item: (item.placed_at, item.order), reverse=True)
    later = [item for item in placed if item.placed_at.date() > placed[-1].placed_at.date()]
    return [Change(item.placed_at, f"New {item.kind}: {item.title}", item.address) for item in later[:limit]]


def module_after(one: ModuleStanding) -> Module | None:
    """The next published module, for who has finished this one."""
    if one.completion is None:
        return None
    return Module.objects.published().filter(order__gt=one.module.order).first()
