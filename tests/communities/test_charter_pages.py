"""The charter, a vote, and hours, as people see them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from communities.models import Charter, Motion, MotionVote, VolunteerHours
from communities.operations import hours, motions
from cop.lib.errors import Refused
from members.models import Notice
from tests.communities.test_boundary_pages import browser_of
from tests.communities.test_motions import closed, lead_of, people
from tests.communities.test_pages import text_of
from tests.factories.communities import BoundaryFactory, CharterFactory, CriterionFactory, MotionFactory
from tests.factories.members import MemberFactory, add_verbs
from tests.factories.modules import PublishedModuleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def verbs(db):
    add_verbs({"community-joined": 0, "motion-voted": 0, "motion-proposed": 0})


@pytest.fixture
def circle():
    charter = CharterFactory(
        community__slug="circle", community__name="Circle", quorum_percent=50, text="We **measure**.",
        most_hours_a_week=8,
    )  # fmt: skip
    return charter.community


def proposal(**changes):
    """The form of a proposal as it stands when nothing was changed in it."""
    return {
        "door": "open", "quorum_percent": "50", "voting_days": "7", "lead_term_months": "12", "confirm_lead_days": "60",
        "dormant_days": "180", "silent_weeks": "10", "newcomer_hours": "", "most_hours_a_week": "8", "lead_level": "",
        "text": "We **measure**.", "reason": "It suits us", "criteria-TOTAL_FORMS": "0", "criteria-INITIAL_FORMS": "0",
    } | changes  # fmt: skip


def test_the_charter_shows_each_field_with_what_it_makes_the_software_do(client, circle):
    page = text_of(client.get("/communities/circle/charter/"))

    assert "<strong>measure</strong>" in page
    assert "<dt>Quorum</dt><dd><b>50 % of the active members</b>" in page
    assert "A resting member is not counted for the quorum." in page
    assert "Propose a change" not in page


def test_a_lead_proposes_and_the_vote_shows_before_and_after(circle):
    browser = browser_of(lead_of(circle))

    answer = browser.post("/communities/circle/charter/propose/", proposal(quorum_percent="30"), follow=True)

    page = text_of(answer)
    assert "The vote is open." in page
    assert "<dt>Quorum</dt><dd><b>30 % of the active members</b>" in page
    assert "Before: 50 % of the active members." in page


def test_a_criterion_is_added_and_another_taken_away_by_a_proposal(circle):
    PublishedModuleFactory(slug="ai-foundations", title="AI Foundations")
    CriterionFactory(boundary=BoundaryFactory(community=circle), kind="organisation", value="Harbour Labs")
    rows = {
        "criteria-TOTAL_FORMS": "3", "criteria-INITIAL_FORMS": "1", "criteria-0-what": "", "criteria-0-words": "",
        "criteria-0-at_least": "1", "criteria-1-what": "module:ai-foundations", "criteria-1-words": "",
        "criteria-1-at_least": "1", "criteria-2-what": "question", "criteria-2-words": "Why?",
        "criteria-2-at_least": "1",
    }  # fmt: skip

    browser_of(lead_of(circle)).post("/communities/circle/charter/propose/", proposal(**rows))

    change = Motion.objects.get().changes["criteria"]
    assert [one["value"] for one in change["from"]] == ["Harbour Labs"]
    assert [(one["kind"], one["value"]) for one in change["to"]] == [("module", "ai-foundations"), ("question", "Why?")]


@pytest.mark.parametrize(
    ("changes", "field"), [({"quorum_percent": "0"}, "__all__"), ({"reason": ""}, "reason"), ({"door": "wall"}, "door")]
)
def test_a_proposal_with_a_fault_comes_back_with_what_was_typed(circle, changes, field):
    answer = browser_of(lead_of(circle)).post("/communities/circle/charter/propose/", proposal(**changes))

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Motion.objects.exists()


def test_a_criterion_without_its_words_is_a_fault(circle):
    rows = {
        "criteria-TOTAL_FORMS": "1",
        "criteria-0-what": "question",
        "criteria-0-words": "",
        "criteria-0-at_least": "1",
    }

    answer = browser_of(lead_of(circle)).post("/communities/circle/charter/propose/", proposal(**rows))

    assert "Write the organisation, or the question." in text_of(answer)
    assert not Motion.objects.exists()


@pytest.mark.parametrize("page", ["charter/propose/", "charter/propose-lead/"])
def test_who_may_not_propose_finds_no_form(circle, page):
    assert browser_of(people(circle, 1)[0]).get(f"/communities/circle/{page}").status_code == 404
    assert browser_of(MemberFactory()).get(f"/communities/circle/{page}").status_code == 404


def test_a_lead_is_proposed_by_handle_and_a_stranger_is_refused(circle):
    browser, inside, stranger = browser_of(lead_of(circle)), people(circle, 1)[0], MemberFactory()
    address = "/communities/circle/charter/propose-lead/"

    refused = browser.post(address, {"handle": stranger.handle, "reason": "Why not"})
    answer = browser.post(address, {"handle": f"@{inside.handle}", "reason": "She knows it"}, follow=True)

    assert "Only its members can lead it." in text_of(refused)
    assert "<h1>A lead for Circle</h1>" in text_of(answer)
    assert f'enough votes, <a class="link-title" href="/members/{inside.handle}/">{inside.name}</a>' in text_of(answer)


def test_a_member_votes_is_told_that_it_is_open_and_changes_the_vote(circle):
    motion, one = MotionFactory(community=circle), people(circle, 1)[0]
    browser = browser_of(one)
    assert "Votes are open: the members of Circle see who voted how" in text_of(browser.get(motion.get_absolute_url()))

    browser.post(f"{motion.get_absolute_url()}vote/", {"choice": "yes"})
    answer = browser.post(f"{motion.get_absolute_url()}vote/", {"choice": "no", "reason": "Too much"}, follow=True)

    assert f"{one.name} (you): no" in text_of(answer)
    assert MotionVote.objects.get().yes is False


def test_a_vote_without_a_choice_comes_back(circle):
    motion = MotionFactory(community=circle)

    answer = browser_of(people(circle, 1)[0]).post(f"{motion.get_absolute_url()}vote/", {"reason": "Hm"})

    assert "Choose yes or no." in text_of(answer)
    assert 'value="Hm"' in text_of(answer)


def test_a_vote_after_the_end_answers_409(circle):
    one, now = people(circle, 1)[0], timezone.now()
    motion = MotionFactory(community=circle, closes_at=now - timedelta(minutes=1))

    answer = browser_of(one).post(f"{motion.get_absolute_url()}vote/", {"choice": "yes"})

    assert answer.status_code == 409
    assert "The time to vote on this is over." in text_of(answer)


def test_the_result_opens_its_rule_and_its_rows_for_members_without_names_of_the_hidden(circle):
    motion = MotionFactory(community=circle)
    shown, hidden = people(circle, 1)[0], people(circle, 1, member__name="Secret", member__in_directory=False)[0]
    for one in (shown, hidden):
        motions.vote(motion, yes=True, by=one, reason="Fine")
    closed(motion)

    page = text_of(browser_of(shown).get(motion.get_absolute_url()))

    assert "2 yes, 0 no." in page
    assert "Quorum: 50 %" in page
    assert f"{shown.name} (you): yes" in page
    assert "A member who is not in the directory: yes" in page
    assert "Secret" not in page


def test_visitors_see_the_outcome_and_no_figure_below_five(client, circle):
    motion = MotionFactory(community=circle)
    for one in people(circle, 4):
        motions.vote(motion, yes=True, by=one)
    closed(motion)

    page = text_of(client.get(motion.get_absolute_url()))

    assert "Accepted" in page
    assert "4 yes" not in page
    assert "Who voted" not in page


def test_visitors_see_no_name_of_who_proposed_or_was_proposed(client, circle):
    lead, candidate = lead_of(circle), people(circle, 1)[0]
    motion = motions.open_lead_confirmation(circle, candidate, lead)

    pages = [text_of(client.get(address)) for address in (motion.get_absolute_url(), "/communities/circle/charter/")]

    assert [name in page for page in pages for name in (lead.name, candidate.name)] == [False] * 4


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_vote_takes_the_same_queries_for_any_length(circle, rows, django_assert_num_queries):
    motion = MotionFactory(community=circle)
    members = people(circle, rows)
    for one in members:
        motions.vote(motion, yes=True, by=one)
    browser = browser_of(members[0])
    browser.get("/communities/")

    with django_assert_num_queries(8):
        browser.get(motion.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_the_charter_takes_the_same_queries_for_any_length(circle, rows, django_assert_num_queries):
    for n in range(rows):
        closed(MotionFactory(community=circle, title=f"Motion {n}"))
    browser = browser_of(people(circle, 1)[0])
    browser.get("/communities/")

    with django_assert_num_queries(5):
        browser.get("/communities/circle/charter/")


# Hours


def log(community, member, given, *, day=None):
    day = day or timezone.localdate()
    return hours.log_hours(community, day=day, hours=Decimal(given), task="Reviews", by=member)


def test_a_member_logs_hours_sees_the_sums_and_takes_an_entry_back(circle):
    browser, today = browser_of(people(circle, 1)[0]), timezone.localdate().isoformat()

    page = browser.post("/communities/circle/hours/", {"task": "Reviews", "day": today, "hours": "2.5"}, follow=True)
    assert "2.5 h are in your list." in text_of(page)
    assert "<dt>This week</dt><dd>2.5 h" in text_of(page)
    browser.post(f"/communities/circle/hours/{VolunteerHours.objects.get().pk}/remove/")

    assert not VolunteerHours.objects.exists()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"hours": "0"}, "Ensure this value is greater than or equal to 0.25."),
        ({"task": ""}, "Write what you did, in a few words."),
        ({"day": "2020-01-01"}, "Choose a day of the last 90 days, today included."),
    ],
)
def test_hours_with_a_fault_come_back_with_the_reason(circle, changes, fault):
    form = {"task": "Reviews", "day": timezone.localdate().isoformat(), "hours": "2"} | changes

    answer = browser_of(people(circle, 1)[0]).post("/communities/circle/hours/", form)

    assert fault in text_of(answer)
    assert not VolunteerHours.objects.exists()


def test_a_day_has_24_hours_over_all_communities(circle):
    other, one = CharterFactory().community, people(circle, 1)[0]
    other.memberships.create(member=one)
    log(circle, one, "20")

    with pytest.raises(Refused, match=r"Write 0\.25 to 4"):
        log(other, one, "4.25")

    assert log(other, one, "4").hours == 4


def test_too_many_hours_are_said_to_the_person_and_once_a_week_to_the_lead(circle):
    lead, one = lead_of(circle), people(circle, 1)[0]
    log(circle, one, "8")
    assert not Notice.objects.filter(kind="community-hours").exists()

    log(circle, one, "0.5")
    log(circle, one, "1")

    assert [notice.member for notice in Notice.objects.filter(kind="community-hours")] == [lead]
    page = text_of(browser_of(one).get("/communities/circle/hours/"))
    assert "You gave 9.5 hours this week, and the charter names 8 as the most." in page
    assert '<a href="/me/profile/">pause</a> without giving a reason' in page


def test_hours_and_tasks_of_a_person_are_seen_by_themselves_and_their_lead_only(circle, organizer_client):
    lead, one, other = lead_of(circle), *people(circle, 2)
    log(circle, one, "3")
    address = f"/communities/circle/hours/of/{one.handle}/"

    assert "3 h" in text_of(browser_of(lead).get(address))
    assert one.name in text_of(browser_of(lead).get("/communities/circle/hours/"))
    assert browser_of(other).get(address).status_code == 404
    assert one.name not in text_of(browser_of(other).get("/communities/circle/hours/"))
    assert browser_of(lead_of(CharterFactory().community)).get(address).status_code == 404
    assert organizer_client.get(address).status_code == 404
    assert browser_of(MemberFactory()).get("/communities/circle/hours/").status_code == 404


def test_nobody_takes_back_the_hours_of_another(circle):
    one, other = people(circle, 2)
    entry = log(circle, one, "3")

    assert browser_of(other).post(f"/communities/circle/hours/{entry.pk}/remove/").status_code == 404
    assert VolunteerHours.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_hours_takes_the_same_queries_for_any_length(circle, rows, django_assert_num_queries):
    lead = lead_of(circle)
    for one in [lead, *people(circle, rows, role="core")]:
        for _ in range(rows):
            log(circle, one, "1")
    browser = browser_of(lead)
    browser.get("/communities/")

    with django_assert_num_queries(12):
        browser.get("/communities/circle/hours/")


def test_a_charter_of_a_community_without_one_has_the_usual_values(client, circle):
    Charter.objects.all().delete()

    assert "20 % of the active members" in text_of(client.get("/communities/circle/charter/"))
