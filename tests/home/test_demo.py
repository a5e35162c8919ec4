import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from cop.home.demo import build
from events.models import Event, Registration
from governance.models import Term
from labs.models import Certificate, Lab, LabFeedback, LabRun, StepReport, Submission
from labs.operations.certificates import award_due
from labs.queries import review_queue
from labs.queries.feedback import broken_steps
from members.models import Activity, BadgeAward, Claim, Kudos, LedgerImport, LevelAward, Member, Spotlight
from members.operations import badges, levels
from modules import checks
from modules.models import Bookmark, CheckAttempt, ExternalResource, Module, ReadingNote, ToolReport
from modules.queries.checks import mean_gain
from modules.queries.reading import latest_places
from modules.queries.resources import waiting_for
from newsletters.models import Issue
from tests.factories.members import MemberFactory
from tests.home import crawl
from tests.home.conftest import DEMO, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]  # the journeys build a demo every day


@pytest.mark.thorough
def test_the_same_seed_makes_the_same_community(community):
    made = []
    for _ in range(2):
        point = transaction.savepoint()
        build.make(build.Wish(members=30, seed=7), now=NOW)
        made.append((build.manifest(), list(Member.objects.order_by("pk").values_list("name", "town"))))
        transaction.savepoint_rollback(point)

    assert made[0] == made[1]
    assert made[0][0]["members"] == 30


def test_labs_have_real_minutes_and_one_of_them_needs_repair(demo):
    first = Lab.objects.get(slug="first-local-model")
    broken = Lab.objects.get(needs_repair_since__isnull=False)

    assert first.median_of == LabRun.objects.filter(lab=first, minutes__isnull=False).count() > 0
    assert 20 < first.median_minutes < 60
    assert LabFeedback.objects.filter(run__lab=first).exists()
    assert broken.slug == "local-cluster"
    assert [step.key for step in broken_steps([broken])[broken.pk]] == ["with-kind"]
    assert StepReport.objects.exclude(closed_at=None).exclude(answer="").count() == 2
    assert LabRun.objects.filter(finished_at=None).exists()


def test_work_stands_in_every_state_and_adrian_can_review_some_of_it(demo):
    adrian = Member.objects.get(handle="adrian")

    found = review_queue.queue(adrian, now=NOW)

    assert set(Submission.objects.values_list("status", flat=True)) >= {"waiting", "changes-asked", "accepted"}
    assert [(row.submission.member.handle, row.is_late) for row in found.rows] == [
        ("leo", True), ("maria", False), ("sayed", False), ("bart", False),
    ]  # fmt: skip
    assert [row.claim.by.handle for row in found.rows if row.claim] == ["maria"]
    assert found.usual != ""
    assert Activity.objects.filter(verb="work-accepted", actor__handle="leo", other=adrian).count() >= 2


def test_every_address_reaches_nobody(demo):
    assert not Member.objects.exclude(email__endswith=".invalid").exists()


def test_the_named_accounts_hold_what_their_role_says(demo):
    held = {
        handle: set(LevelAward.objects.filter(member__handle=handle).values_list("level", flat=True))
        for handle in ("adrian", "kim", "sayed", "leo")
    }

    assert held == {
        "adrian": {"explorer", "builder", "mentor"}, "kim": {"explorer", "builder"}, "sayed": {"explorer"},
        "leo": {"explorer", "partner"},
    }  # fmt: skip
    assert Member.objects.get(handle="bart").is_superuser
    assert Term.objects.filter(holder__handle="maria").exists()


def test_the_workshop_is_full_with_two_waiting_in_order(demo):
    workshop = Event.objects.get(slug="small-workshop")
    waiting = Registration.objects.filter(event=workshop, status="waiting").order_by("waiting_number")

    assert (workshop.capacity, workshop.seats_taken) == (3, 3)
    assert [row.waiting_number for row in waiting] == [1, 2]


def test_the_counter_of_every_event_agrees_with_its_rows(demo):
    for event in Event.objects.all():
        rows = Registration.objects.filter(event=event, status="confirmed").count()
        assert (event.slug, event.seats_taken) == (event.slug, rows)


def test_there_is_a_past_event_with_recording_and_attendance(demo):
    past = Event.objects.filter(ends_at__lt=NOW).exclude(recording_url="")

    assert past.count() == 1
    assert Registration.objects.filter(event=past.get(), attended_at__isnull=False).count() > 10


def test_no_act_lies_in_the_future(demo):
    assert not Activity.objects.filter(occurred_at__gt=NOW).exists()


def test_one_issue_is_sent_and_one_waits_for_the_button(demo):
    assert dict(Issue.objects.values_list("slug", "status")) == {"how-it-began": "sent", "first-issue": "approved"}


