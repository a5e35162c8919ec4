import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cop.lib.errors import Refused
from labs.models import Lab, LabRules, StepReport
from labs.operations.feedback import answer_reports, report_step
from labs.operations.running import start
from labs.queries.feedback import broken_steps
from members.models import Notice
from modules.models import SyllabusItem
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.modules import PublishedModuleFactory, learning_verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward(db):
    return MemberFactory(name="Adrian")


@pytest.fixture
def redact(steward):
    learning_verbs()
    made = lab("redact", title="Find secrets", steps=["plant", "count"])
    made.module.stewards.add(steward)
    return made


def report(made, step="plant", *, number=1, **fields):
    return [report_step(made, step, by=MemberFactory(), text="It says “not found”.", **fields) for _ in range(number)]


def needs_repair():
    return Lab.objects.get().needs_repair_since is not None


def notices(kind):
    return list(Notice.objects.filter(kind=kind))


@pytest.mark.parametrize(("number", "marked"), [(2, False), (3, True), (4, True)])
def test_three_open_reports_on_one_step_mark_the_lab(redact, number, marked):
    report(redact, number=number)

    assert needs_repair() is marked


def test_reports_on_different_steps_do_not_add_up(redact):
    report(redact, "plant", number=2)
    report(redact, "count", number=2)

    assert not needs_repair()


def test_reports_older_than_thirty_days_do_not_count(redact):
    now = timezone.now()
    report(redact, now=now - timedelta(days=30))
    report(redact, number=2, now=now)
    before = needs_repair()

    report(redact, now=now)

    assert (before, needs_repair()) == (False, True)


def test_the_numbers_are_rules(redact):
    LabRules.objects.create(pk=1, broken_reports=1)

    report(redact)

    assert needs_repair()


def test_the_stewards_are_told_once_until_it_is_mended(redact, steward):
    report(redact, number=5)

    told = notices("lab-broken")

    assert [(one.member, one.title, one.times) for one in told] == [(steward, "“Find secrets” needs repair", 1)]
    assert told[0].text == "3 members reported that the step “Now plant” does not work."
    assert told[0].address == "/labs/redact/reports/"


def test_without_stewards_the_organizers_are_told(redact):
    redact.module.stewards.clear()
    organizer = MemberFactory(is_staff=True)

    report(redact, number=3)

    assert [one.member for one in notices("lab-broken")] == [organizer]


def test_one_member_has_one_open_report_on_a_step(redact, member):
    report_step(redact, "plant", by=member, text="Broken")

    with pytest.raises(Refused, match="You have reported this step already"):
        report_step(redact, "plant", by=member, text="Broken still")

    report_step(redact, "count", by=member, text="Broken too")
    assert StepReport.objects.count() == 2


@pytest.mark.parametrize(
    ("step", "text", "words"),
    [("elsewhere", "Broken", "This lab has no step “elsewhere”"), ("plant", "  ", "Say in a sentence")],
)
def test_a_report_on_a_strange_step_or_without_words_is_refused(redact, member, step, text, words):
    with pytest.raises(Refused, match=words):
        report_step(redact, step, by=member, text=text)

    assert not StepReport.objects.exists()


def test_an_answer_closes_the_reports_and_tells_their_members(redact, steward, member):
    mine = report_step(redact, "plant", by=member, text="Broken")
    own = report_step(redact, "plant", by=steward, text="Indeed")

    number = answer_reports(redact, [mine.pk, own.pk], by=steward, text="The path is right now.")

    mine.refresh_from_db()
    told = notices("step-answered")
    assert (number, mine.closed_by, mine.answer) == (2, steward, "The path is right now.")
    assert [(one.member, one.title) for one in told] == [(member, "Answered: “Now plant”")]
    assert told[0].text == "Adrian answers your report on “Find secrets”: The path is right now."


def test_the_mark_goes_with_the_last_open_report_and_a_new_one_is_told_again(redact, steward):
    first, second, third = report(redact, number=3)
    answer_reports(redact, [first.pk, second.pk], by=steward, text="Mended.")
    between = needs_repair()
    answer_reports(redact, [third.pk], by=steward, text="Mended.")
    after = needs_repair()

    report(redact, number=3)

    assert (between, after, needs_repair()) == (True, False, True)
    assert len(notices("lab-broken")) == 2


