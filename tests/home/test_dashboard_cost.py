"""Progress costs little: pages take the same few queries with 7 or 700 modules and with one or many members."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labs.models import PathEnrolment
from labs.operations.paths import follow
from labs.operations.running import finish, start, tick
from members.models import LevelRule, Member
from modules.models import ItemProgress, Module, ModuleCompletion, SyllabusItem
from tests.factories.labs import lab
from tests.factories.members import LevelFactory, MemberFactory, PersonaFactory
from tests.factories.paths import given, item, path, path_verbs
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db
PAGES = {"/modules/": 6, "/modules/m-0/": 10, "/paths/": 7, "/paths/architect/": 10, "/dashboard/": 4}


def plant(modules, members):
    """Modules of three items each; everybody has done the first two of the first module and begun the third."""
    path_verbs()
    Module.objects.bulk_create(
        Module(slug=f"m-{n}", order=n + 1, title=f"Module {n}", promise="After this you can.", summary="A module.",
               hours=2, status="published")
        for n in range(modules)
    )  # fmt: skip
    SyllabusItem.objects.bulk_create(
        SyllabusItem(module=module, order=n, kind="lab", key=f"{module.slug}-{n}", title=f"Lab {n}", minutes=30,
                     exposure="none", address=f"/labs/{module.slug}-{n}/")
        for module in Module.objects.all() for n in range(3)
    )  # fmt: skip
    persona = PersonaFactory(modules=["m-5", "m-6"])
    Member.objects.bulk_create(MemberFactory.build_batch(members, audiences={"acts": "members"}, persona=persona))
    now, items = timezone.now(), list(SyllabusItem.objects.filter(module__slug="m-0"))
    third = Module.objects.get(slug="m-3")
    ItemProgress.objects.bulk_create(
        ItemProgress(member=one, item=row, state="done" if n < 2 else "started", started_at=now,
                     done_at=now if n < 2 else None)
        for one in Member.objects.all() for n, row in enumerate(items)
    )  # fmt: skip
    ModuleCompletion.objects.bulk_create(ModuleCompletion(member=one, module=third) for one in Member.objects.all())
    SkillFactory(slug="git")
    LevelRule.objects.create(level=LevelFactory(), measure="acts", at_least=1, text="One contribution")
    items = [item("a", target="m-0-0"), item("b", "a", target="m-0-2"), given("design", "b")]
    made = path(publish=True, goal={"git": 2}, items=items)
    first, *others = Member.objects.all()
    follow(made, by=first)
    PathEnrolment.objects.bulk_create(PathEnrolment(path=made, member=one) for one in others)


@pytest.mark.parametrize(("modules", "members"), [(7, 1), (7, 60), (700, 1)])
def test_pages_take_the_same_few_queries_whatever_there_is(modules, members, client):
    plant(modules, members)
    client.force_login(Member.objects.first())
    for page in PAGES:
        client.get(page)  # what is proposed for the first time is written, and caches are warm from here on

    assert {page: queries(client, page) for page in PAGES} == PAGES


def queries(client, page):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def test_of_many_modules_the_start_page_shows_those_that_are_begun(client):
    plant(700, 1)
    client.force_login(Member.objects.first())

    page = client.get("/dashboard/")

    assert [one.module.slug for one in page.context["dashboard"].shown_modules] == ["m-0"]
    assert len(page.context["dashboard"].modules) == 6  # begun, two of the persona, three more to begin with


def test_a_long_list_of_modules_has_pages(client):
    plant(120, 1)

    first, last = client.get("/modules/"), client.get("/modules/?page=3")

    assert len(first.context["standings"]) == 50
    assert [one.module.order for one in last.context["standings"]] == list(range(101, 121))


def test_finishing_a_lab_moves_the_percent_of_its_module_the_path_and_the_start_page(client):
    plant(7, 1)
    member, module = Member.objects.first(), Module.objects.get(slug="m-0")
    redact = lab("redact", module=module, order=9)
    path(items=[item("a", target="m-0-0"), item("r", target="redact")])
    client.force_login(member)
    before = [client.get(page).text for page in ("/dashboard/", "/modules/", "/paths/architect/")]

    run = start(redact, by=member)
    for step in redact.steps.all():
        tick(run, step.key, by=member)
    finish(run, by=member, out_of_order_is_fine=True)

    after = [client.get(page).text for page in ("/dashboard/", "/modules/", "/paths/architect/")]
    words = [("2 of 4 done", "3 of 4 done"), ("done, 50 percent", "done, 75 percent"),
             ("1 of 2 steps done", "2 of 2 steps done")]  # fmt: skip
    assert [(old in one, new in other) for (old, new), one, other in zip(words, before, after, strict=True)] == [
        (True, True)
    ] * 3
    assert PathEnrolment.objects.get().completed_at is not None
