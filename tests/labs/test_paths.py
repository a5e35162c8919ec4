import threading

import pytest
from django.db import connection

from cop.lib.errors import Refused
from labs.jobs import settle_paths
from labs.models import Lab, Path, PathEnrolment, PathRequirement
from labs.operations.paths import follow, leave, publish_path, take_back_path
from labs.operations.running import finish, start, tick
from labs.operations.writing import take_back_lab
from labs.queries.paths import is_complete, standing
from members.models import Activity, Notice
from members.operations import ledger
from modules.models import ExternalResource, ResourceCompletion
from modules.operations.articles import mark_read
from modules.signals import resource_done
from tests.factories.communities import CommunityFactory
from tests.factories.labs import lab
from tests.factories.members import MemberFactory, VerbFactory
from tests.factories.modules import PublishedModuleFactory, concept
from tests.factories.paths import given, item, path, path_verbs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def verbs(db):
    path_verbs()


@pytest.fixture
def module():
    return PublishedModuleFactory(slug="security")


def do(slug, member):
    run = start(Lab.objects.filter(slug=slug).first() or lab(slug), by=member)
    for step in run.lab.steps.all():
        tick(run, step.key, by=member)
    return finish(run, by=member, out_of_order_is_fine=True)


def states(one):
    return [(rung.name, rung.state, rung.after) for rung in one.rungs]


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.message


def test_a_circle_is_refused_and_named():
    words = refusal(path, items=[item("a", "b"), item("b", "c"), item("c", "a")])

    assert (
        words == "These go round in a circle: “a” needs “b” needs “c” needs “a”. Take one of these requirements away."
    )
    assert not Path.objects.exists()


def test_a_thing_that_needs_itself_is_a_circle_of_one():
    assert "“a” needs “a”" in refusal(path, items=[item("a", "a")])


def test_a_chain_of_200_things_is_saved_and_closing_it_is_refused():
    chain = [item("n0"), *(item(f"n{n}", f"n{n - 1}") for n in range(1, 200))]
    made = path(items=chain)

    words = refusal(path, items=[item("n0", "n199"), *chain[1:]])

    assert (made.items.count(), PathRequirement.objects.count()) == (200, 199)
    assert words.count(" needs ") == 200


def test_needs_must_be_things_of_the_same_path():
    assert refusal(path, items=[item("a", "b")]) == "“a” needs “b”, but the path has no such thing."


def test_a_key_stands_once():
    assert "“a” stands twice" in refusal(path, items=[item("a"), item("a")])


def test_saving_again_brings_things_and_requirements_up_to_date():
    first = path(items=[item("a"), item("b", "a"), item("c", "b")])

    second = path(items=[item("b"), item("a", "b", optional=True)], role="Lead")

    assert (second.pk, second.role) == (first.pk, "Lead")
    assert list(second.items.values_list("key", "order", "optional")) == [("b", 1, False), ("a", 2, True)]
    assert list(PathRequirement.objects.values_list("item__key", "needs__key")) == [("a", "b")]


def test_a_community_has_one_path():
    community = CommunityFactory(name="DevOps")
    path("first", community=community, title="The first")

    words = refusal(path, "second", community=community)

    assert words == "DevOps has a path already: “The first”. Change that one."


def test_publishing_names_all_that_is_missing(module):
    concept(module, slug="intro", publish=False)
    made = path(items=[
        item("read", kind="article", target="security/intro"), item("try", target="redact"),
        {**given("give"), "title": "", "verbs": []},
    ])  # fmt: skip

    words = refusal(publish_path, made)

    assert words == (
        "“Platform Builder to Architect” cannot be published yet. It still needs the concept “security/intro”, which "
        "is not published, the lab “redact”, which is not published, a title for “give” and an act of the ledger that "
        "counts for “give”."
    )
    assert Path.objects.get().status == "draft"


def test_a_path_of_optional_things_only_is_not_published():
    assert "one thing that is not optional" in refusal(path, items=[given("give", optional=True)], publish=True)


def test_the_ladder_says_what_is_done_open_optional_and_what_comes_before(module, member):
    concept_text = concept(module, slug="intro")
    lab("redact"), lab("model")
    made = path(publish=True, items=[
        item("read", kind="article", target="security/intro"), item("redact", "read"), item("model", "redact"),
        item("more", kind="lab", target="redact", optional=True), given("give", "model", "redact"),
    ])  # fmt: skip
    mark_read(concept_text, by=member)

    one = standing(made, member)

    assert states(one) == [
        ("Concept 1", "done", ""), ("Lab 1", "open", ""), ("Lab 2", "later", "lab 1"), ("Lab 3", "open", ""),
        ("Contribution 1", "later", "lab 1 and lab 2"),
    ]  # fmt: skip
    assert (one.done, one.total, one.percent, one.minutes_left) == (1, 4, 25, 40 + 40 + 120)
    assert one.next.item.key == "redact"


def test_what_is_not_there_any_more_is_neither_required_nor_waited_for(member):
    redact = lab("redact")
    lab("model")
    made = path(publish=True, items=[item("redact"), item("model", "redact")])
    take_back_lab(redact)

    one = standing(made, member)

    assert (states(one), one.total) == ([("Lab 1", "gone", ""), ("Lab 2", "open", "")], 1)


