from datetime import timedelta

import pytest
from django.db.models import Count, F, FilteredRelation, Q
from django.utils import timezone

from cop.lib.rounds import answer, side_by_side, together
from events.models import Event
from members.models import Activity, Level, Member
from modules.models import ItemProgress, Module, SyllabusItem
from tests.factories.events import EventFactory
from tests.factories.members import ActFactory, LevelFactory, MemberFactory
from tests.factories.modules import PublishedModuleFactory, SyllabusItemFactory

pytestmark = pytest.mark.django_db


def fields(one):
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


@pytest.fixture
def rows():
    """One of each: words with quotes, lists, JSON, decimals, moments, days, nothing."""
    member = MemberFactory(
        name='Ana "the" Núñez\\', languages=["en", "nl"], audiences={"acts": ["x", {"y": 1.5}]},
        paused_until=timezone.localdate(),
    )  # fmt: skip
    item = SyllabusItemFactory(module=PublishedModuleFactory(hours="2.5"))
    ItemProgress.objects.create(member=member, item=item, state="done", done_at=timezone.now() + timedelta(seconds=1))
    ActFactory(actor=member, other=MemberFactory())
    LevelFactory(may=["vote", "ask"])
    EventFactory()
    return member


@pytest.mark.parametrize(
    "queryset",
    [
        lambda: Member.objects.order_by("pk"),
        lambda: Module.objects.all(),
        lambda: Event.objects.all(),
        lambda: Level.objects.all(),
        lambda: Activity.objects.select_related("actor", "other", "verb"),
        lambda: ItemProgress.objects.select_related("item__module", "member"),
    ],
)
def test_rows_are_the_same_as_when_asked_alone(rows, queryset):
    alone = list(queryset())

    _, found = together([Member.objects.none(), queryset()])
    both, again = together([queryset(), queryset()])

    assert [fields(one) for one in both] == [fields(one) for one in again] == [fields(one) for one in alone]
    assert [fields(one) for one in found] == [fields(one) for one in alone]


def test_what_was_selected_along_costs_nothing_more(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        acts, progress = together(
            [Activity.objects.select_related("other"), ItemProgress.objects.select_related("item__module")]
        )
        assert acts[0].other.name
        assert progress[0].item.module.hours


def test_annotations_values_and_filtered_relations_come_along(rows, django_assert_num_queries):
    own = FilteredRelation("progress", condition=Q(progress__member=rows))
    items = SyllabusItem.objects.annotate(own=own).select_related("own").annotate(state=F("own__state"))
    counts = ItemProgress.objects.values("state").annotate(number=Count("pk"))
    flat = Member.objects.order_by("pk").values_list("audiences", flat=True)

    with django_assert_num_queries(1):
        first, second, third = together([items, counts, flat])
        assert (first[0].own.member_id, first[0].state) == (rows.pk, "done")

    assert second == [{"state": "done", "number": 1}]
    assert third[0] == {"acts": ["x", {"y": 1.5}]}


def test_slices_unions_and_parameters_stay_apart(rows, django_assert_num_queries):
    named = Member.objects.filter(name__contains='"the"').values_list("name", flat=True)
    two = Member.objects.filter(pk=rows.pk).values_list("pk").union(Member.objects.filter(pk=-1).values_list("pk"))

    with django_assert_num_queries(1):
        first, second, third = together([named, Member.objects.order_by("-pk")[:1], two])

    assert (first, len(second), third) == (['Ana "the" Núñez\\'], 1, [(rows.pk,)])


def test_nothing_that_can_match_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert together([Member.objects.none(), Member.objects.filter(pk__in=[])]) == [[], []]


def asks(first, second):
    [found] = yield [Member.objects.filter(name=first)]
    if not found:
        return "nobody"
    [more] = yield [Member.objects.filter(name=second, pk__gt=found[0].pk)]
    return [one.name for one in more]


def test_sources_walk_in_step_and_one_that_ends_early_holds_up_nobody(django_assert_num_queries):
    for name in ("Ada", "Bo", "Cy"):
        MemberFactory(name=name)

    with django_assert_num_queries(2):
        found = answer(side_by_side(asks("Ada", "Bo"), asks("Zoe", "Bo"), asks("Bo", "Cy")))

    assert found == [["Bo"], "nobody", ["Cy"]]


def test_a_source_on_its_own_is_answered_too(django_assert_num_queries):
    MemberFactory(name="Ada")

    with django_assert_num_queries(2):
        assert answer(asks("Ada", "Bo")) == []


def test_sources_can_be_made_of_sources(django_assert_num_queries):
    MemberFactory(name="Ada")
    MemberFactory(name="Bo")

    def outer():
        return (yield from side_by_side(asks("Ada", "Bo"), side_by_side(asks("Ada", "Bo"))))

    with django_assert_num_queries(2):
        assert answer(outer()) == [["Bo"], [["Bo"]]]
