from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from random import Random

import pytest

from labs.models import Certificate, CertificateCriteria, LabRun
from labs.queries.chain import Link, chains, modules_for, shown
from members.models import Member
from modules.models import ItemProgress, SyllabusItem
from tests.factories.certificates import accepted
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.modules import PublishedModuleFactory, concept, learning_verbs
from tests.factories.reviews import finished_run, mentor, review_verbs, reviewed, waiting

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def verbs():
    review_verbs()
    learning_verbs()


@pytest.fixture
def walked():
    """A module that twelve began: all read, ten started the lab, nine finished, eight handed in, six were accepted."""
    module = PublishedModuleFactory()
    concept(module)
    made, by = lab(module=module), mentor()
    item = SyllabusItem.objects.get(module=module, kind="concept")
    for number, one in enumerate(MemberFactory.create_batch(12)):
        ItemProgress.objects.create(member=one, item=item, state="done", started_at=NOW, done_at=NOW)
        if number == 9:
            LabRun.objects.create(lab=made, member=one)
        if number == 8:
            finished_run(made, one)
        if number in (6, 7):
            waiting(made, one)
        if number < 6:
            finished_run(made, one)
            accepted(made, one, by=by)
    return module


def test_the_chain_counts_who_took_each_step_and_all_before_it(walked):
    MemberFactory.create_batch(2)
    (chain,) = chains([walked])

    assert [link.here for link in chain.links] == [12, 10, 9, 8, 6, 0, 0]
    assert [link.reached for link in chain.links] == [12, 10, 9, 8, 6, 0, 1]
    assert [(one.started, one.finished, one.handed_in, one.accepted) for one in chain.labs] == [
        ("about 10", "about 5", "about 5", "about 5")
    ]


def test_who_comes_in_from_the_side_counts_in_any_order_and_not_in_the_chain(walked):
    finished_run(walked.labs.get(), MemberFactory())

    links = chains([walked])[0].links

    assert [(link.here, link.reached) for link in links[:3]] == [(12, 12), (10, 11), (9, 10)]


def test_a_team_counts_each_of_its_members_and_a_certificate_its_holder(walked):
    made = walked.labs.get()
    mate = MemberFactory()
    reviewed(waiting(made, MemberFactory(), team=[mate]), mentor())
    criteria = CertificateCriteria.objects.create(module=walked, text="They did it.")
    Certificate.objects.create(
        code="a" * 32, criteria=criteria, member=mate, name="Mate", title="Module", number=1, issued_at=NOW,
        expires_at=NOW.replace(year=2029),
    )  # fmt: skip

    links = chains([walked])[0].links

    assert [link.reached for link in links[3:6]] == [10, 8, 1]


def test_who_has_left_is_not_counted(walked):
    Member.objects.filter(lab_runs__isnull=False).update(is_active=False)

    assert [link.reached for link in chains([walked])[0].links[:2]] == [2, 0]


@pytest.mark.parametrize(("people", "words"), [
    (0, "fewer than 5"), (4, "fewer than 5"), (5, "about 5"), (9, "about 5"), (1204, "about 1,200"),
])  # fmt: skip
def test_fewer_than_five_are_not_shown_as_a_figure_and_more_rounded_down(people, words):
    assert shown(people) == words


@pytest.mark.parametrize(
    ("here", "before", "stopped", "share"),
    [(12, None, "", None), (20, 40, "about 20", 0.5), (38, 40, "fewer than 10", None), (3, 40, "", None),
     (2, 27, "", None), (2, 4, "", None), (13, 14, "fewer than 5", None), (40, 40, "fewer than 5", None)],
)  # fmt: skip
def test_the_drop_off_is_told_by_rounded_numbers(here, before, stopped, share):
    link = Link("Finished a lab", here, here, before)

    assert (link.stopped, link.share) == (stopped, share)


def on_the_page(link):
    return (link.came, link.in_order, link.stopped, link.people, link.length, link.share)


def exact(link):
    """What somebody might compute of people: each number of the row, and each difference of two."""
    return (
        link.before, link.here, link.reached, link.before - link.here, link.reached - link.here,
        abs(link.reached - link.before),
    )  # fmt: skip


def test_the_drop_off_gives_nobody_away():
    """Every row of up to 22 people: what is shown of it fits several numbers wherever the true one is 1 to 4."""
    rows = [
        Link("Finished a lab", reached, here, before)
        for before in range(23) for here in range(before + 1) for reached in range(here, 23)
    ]  # fmt: skip
    fitting = defaultdict(lambda: [set() for _ in range(6)])
    for row in rows:
        for place, number in enumerate(exact(row)):
            fitting[on_the_page(row)][place].add(number)

    found_out = [
        row for row in rows
        for place, number in enumerate(exact(row))
        if 1 <= number <= 4 and len(fitting[on_the_page(row)][place]) == 1
    ]  # fmt: skip

    assert found_out == []


def test_no_chain_of_rows_gives_away_who_stopped_between_two_of_them():
    """Other people behind the same rounded numbers make the same page, whichever rows are put together."""
    chance = Random(7)
    for _ in range(300):
        counts = sorted((chance.randrange(60) for _ in range(7)), reverse=True)
        others = sorted((count // 5 * 5 + chance.randrange(5) for count in counts), reverse=True)

        pages = [
            [on_the_page(Link("Step", here, here, before)) for before, here in pairwise(numbers)]
            for numbers in (counts, others)
        ]

        assert pages[0] == pages[1]


def test_the_step_where_most_stop_is_named():
    module = PublishedModuleFactory()
    concept(module)
    item = SyllabusItem.objects.get(module=module, kind="concept")
    made = lab(module=module)
    for number, one in enumerate(MemberFactory.create_batch(20)):
        ItemProgress.objects.create(member=one, item=item, state="done", started_at=NOW, done_at=NOW)
        if number < 10:
            finished_run(made, one)

    weakest = chains([module])[0].weakest

    assert (weakest.title, weakest.share) == ("Started a lab", 0.5)


@pytest.mark.parametrize("number", [1, 3])
def test_the_chain_costs_the_same_for_one_module_and_for_three(number, django_assert_num_queries):
    modules = [PublishedModuleFactory() for _ in range(number)]
    for turn, module in enumerate(modules):
        waiting(lab(f"lab-{turn}", module=module), MemberFactory())

    with django_assert_num_queries(4):
        assert [len(chain.labs) for chain in chains(modules)] == [1] * number


def test_organizers_see_all_modules_and_stewards_their_own(member):
    one, _ = PublishedModuleFactory(), PublishedModuleFactory()
    one.stewards.add(member)

    assert modules_for(member) == [one]
    assert len(modules_for(MemberFactory(is_staff=True))) == 2
    assert modules_for(MemberFactory()) == []