def test_the_last_required_lab_completes_the_path_once(member):
    lab("redact"), lab("model")
    made = path(
        publish=True, items=[item("redact"), item("model", "redact"), item("x", target="redact", optional=True)]
    )
    follow(made, by=member)

    do("redact", member)
    before = is_complete(made, member)
    do("model", member)

    assert (before, is_complete(made, member)) == (False, True)
    assert PathEnrolment.objects.get().completed_at is not None
    assert list(Activity.objects.filter(verb="path-completed").values_list("object_key", "points")) == [
        ("architect", 5)
    ]
    assert Notice.objects.filter(member=member, kind="path-completed").count() == 1


def test_what_was_done_before_following_counts_at_once(member):
    lab("redact")
    made = path(publish=True, items=[item("redact")])
    do("redact", member)

    assert follow(made, by=member).completed_at is not None


def test_who_does_not_follow_gets_no_row_in_the_ledger_but_has_done_it(member):
    lab("redact")
    made = path(publish=True, items=[item("redact")])

    do("redact", member)

    assert is_complete(made, member)
    assert not Activity.objects.filter(verb="path-completed").exists()


def test_an_outside_resource_completes_a_path(member):
    course = ExternalResource.objects.create(
        slug="course", url="https://example.org/course", title="A course", kind="course", hours=3, why="Good.",
        status="accepted",
    )  # fmt: skip
    made = path(publish=True, items=[item("course", kind="resource")])
    follow(made, by=member)

    ResourceCompletion.objects.create(resource=course, member=member)
    resource_done.send(sender=ExternalResource, member=member, resource=course)

    assert PathEnrolment.objects.get().completed_at is not None


def test_a_contribution_is_counted_as_often_as_it_was_made(member):
    made = path(publish=True, items=[given("labs", times=3)])
    for key in ("one", "two"):
        ledger.record("lab-contributed", by=member, kind="lab", key=key, title=key)

    rung = standing(made, member).rungs[0]

    assert (rung.state, rung.times, rung.minutes_left) == ("open", 2, 120)


def test_an_act_that_was_taken_back_does_not_count(member):
    VerbFactory(slug="correction", points=0)
    made = path(publish=True, items=[given("labs")])
    act = ledger.record("lab-contributed", by=member, kind="lab", key="one", title="One")
    ledger.reverse(act, by=MemberFactory(), reason="It was copied.")

    assert not is_complete(made, member)


def test_the_nightly_job_finishes_whoever_gave_what_a_path_asks_for_and_repeating_changes_nothing(member):
    lab("redact")
    made = path(publish=True, items=[item("redact"), given("labs", "redact", times=2)])
    others = [MemberFactory(), MemberFactory()]
    for one in (member, others[1]):
        do("redact", one)
    for one in (member, *others):
        follow(made, by=one)
        ledger.record("lab-contributed", by=one, kind="lab", key="one", title="One")
    for one in (member, others[0]):
        ledger.record("lab-contributed", by=one, kind="lab", key="two", title="Two")

    counts = settle_paths(), settle_paths()

    assert counts == ({"paths": 1, "finished": 1}, {"paths": 1, "finished": 0})
    assert PathEnrolment.objects.exclude(completed_at=None).get().member == member


def test_a_new_required_thing_takes_nothing_away_is_news_and_is_told(member):
    lab("redact")
    made = path(publish=True, items=[item("redact")])
    do("redact", member)
    follow(made, by=member)
    lab("model")

    path(items=[item("redact"), item("model")])

    one = standing(made, member)
    assert (one.is_complete, one.has_news, one.done, one.total, one.percent) == (True, True, 1, 2, 50)
    assert is_complete(made, member)
    assert Notice.objects.filter(kind="path-changed").values_list("member", flat=True).get() == member.pk


def test_leaving_and_coming_back_finds_the_same_enrolment(member):
    made = path(publish=True)
    first = follow(made, by=member)

    leave(made, by=member)
    gone = standing(made, member).is_followed
    second = follow(made, by=member)

    assert (gone, second.pk, second.left_at) == (False, first.pk, None)


def test_a_draft_cannot_be_followed(member):
    assert "draft" in refusal(follow, path(), by=member)


def test_a_path_that_was_taken_back_finishes_nobody(member):
    lab("redact")
    made = path(publish=True, items=[item("redact")])
    follow(made, by=member)
    take_back_path(made)

    do("redact", member)

    assert PathEnrolment.objects.get().completed_at is None


@pytest.mark.django_db(transaction=True)
def test_of_many_who_settle_at_once_one_writes():
    path_verbs()
    member = MemberFactory()
    made = path(publish=True, items=[given("labs")])
    ledger.record("lab-contributed", by=member, kind="lab", key="one", title="One")
    barrier = threading.Barrier(24)

    def go():
        barrier.wait()
        follow(made, by=member)
        connection.close()

    threads = [threading.Thread(target=go) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert PathEnrolment.objects.count() == 1
    assert Activity.objects.filter(verb="path-completed").count() == 1
