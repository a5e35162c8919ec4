"""A process with one database: plants so many modules and members with progress, then answers each line it is given.

The name of a page is answered by its seconds, an empty line by the number of queries of every page."""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import directory_pages as directory  # sets Django up
from communities.models import Community, Membership
from labs.models import Lab, Path, PathEnrolment
from members.models import Activity, ConductAcceptance, Member, MemberSkill, Persona, Skill
from members.queries.conduct import version_to_accept
from modules.models import Article, ItemProgress, Module, ModuleCompletion, SyllabusItem

TIMES = 3
PAGES = {
    "modules": "/modules/", "a module": "/modules/ai-foundations/", "paths": "/paths/",
    "a path": "/paths/intelligent-platform-architect/",
    "a recommendation": "/paths/recommend/?goal=intelligent-platform-architect", "start page": "/dashboard/",
}  # fmt: skip
NOW = timezone.now()


def plant(modules: int, members: int) -> dict[str, int]:
    """The starter community, more modules behind its own, and members who have walked some way through the first
    seven; the same for the same numbers."""
    call_command("load_starter_content", verbosity=0)
    chance = random.Random(17)
    more_modules(modules, chance)
    more_members(members, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = {"items": SyllabusItem, "rows of progress": ItemProgress, "acts": Activity, "followers": PathEnrolment}
    return {name: model._default_manager.count() for name, model in rows.items()}


def more_modules(number: int, chance: random.Random) -> None:
    """Each with a Concept and two labs that teach something."""
    skills = list(Skill.objects.order_by("pk").values_list("slug", flat=True))
    modules = Module.objects.bulk_create(
        Module(slug=f"topic-{order}", order=order, title=f"Topic {order}", promise="After this you can do it.",
               summary="What it is about.", hours=2, status=Module.Status.PUBLISHED)
        for order in range(Module.objects.count() + 1, number + 1)
    )  # fmt: skip
    shown: dict[str, Any] = {"status": "published", "published_at": NOW}
    Article.objects.bulk_create(
        Article(module=module, slug="concept", title=f"About {module}", teaches={chance.choice(skills): 1}, **shown)
        for module in modules
    )
    Lab.objects.bulk_create(
        Lab(module=module, slug=f"{module.slug}-{n}", order=n, title=f"Lab {n} of {module}", minutes=40,
            aim="You end with it.", exposure="none", teaches={chance.choice(skills): 2}, **shown)
        for module in modules for n in (1, 2)
    )  # fmt: skip
    SyllabusItem.objects.bulk_create(item for module in modules for item in items_of(module))


def items_of(module: Module) -> Iterator[SyllabusItem]:
    yield SyllabusItem(
        module=module, kind="concept", key=f"{module.slug}/concept", title=f"About {module}", minutes=10, order=0,
        address=f"/modules/{module.slug}/concept/",
    )  # fmt: skip
    for n in (1, 2):
        yield SyllabusItem(
            module=module, kind="lab", key=f"{module.slug}-{n}", title=f"Lab {n} of {module}", minutes=40, order=n,
            exposure="none", address=f"/labs/{module.slug}-{n}/",
        )  # fmt: skip


def more_members(number: int, chance: random.Random) -> None:
    personas = list(Persona.objects.order_by("pk"))
    fields = [field for field in Member._meta.concrete_fields if not field.primary_key]
    directory.copy(
        Member, " ".join(field.column for field in fields),
        ([field.get_db_prep_save(field.value_from_object(one), connection) for field in fields]
         for one in (somebody(chance, n, personas) for n in range(number))),
    )  # fmt: skip
    people = list(Member.objects.order_by("pk").values_list("pk", flat=True))
    items = list(SyllabusItem.objects.filter(module__order__lte=7).order_by("module__order", "order", "pk"))
    reach = {one: chance.randrange(1, 12) for one in people} | {people[0]: 9}
    directory.copy(ItemProgress, "member_id item_id state started_at done_at out_of_order resume", walked(reach, items))
    directory.copy(ModuleCompletion, "member_id module_id at", finished(reach, items))
    directory.copy(
        Activity, "actor_id verb_id object_kind object_key object_title address community topic occurred_at recorded_at"
        " source points dedupe_key", acts(reach, items, chance),
    )  # fmt: skip
    belong(people, chance)


def somebody(chance: random.Random, number: int, personas: list[Persona]) -> Member:
    made = directory.someone(chance, number, personas)
    made.audiences = {"acts": "members"} if number == 0 or chance.random() < 0.2 else {}
    return made


def walked(reach: dict[int, int], items: list[SyllabusItem]) -> Iterator[tuple[Any, ...]]:
    """The first things of the syllabus, done; the next one begun."""
    for number, (member, count) in enumerate(reach.items()):
        at = NOW - timedelta(minutes=5 * (number % 20_000) + 60)
        for item in items[:count]:
            yield member, item.pk, "done", at, at + timedelta(minutes=30), False, ""
        yield member, items[count].pk, "started", at, None, False, ""


def finished(reach: dict[int, int], items: list[SyllabusItem]) -> Iterator[tuple[Any, ...]]:
    first = [item for item in items if item.module_id == items[0].module_id]
    return ((member, first[0].module_id, NOW) for member, count in reach.items() if count >= len(first))


def acts(reach: dict[int, int], items: list[SyllabusItem], chance: random.Random) -> Iterator[tuple[Any, ...]]:
    """A row of the ledger for each thing done, for each finished module and for each hello."""
    for number, (member, count) in enumerate(reach.items()):
        at = NOW - timedelta(minutes=5 * (number % 20_000) + 60)
        rows = [("lab-completed" if item.is_lab else "article-read", item.key) for item in items[:count]]
        rows += [("hello-said", "first")] * (chance.random() < 0.2) + [("module-completed", "one")] * (count > 4)
        for verb, key in rows:
            yield member, verb, "thing", key, "A thing", "", "", "", at, NOW, "bench", 1, f"{verb}:{member}:{key}"


def belong(people: list[int], chance: random.Random) -> None:
    """Communities, paths, and what each can and wishes."""
    communities = list(Community.objects.filter(is_archived=False).order_by("pk").values_list("pk", flat=True))
    directory.copy(
        Membership, "member_id community_id role status is_primary joined_at",
        ((one, chance.choice(communities), "member", "active", True, NOW) for one in people),
    )  # fmt: skip
    paths = list(Path.objects.order_by("pk").values_list("pk", flat=True))
    directory.copy(
        PathEnrolment, "member_id path_id at",
        ((one, paths[n % len(paths)], NOW - timedelta(minutes=n)) for n, one in enumerate(people) if n % 3 == 0),
    )  # fmt: skip
    skills = list(Skill.objects.order_by("pk").values_list("pk", flat=True))
    directory.copy(
        MemberSkill, "member_id skill_id claimed wants helps points depth",
        ((one, skill, 1, 2, False, 0, 0.5) for one in people for skill in chance.sample(skills, 3)),
    )  # fmt: skip


class Browser:
    """The first member, signed in."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "127.0.0.1"})
        member = Member.objects.get(handle="member-0")
        if version := version_to_accept(member):
            ConductAcceptance.objects.create(member=member, version=version)
        self.client.force_login(member)
        for page in PAGES.values():  # connections, caches and code are warm from here on
            self.open(page)
            self.open(page)

    def open(self, page: str) -> None:
        answer = self.client.get(page)
        if answer.status_code != 200:
            raise SystemExit(f"{page} answers {answer.status_code}")

    def time(self, name: str) -> float:
        return float(statistics.median(self._seconds(PAGES[name]) for _ in range(TIMES)))

    def _seconds(self, page: str) -> float:
        began = time.perf_counter()
        self.open(page)
        return time.perf_counter() - began

    def count(self) -> dict[str, int]:
        return {name: self._queries(page) for name, page in PAGES.items()}

    def _queries(self, page: str) -> int:
        self.open(page)  # what is cached for a minute may just have run out
        with CaptureQueriesContext(connection) as seen:
            self.open(page)
        return len(seen)


def main() -> None:
    directory.say(plant(int(sys.argv[1]), int(sys.argv[2])))
    browser = Browser()
    for line in sys.stdin:
        directory.say(browser.time(line.strip()) if line.strip() else browser.count())


if __name__ == "__main__":
    main()
