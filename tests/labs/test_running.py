import functools
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from cop.lib.errors import Refused
from labs.models import LabRun, StepTick
from labs.operations.running import OutOfOrder, finish, save_notes, start, tick
from labs.operations.writing import take_back_lab
from labs.queries.runs import open_run, run_standing, stamp
from members.models import Activity
from modules.models import ItemProgress, ModuleCompletion
from modules.queries.reading import place_of
from modules.queries.standing import standing
from modules.queries.versions import versions_line
from tests.factories.labs import lab, step, written_lab
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

    written_lab("redact", module=run.lab.module, steps=["prepare", step("plant", body="Better words.")])

    one = open_run(member)
    assert [(place.step.key, place.done) for place in one.steps] == [("prepare", False), ("plant", True)]
    assert (one.done, one.total, one.minutes_left) == (1, 2, 8)


def test_a_revision_keeps_the_ticks_of_a_run_whatever_it_does_to_the_steps(run, member):
    tick(run, "plant", by=member)
    tick(run, "count", by=member)

    # another order, another title, a new required step, and the optional one is gone
    steps = ["count", step("look"), step("plant") | {"title": "Plant ten values"}]
    written_lab("redact", module=run.lab.module, steps=steps)

    one = open_run(member)
    assert [(place.number, place.step.key, place.done) for place in one.steps] == [
        (1, "count", True), (2, "look", False), (3, "plant", True),
    ]  # fmt: skip
    assert one.steps[2].step.title == "Plant ten values"
    assert [place.step.key for place in one.left] == ["look"]


def test_a_step_that_comes_back_has_its_tick_again(run, member):
    tick(run, "plant", by=member)
    written_lab("redact", module=run.lab.module, steps=["count"])

    written_lab("redact", module=run.lab.module, steps=["count", "plant"])

    assert [place.step.key for place in open_run(member).steps if place.done] == ["plant"]


def test_a_finished_run_stays_finished_and_knows_that_the_lab_changed(run, member):
    for key in ["plant", "count"]:
        tick(run, key, by=member)
    done = finish(run, by=member)
    before = versions_line("lab", "redact", member, done.finished_at).changed_at

    written_lab("redact", module=run.lab.module, steps=["plant", "count", "look"])

    after = run_standing(LabRun.objects.select_related("lab").get())
    assert before is None
    assert versions_line("lab", "redact", member, done.finished_at).changed_at > done.finished_at
    assert after.run.finished_at == done.finished_at
    assert [place.step.key for place in after.left] == ["look"]
    tick(run, "look", by=member)
    assert run_standing(after.run).left == []


def test_time_left_counts_open_required_steps(member):
    run = start(
        lab("redact", steps=[step("a", minutes=7), step("b", minutes=11), step("c", required=False)]), by=member
    )
    first = run_standing(run).minutes_left
    tick(run, "a", by=member)

    assert (first, run_standing(run).minutes_left) == (18, 11)


def test_a_tick_moves_the_place_to_the_next_open_step(run, member):
    tick(run, "plant", by=member)
    place = place_of(member, "lab", "redact")
    resume = ItemProgress.objects.get().resume
    tick(run, "extra", by=member)
    tick(run, "plant", done=False, by=member)

    assert (place.section, place.title) == ("step-extra", "Now extra")
    assert resume == "/labs/redact/run/#step-extra"
    assert place_of(member, "lab", "redact").section == "step-plant"


@pytest.mark.parametrize(
    ("ticked", "section", "resumes"),
    [
        ([], "", "plant"),
        (["plant"], "", "count"),
        (["plant"], "step-extra", "extra"),  # where the member was last, though it is optional
        (["plant"], "step-plant", "count"),  # but not a step that is done
        (["plant"], "step-gone", "count"),
        (["plant", "count"], "", None),
    ],
)
def test_a_run_goes_on_where_its_member_was_while_that_is_open(run, member, ticked, section, resumes):
    for key in ticked:
        tick(run, key, by=member)

    place = run_standing(run).resume(section)

    assert (place and place.step.key) == resumes


@pytest.mark.parametrize(("after", "key"), [("plant", "extra"), ("extra", "count"), ("count", "plant")])
def test_the_next_open_step_is_the_one_behind_or_else_the_first(run, after, key):
    assert run_standing(run).open_after(after).step.key == key


def test_notes_that_another_device_saved_meanwhile_are_not_overwritten(run, member):
    first = stamp(run)
    save_notes(run, "from the phone", by=member, seen=first)

    with pytest.raises(Refused, match="Your notes were saved on another device meanwhile") as refusal:
        save_notes(run, "from the laptop", by=member, seen=first)

    kept = LabRun.objects.get()
    assert refusal.value.lost_race
    assert kept.notes == "from the phone"
    assert save_notes(run, "from both", by=member, seen=stamp(kept)).notes == "from both"


def test_the_same_notes_saved_twice_are_no_lost_race(run, member):
    save_notes(run, "mine", by=member, seen="")

    assert save_notes(run, "mine", by=member, seen="").notes == "mine"


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


def at_once(*acts):
    """All acts at the same moment, each in a thread of its own; what they were refused with."""
    barrier, refused = threading.Barrier(len(acts)), []

    def press(act):
        try:
            barrier.wait()
            act()
        except Refused as refusal:
            refused.append(refusal.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db(transaction=True)
def test_ticks_at_the_same_moment_are_all_kept_once():
    learning_verbs()
    member, keys = MemberFactory(), [f"step-{at}" for at in range(6)]
    run = start(lab("redact", module=PublishedModuleFactory(), steps=keys), by=member)

    refused = at_once(*[functools.partial(tick, run, key, by=member) for key in keys * 4])

    assert refused == []
    assert ticked(run) == keys


@pytest.mark.django_db(transaction=True)
def test_a_run_is_never_finished_without_a_tick_that_is_taken_away_meanwhile():
    learning_verbs()
    module = PublishedModuleFactory()
    made, members = lab("redact", module=module, steps=["plant"]), [MemberFactory() for _ in range(12)]
    runs = [start(made, by=member) for member in members]
    for run in runs:
        tick(run, "plant", by=run.member)
    finishing = [functools.partial(finish, run, by=run.member) for run in runs]
    untick = [functools.partial(tick, run, "plant", done=False, by=run.member) for run in runs]

    refused = at_once(*finishing, *untick)

    states = {(run.finished_at is not None, run.ticks.exists()) for run in LabRun.objects.all()}
    assert states <= {(True, True), (False, False)}
    assert len(refused) == 12
