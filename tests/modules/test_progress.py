import threading

import pytest
from django.db import connection

from members.models import Activity
from modules.models import ItemProgress, ModuleCompletion, SyllabusItem
from modules.operations import progress, syllabus
from modules.queries.standing import standing
from tests.factories.members import MemberFactory
from tests.factories.modules import PublishedModuleFactory, SyllabusItemFactory, learning_verbs

PLACE = {"kind": "lab", "key": "redact", "title": "Redact", "minutes": 40, "address": "/labs/redact/", "order": 1}


@pytest.fixture
def verbs(db):
    learning_verbs()


def test_placing_twice_keeps_one_item_and_brings_it_up_to_date(db):
    module = PublishedModuleFactory()
    first = syllabus.place(module, **PLACE)

    second = syllabus.place(module, **PLACE | {"title": "Find and remove", "exposure": "local-only"})

    assert second.pk == first.pk
    assert SyllabusItem.objects.values_list("title", "exposure").get() == ("Find and remove", "local-only")


def test_an_item_that_comes_back_still_has_its_progress(verbs, member):
    module = PublishedModuleFactory()
    progress.complete(syllabus.place(module, **PLACE), by=member)
    syllabus.remove(kind="lab", key="redact")

    syllabus.place(module, **PLACE)

    assert standing(module, member).done == 1


def test_completing_twice_changes_nothing(verbs, member):
    item = SyllabusItemFactory()
    first = progress.complete(item, by=member)

    second = progress.complete(item, by=member)

    assert (second.pk, second.done_at) == (first.pk, first.done_at)
    assert ModuleCompletion.objects.count() == 1
    assert Activity.objects.filter(verb="module-completed").count() == 1


def test_the_last_required_item_completes_the_module_and_an_optional_one_is_not_waited_for(verbs, member):
    module = PublishedModuleFactory()
    first, last = SyllabusItemFactory(module=module), SyllabusItemFactory(module=module)
    SyllabusItemFactory(module=module, required=False)

    progress.complete(first, by=member)
    before = ModuleCompletion.objects.count()
    progress.complete(last, by=member)

    assert (before, ModuleCompletion.objects.count()) == (0, 1)
    assert Activity.objects.get(verb="module-completed").points == 5


def test_a_new_required_item_takes_no_completion_away_and_is_news(verbs, member):
    module = PublishedModuleFactory()
    progress.complete(SyllabusItemFactory(module=module), by=member)

    SyllabusItemFactory(module=module)

    one = standing(module, member)
    assert (one.completion.member, one.has_news, one.done, one.total) == (member, True, 1, 2)


def test_the_percent_counts_required_items_only_and_is_100_only_at_the_end(verbs, member):
    module = PublishedModuleFactory()
    first, second, third = SyllabusItemFactory.create_batch(3, module=module)
    SyllabusItemFactory(module=module, required=False)

    percents = [standing(module, member).percent]
    for item in (first, second, third):
        progress.complete(item, by=member)
        percents.append(standing(module, member).percent)

    assert percents == [0, 33, 66, 100]


def test_the_page_says_that_a_finished_module_was_updated(verbs, member, member_client):
    module = PublishedModuleFactory()
    progress.complete(SyllabusItemFactory(module=module), by=member)
    SyllabusItemFactory(module=module)

    page, row = member_client.get(module.get_absolute_url()).text, member_client.get("/modules/").text

    assert "Updated since you finished" in page
    assert "and that stays so. 1 step is new." in page
    assert "Updated since you finished: 1 new step" in row


def test_taking_the_last_open_item_away_completes_the_module(verbs, member):
    module = PublishedModuleFactory()
    progress.complete(SyllabusItemFactory(module=module), by=member)
    open_one = SyllabusItemFactory(module=module)
    ModuleCompletion.objects.all().delete()

    syllabus.remove(kind="lab", key=open_one.key)

    assert ModuleCompletion.objects.get().member == member


def test_an_item_done_before_an_earlier_required_one_is_out_of_order(verbs, member):
    module = PublishedModuleFactory()
    first, second = SyllabusItemFactory(module=module, order=0), SyllabusItemFactory(module=module, order=1)

    late = progress.complete(second, by=member)
    early = progress.complete(first, by=member)

    assert (late.out_of_order, early.out_of_order) == (True, False)


def test_starting_twice_keeps_the_first_start(db, member):
    item = SyllabusItemFactory()
    first = progress.start(item, by=member, resume="/labs/redact/run/")

    second = progress.start(item, by=member)

    assert (second.pk, second.resume) == (first.pk, "/labs/redact/run/")
    assert ItemProgress.objects.get().state == "started"


@pytest.mark.django_db(transaction=True)
def test_last_items_done_at_the_same_moment_complete_the_module_once():
    learning_verbs()
    member, module = MemberFactory(), PublishedModuleFactory()
    items = [SyllabusItemFactory(module=module) for _ in range(24)]
    barrier = threading.Barrier(len(items))

    def complete(item):
        try:
            barrier.wait()
            progress.complete(item, by=member)
        finally:
            connection.close()

    threads = [threading.Thread(target=complete, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ItemProgress.objects.filter(state="done").count() == 24
    assert ModuleCompletion.objects.count() == 1
    assert Activity.objects.filter(verb="module-completed").count() == 1
