import threading

import pytest
from django.db import IntegrityError, connection, transaction

from cop.lib.errors import Refused
from labs.models import LabRun, StepTick
from labs.operations.running import OutOfOrder, finish, save_notes, start, tick
from labs.operations.writing import take_back_lab
from labs.queries.runs import open_run
from members.models import Activity
from modules.models import ItemProgress, ModuleCompletion
from modules.queries.standing import standing
from tests.factories.labs import lab, step
from tests.factories.members import MemberFactory
from tests.factories.modules import PublishedModuleFactory, concept, learning_verbs


@pytest.fixture(autouse=True)
def verbs(db):
    learning_verbs()


@pytest.fixture
def run(member):
    return start(lab("redact", steps=["plant", step("extra", required=False), "count"]), by=member)


def ticked(run):
    return sorted(run.ticks.values_list("step_key", flat=True))


def test_starting_twice_finds_the_first_run(member):
    redact = lab("redact")
    first = start(redact, by=member)

    second = start(redact, by=member)

    assert second.pk == first.pk
    assert list(Activity.objects.values_list("verb", "object_key", "points")) == [("lab-started", "redact", 0)]
    assert ItemProgress.objects.values_list("state", "resume").get() == ("started", "/labs/redact/run/")


def test_a_draft_cannot_be_started(member):
    with pytest.raises(Refused, match="This lab is a draft"):
        start(lab(publish=False), by=member)


def test_a_lab_that_became_a_draft_again_can_be_gone_on_with(run, member):
    take_back_lab(run.lab)

    assert start(run.lab, by=member) == run
    tick(run, "plant", by=member)
    tick(run, "count", by=member)
    assert finish(run, by=member).finished_at


def test_a_tick_is_kept_once_and_can_be_taken_away(run, member):
    tick(run, "plant", by=member)
    tick(run, "plant", by=member)
    tick(run, "count", by=member)
    tick(run, "count", done=False, by=member)
    tick(run, "count", done=False, by=member)

    assert ticked(run) == ["plant"]


def test_a_step_of_another_lab_is_refused(run, member):
    lab("other", steps=["elsewhere"])

    with pytest.raises(Refused, match="This lab has no step “elsewhere”"):
        tick(run, "elsewhere", by=member)

    assert not StepTick.objects.exists()


@pytest.mark.parametrize("act", [
    lambda run, by: tick(run, "plant", by=by),
    lambda run, by: save_notes(run, "mine", by=by),
    lambda run, by: finish(run, by=by),
])  # fmt: skip
def test_the_run_of_somebody_else_is_refused(run, act):
    with pytest.raises(Refused, match="This run belongs to somebody else"):
        act(run, MemberFactory())

    run.refresh_from_db()
    assert (ticked(run), run.notes, run.finished_at) == ([], "", None)


def test_ticks_survive_a_revision_by_their_key(run, member):
    tick(run, "plant", by=member)
    tick(run, "count", by=member)

    lab("redact", module=run.lab.module, steps=["prepare", step("plant", body="Better words.")])

    one = open_run(member)
    assert [(place.step.key, place.done) for place in one.steps] == [("prepare", False), ("plant", True)]
    assert (one.done, one.total, one.minutes_left) == (1, 2, 8)


def test_finishing_with_an_open_required_step_is_refused_and_names_it(run, member):
    tick(run, "plant", by=member)

    with pytest.raises(Refused) as refusal:
        finish(run, by=member)

    assert refusal.value.message == "The lab is not finished yet. Still to tick: “Now count”."
    assert LabRun.objects.get().finished_at is None


def test_finishing_out_of_order_needs_the_members_word(run, member):
    concept(run.lab.module, title="What leaves your walls")
    for key in ["plant", "count"]:
        tick(run, key, by=member)

    with pytest.raises(OutOfOrder, match="“What leaves your walls” is still open"):
        finish(run, by=member)
    open_still = LabRun.objects.get().finished_at is None
    done = finish(run, by=member, out_of_order_is_fine=True)

    assert open_still
    assert finish(run, by=member).finished_at == done.finished_at


def test_finishing_moves_the_module_and_writes_the_ledger_once(run, member):
    module = run.lab.module
    before = standing(module, member).done
    for key in ["plant", "count"]:
        tick(run, key, by=member)

    first = finish(run, by=member)
    second = finish(run, by=member)

    assert second.finished_at == first.finished_at
    assert (before, standing(module, member).done) == (0, 1)
    assert ModuleCompletion.objects.get().member == member
    rows = Activity.objects.order_by("pk").values_list("verb", "object_key", "points")
    assert list(rows) == [
        ("lab-started", "redact", 0),
        ("lab-completed", "redact", 2),
        ("module-completed", module.slug, 5),
    ]


def test_ticks_of_a_finished_run_stay_and_optional_ones_can_be_added(run, member):
    for key in ["plant", "count"]:
        tick(run, key, by=member)
    finish(run, by=member)

    tick(run, "extra", by=member)
    with pytest.raises(Refused, match="Its ticks stay"):
        tick(run, "plant", done=False, by=member)

    assert ticked(run) == ["count", "extra", "plant"]


def test_notes_of_the_limit_are_kept_and_line_ends_count_once(run, member):
    save_notes(run, "a" * 19_998 + "\r\n" + "b", by=member)

    assert len(LabRun.objects.get().notes) == 20_000


def test_notes_over_the_limit_are_refused_and_the_old_ones_stay(run, member):
    save_notes(run, "old", by=member)

    with pytest.raises(Refused) as refusal:
        save_notes(run, "a" * 20_010, by=member)

    assert refusal.value.message == "The notes are 10 characters too long; 20,000 fit. Shorten them and save again."
    assert LabRun.objects.get().notes == "old"


def test_the_database_holds_the_limit_of_notes_too(run):
    with pytest.raises(IntegrityError, match="notes_of_a_run"), transaction.atomic():
        LabRun.objects.update(notes="a" * 20_001)


def test_the_open_run_is_the_latest_unfinished_one(run, member):
    other = start(lab("other"), by=member)
    assert open_run(member).run == other
    for key in ["plant", "count"]:
        tick(other, key, by=member)
    finish(other, by=member)

    assert open_run(member).run == run
    assert open_run(member).address == "/labs/redact/run/#step-plant"
    assert open_run(MemberFactory()) is None


@pytest.mark.django_db(transaction=True)
def test_finishing_at_the_same_moment_writes_one_row():
    learning_verbs()
    member = MemberFactory()
    run = start(lab("redact", module=PublishedModuleFactory(), steps=["plant"]), by=member)
    tick(run, "plant", by=member)
    barrier = threading.Barrier(24)

    def press():
        try:
            barrier.wait()
            finish(run, by=member)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Activity.objects.filter(verb="lab-completed").count() == 1
    assert ModuleCompletion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_starting_at_the_same_moment_makes_one_run():
    learning_verbs()
    member, redact = MemberFactory(), lab("redact", module=PublishedModuleFactory())
    barrier, found = threading.Barrier(24), []

    def press():
        try:
            barrier.wait()
            found.append(start(redact, by=member).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [LabRun.objects.get().pk] * 24
    assert Activity.objects.filter(verb="lab-started").count() == 1