def test_the_module_shows_the_mark_while_it_is_there(redact, steward):
    rows = report(redact, number=3)
    marked = SyllabusItem.objects.get().warning

    answer_reports(redact, [one.pk for one in rows], by=steward, text="Mended.")

    assert (marked, SyllabusItem.objects.get().warning) == ("needs repair", "")


def test_only_those_who_keep_the_module_answer(redact, member):
    (one,) = report(redact)

    with pytest.raises(Refused, match="Only the stewards"):
        answer_reports(redact, [one.pk], by=member, text="Fine.")

    assert StepReport.objects.get().closed_at is None


@pytest.mark.parametrize(
    ("text", "words"), [(" ", "Say what you changed"), ("a" * 601, "The answer is 1 character too long; 600 fit.")]
)
def test_an_answer_without_words_or_too_long_is_refused(redact, steward, text, words):
    (one,) = report(redact)

    with pytest.raises(Refused, match=words):
        answer_reports(redact, [one.pk], by=steward, text=text)


def test_reports_that_were_answered_meanwhile_are_a_lost_race(redact, steward):
    (one,) = report(redact)
    answer_reports(redact, [one.pk], by=steward, text="Mended.")

    with pytest.raises(Refused) as refusal:
        answer_reports(redact, [one.pk], by=MemberFactory(is_staff=True), text="Mended too.")

    assert refusal.value.lost_race
    assert StepReport.objects.get().answer == "Mended."


def test_reports_of_another_lab_are_not_answered_along(redact, steward):
    other = lab("other", steps=["plant"])
    (one,) = report(other)

    with pytest.raises(Refused):
        answer_reports(redact, [one.pk], by=steward, text="Mended.")

    assert StepReport.objects.get().closed_at is None


def test_the_steps_to_repair_are_named_with_one_query(redact, django_assert_num_queries):
    report(redact, "plant", number=3)
    report(redact, "count")
    marked = Lab.objects.get()

    with django_assert_num_queries(1):
        found = broken_steps([marked])

    assert [step.key for step in found[marked.pk]] == ["plant"]


@pytest.mark.parametrize("address", ["/labs/", "/labs/redact/", "/labs/redact/run/"])
def test_a_lab_that_needs_repair_says_so_and_names_the_step(redact, member, member_client, address):
    start(redact, by=member)
    before = member_client.get(address).content.decode()
    report(redact, number=3)

    page = member_client.get(address).content.decode()

    assert "eeds repair" not in before
    assert "eeds repair" in page
    assert "“Now plant”" in page


def test_a_step_is_reported_from_the_run_and_says_so_afterwards(redact, member, member_client):
    start(redact, by=member)
    asked = member_client.get("/labs/redact/run/").content.decode()

    answer = member_client.post("/labs/redact/steps/plant/report/", {"text": "Not found"})

    page = member_client.get("/labs/redact/run/").content.decode()
    assert asked.count("Does this not work?") == 2
    assert answer["Location"] == "/labs/redact/run/#step-plant"
    assert page.count("Does this not work?") == 1
    assert "You reported that this step does not work." in page


def test_a_report_without_a_run_comes_back_to_the_step_in_the_lab(redact, member_client):
    answer = member_client.post("/labs/redact/steps/plant/report/", {"text": "Not found"})

    assert answer["Location"] == "/labs/redact/?steps=all#step-plant"


def test_a_report_from_one_step_comes_back_to_it(redact, member, member_client):
    start(redact, by=member)

    answer = member_client.post("/labs/redact/steps/count/report/", {"text": "Not found", "way": "one"})

    assert answer["Location"] == "/labs/redact/run/?step=count"


def test_the_page_of_a_report_keeps_what_was_typed_and_says_what_is_missing(redact, member, member_client):
    empty = member_client.post("/labs/redact/steps/plant/report/", {"text": ""})
    long = member_client.post("/labs/redact/steps/plant/report/", {"text": "x" * 2001})

    assert "Say in a sentence what happened instead." in empty.content.decode()
    assert "x" * 2001 in long.content.decode()
    assert (empty.status_code, long.status_code, StepReport.objects.count()) == (200, 200, 0)


def test_the_page_of_a_report_shows_the_one_that_is_open(redact, member, member_client):
    report_step(redact, "plant", by=member, text="It stops.")

    page = member_client.get("/labs/redact/steps/plant/report/").content.decode()

    assert "You reported this step on" in page
    assert "It stops." in page


def test_a_report_on_a_step_that_is_not_there_is_not_found(redact, member_client):
    assert member_client.post("/labs/redact/steps/nothing/report/", {"text": "x"}).status_code == 404