def test_a_second_run_keeps_what_is_there(demo):
    assert build.make(build.Wish(members=50, seed=9), now=NOW) is False
    assert Member.objects.count() == DEMO.members


@pytest.mark.parametrize("number", [0, -3])
def test_a_community_of_nobody_is_refused(community, number):
    with pytest.raises(CommandError, match="at least one member"):
        call_command("make_demo", members=number)


def test_real_members_are_not_mixed_with_made_up_ones(community):
    MemberFactory(email="real@example.org")

    with pytest.raises(CommandError, match="real members"):
        call_command("make_demo", members=10)


def test_no_row_of_the_ledger_names_a_member(demo):
    """Rows outlive the erasure of everybody: neither names nor handles nor pages of people stand in them."""
    named = """
        SELECT act.object_title, act.object_key, act.address, person.name FROM members_activity act
        JOIN members_member person ON position(person.name in act.object_title) > 0
            OR act.address LIKE '%/members/' || person.handle || '/%' OR act.object_key = person.handle
            OR act.dedupe_key ~ ('[:/]' || person.handle || '$')
    """
    with connection.cursor() as cursor:
        cursor.execute(named)
        rows = cursor.fetchall()

    assert rows == []


def test_the_community_recognises_its_people(demo):
    assert Claim.objects.get(state="open", witness__handle="adrian").member.handle == "leo"
    assert Kudos.objects.filter(to__handle="adrian").count() == 5
    assert BadgeAward.objects.count() > 10
    assert LedgerImport.objects.get().acts.count() == 4
    turns = list(Spotlight.objects.values_list("member", flat=True))
    assert len(turns) == len(set(turns)) >= 3
    assert [level for _, level in levels.waiting(now=NOW)] == ["partner"]


def test_nothing_is_left_to_award_after_the_demo_is_made(demo):
    outcome = levels.settle(now=NOW)

    assert (outcome.awarded, outcome.renewed, badges.award(now=NOW)) == ([], 0, {})


@pytest.mark.thorough
@pytest.mark.parametrize("viewer", ["a member", "a visitor"])
def test_whoever_is_not_in_the_directory_appears_on_no_page(demo, viewer):
    looks = MemberFactory(time_zone="Europe/Amsterdam")
    hidden = list(Member.objects.exclude(pk=looks.pk))
    Member.objects.update(in_directory=False)
    client, found = Client(), {}
    if viewer == "a member":
        client.force_login(looks)

    with time_machine.travel(NOW, tick=False):
        walked = list(crawl.pages(client))
        for address, text in walked:
            named = {one.name for one in hidden if one.name in text or f'"/members/{one.handle}/' in text}
            if named:
                found[address] = named

    assert found == {}
    assert len(walked) > 60


def test_whoever_of_the_demo_earned_a_certificate_has_it(demo):
    held = Certificate.objects.select_related("criteria", "member")

    with time_machine.travel(NOW, tick=False):
        assert {"adrian", "kim"} <= {one.member.handle for one in held}
        assert {one.state for one in held} == {"valid", "expired", "revoked"}
        assert [made for member in {one.member for one in held} for made in award_due(member)] == []


def test_readers_of_the_demo_go_on_where_they_stopped(demo):
    sayed = Member.objects.get(handle="sayed")

    assert (ReadingNote.objects.count(), Bookmark.objects.count()) == (4, 7)
    assert [place.section for place in latest_places(sayed)] == ["How to review a draft"]


def test_the_demo_has_gains_reports_of_all_interests_and_suggestions_that_wait(demo):
    bart = Member.objects.get(handle="bart")
    found = mean_gain(Module.objects.get(slug="ai-foundations"))

    assert found is not None
    assert found.members >= 5
    assert 0.2 < found.mean < 1
    assert set(ToolReport.objects.values_list("interest", flat=True)) == {"user", "paid", "contributor", "vendor"}
    assert {one.status for one in ExternalResource.objects.all()} == {"accepted", "refused", "suggested"}
    assert [one.title for one in waiting_for(bart)] == [
        "DeepLearning.AI: short courses",
        "The Twelve-Factor App",
    ]


def test_the_tries_of_the_demo_are_marked_as_the_check_marks_them(demo):
    for attempt in CheckAttempt.objects.select_related("of").prefetch_related("of__questions")[:40]:
        questions = list(attempt.of.questions.all())
        right = sum(checks.is_right(one.kind, one.answer, attempt.answers.get(one.key)) for one in questions)
        assert (attempt.right, attempt.percent) == (right, checks.percent(right, len(questions)))