def test_the_page_of_reports_is_for_those_who_keep_the_module(redact, steward, member, client):
    answers = [client.get("/labs/redact/reports/").status_code]
    for person in [member, steward, MemberFactory(is_staff=True)]:
        client.force_login(person)
        answers.append(client.get("/labs/redact/reports/").status_code)

    assert answers == [302, 403, 200, 200]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_reports_costs_the_same_for_one_and_for_three(
    redact, steward, client, number, django_assert_num_queries
):
    closed = report(redact, "count", number=number)
    answer_reports(redact, [one.pk for one in closed], by=steward, text="Mended.")
    report(redact, number=number)
    client.force_login(steward)
    client.get("/labs/redact/reports/")

    with django_assert_num_queries(9):
        page = client.get("/labs/redact/reports/")

    assert page.content.decode().count("It says “not found”.") == 2 * number


def test_the_page_answers_the_ticked_reports(redact, steward, client):
    first, second = report(redact, number=2)
    client.force_login(steward)

    page = client.post(
        "/labs/redact/reports/", {"report": [first.pk], "answer": "Mended.", "step": "plant"}, follow=True
    ).content.decode()

    second.refresh_from_db()
    assert "1 report is answered; their members are told." in page
    assert second.closed_at is None


@pytest.mark.parametrize(
    ("reports", "answer", "words"),
    [
        ([], "Mended.", "Choose at least one report."),
        (["x", "9" * 30], "Mended.", "Choose at least one report."),
        (None, "", "Say what you changed, or why the step stays as it is."),
    ],
)
def test_an_answer_that_lacks_something_keeps_what_was_typed(redact, steward, client, reports, answer, words):
    (one,) = report(redact)
    client.force_login(steward)
    chosen = [one.pk] if reports is None else reports

    page = client.post("/labs/redact/reports/", {"report": chosen, "answer": answer, "step": "plant"})

    assert page.status_code == 200
    assert words in page.content.decode()
    assert f"{answer}</textarea>" in page.content.decode()
    assert StepReport.objects.get().closed_at is None


def test_an_answer_that_comes_too_late_gets_409_and_keeps_the_text(redact, steward, client):
    (one,) = report(redact)
    report(redact)
    answer_reports(redact, [one.pk], by=MemberFactory(is_staff=True), text="Mended.")
    client.force_login(steward)

    page = client.post("/labs/redact/reports/", {"report": [one.pk], "answer": "Mended too.", "step": "plant"})

    assert page.status_code == 409
    assert "Mended too.</textarea>" in page.content.decode()


def test_an_organizer_answers_a_report_in_the_admin(redact, organizer_client):
    (one,) = report(redact)
    listed = organizer_client.get("/admin/labs/stepreport/")
    page = organizer_client.get(f"/admin/labs/stepreport/{one.pk}/change/")

    answer = organizer_client.post(f"/admin/labs/stepreport/{one.pk}/change/", {"answer": "Mended."}, follow=True)

    one.refresh_from_db()
    assert [listed.status_code, page.status_code] == [200, 200]
    assert one.answer == "Mended."
    assert one.closed_at is not None
    assert len(notices("step-answered")) == 1
    assert "was changed" not in answer.content.decode() or one.closed_by is not None


@pytest.mark.django_db(transaction=True)
def test_reports_at_the_same_moment_mark_the_lab_with_one_notice():
    learning_verbs()
    made = lab("redact", module=PublishedModuleFactory(), steps=["plant"])
    steward = MemberFactory()
    made.module.stewards.add(steward)
    members = [MemberFactory() for _ in range(24)]
    barrier = threading.Barrier(24)

    def press(member):
        try:
            barrier.wait()
            report_step(made, "plant", by=member, text="Broken")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(member,)) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    told = Notice.objects.filter(kind="lab-broken")
    assert StepReport.objects.count() == 24
    assert [(one.member_id, one.times) for one in told] == [(steward.pk, 1)]
    assert needs_repair()


@pytest.mark.django_db(transaction=True)
def test_one_member_who_reports_at_the_same_moment_leaves_one_report():
    learning_verbs()
    made, member = lab("redact", module=PublishedModuleFactory(), steps=["plant"]), MemberFactory()
    barrier, refused = threading.Barrier(24), []

    def press():
        try:
            barrier.wait()
            report_step(made, "plant", by=member, text="Broken")
        except Refused as refusal:
            refused.append(refusal.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert StepReport.objects.count() == 1
    assert len(refused) == 23
