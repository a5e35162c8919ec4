from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import DutyTurn, FirstPost
from communities.operations import newcomers
from tests.factories.communities import CharterFactory, CommunityFactory, MembershipFactory
from tests.factories.founding import DutyTurnFactory, FirstPostFactory
from tests.factories.members import MemberFactory, add_verbs

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def acts_count(db):
    add_verbs(dict.fromkeys(("newcomer-wrote", "newcomer-answered"), 2))


@pytest.fixture
def sre():
    community = CommunityFactory(slug="sre", name="SRE")
    CharterFactory(community=community, newcomer_hours=24)
    return community


@pytest.fixture
def mine(sre, member):
    return MembershipFactory(community=sre, member=member)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def answered(community, number, *, hours=3, **fields):
    at = timezone.now() - 5 * DAY
    return FirstPostFactory.create_batch(
        number, community=community, at=at, due_at=at + DAY, answer="Here.", answered_by=MemberFactory(),
        answered_at=at + timedelta(hours=hours), **fields,
    )  # fmt: skip


def test_visitors_see_the_promise_and_how_often_it_was_kept_but_no_words(client, sre):
    answered(sre, 31, text="A very private question")
    answered(sre, 2, hours=30)

    page = text_of(client.get("/communities/sre/"))

    assert "A person answers your first question or hello within 24 hours." in page
    assert "31 of 33 within 24 hours; half of the answers came within 3 h" in page
    assert "private" not in page


def test_four_posts_are_too_few_to_count(client, sre):
    answered(sre, 4)

    assert "too few to count" in text_of(client.get("/communities/sre/"))


def test_a_newcomer_writes_on_the_page_of_the_community_once(member_client, mine):
    assert "Your first question, or a hello" in text_of(member_client.get("/communities/sre/"))

    page = text_of(member_client.post("/communities/sre/newcomers/write/", {"text": "Where do I begin?"}, follow=True))

    assert "A person answers in time." in page
    assert "Where do I begin?" in page
    assert 'id="first-post"' not in text_of(member_client.get("/communities/sre/"))


def test_an_empty_first_post_says_what_to_do(member_client, mine):
    answer = member_client.post("/communities/sre/newcomers/write/", {"text": ""})

    assert "one sentence is enough" in text_of(answer)
    assert not FirstPost.objects.exists()


@pytest.mark.parametrize("address", ["newcomers/", "duty/", "newcomers/1/"])
def test_those_outside_do_not_find_the_posts(member_client, sre, address):
    assert member_client.get(f"/communities/sre/{address}").status_code == 404


def test_a_newcomer_who_is_not_in_the_directory_stands_there_without_a_name(member_client, mine, sre):
    FirstPostFactory(community=sre, member=MemberFactory(name="Secret Person", in_directory=False))

    page = text_of(member_client.get("/communities/sre/newcomers/"))

    assert "A newcomer" in page
    assert "Secret" not in page


def test_a_member_answers_on_the_page_of_the_post(member_client, mine, sre):
    post = FirstPostFactory(community=sre, member__name="Ines Carvalho")

    page = text_of(member_client.post(post.get_absolute_url(), {"text": "With the runbook."}, follow=True))

    assert "Ines has your answer" in page
    assert "With the runbook." in page


def test_who_is_second_gets_409_with_the_own_words_kept(member_client, mine, sre):
    post = FirstPostFactory(community=sre)
    first = MembershipFactory(community=sre).member
    newcomers.answer(post, text="I was first.", by=first)

    answer = member_client.post(post.get_absolute_url(), {"text": "My long answer."})

    assert answer.status_code == 409
    assert "Somebody answered a moment ago." in text_of(answer)
    assert "My long answer.</textarea>" in text_of(answer)
    assert "I was first." in text_of(answer)


def test_a_member_takes_a_turn_and_gives_it_back(member_client, mine):
    today = timezone.localdate()
    days = {"first_day": today.isoformat(), "last_day": (today + DAY).isoformat()}

    taken = text_of(member_client.post("/communities/sre/duty/", days, follow=True))
    assert "On duty now" in taken
    back = text_of(member_client.post(f"/communities/sre/duty/{DutyTurn.objects.get().pk}/leave/", follow=True))

    assert "The turn is free again." in back
    assert "No turn is planned" in back


def test_a_lead_plans_for_somebody_by_handle_and_a_paused_one_is_refused(member_client, mine, sre):
    mine.role = "lead"
    mine.save(update_fields=["role"])
    today = timezone.localdate()
    MembershipFactory(community=sre, member__handle="ines", member__name="Ines")
    MembershipFactory(community=sre, member__handle="adam", member__name="Adam", member__paused_until=today + DAY)
    days = {"first_day": today.isoformat(), "last_day": today.isoformat()}

    planned = text_of(member_client.post("/communities/sre/duty/", days | {"handle": "@Ines"}, follow=True))
    refused = text_of(member_client.post("/communities/sre/duty/", days | {"handle": "adam"}, follow=True))
    unknown = text_of(member_client.post("/communities/sre/duty/", days | {"handle": "nobody"}))

    assert "Ines is on duty from" in planned
    assert "Adam cannot be asked until" in refused
    assert "There is no member “nobody”." in unknown
    assert DutyTurn.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_whatever_their_length(member_client, mine, sre, rows, django_assert_num_queries):
    answered(sre, rows)
    FirstPostFactory.create_batch(rows, community=sre)
    for _ in range(rows):
        someone = MembershipFactory(community=sre).member
        DutyTurnFactory(
            community=sre, member=someone, first_day=timezone.localdate(), last_day=timezone.localdate() + DAY
        )
    member_client.get("/communities/sre/newcomers/")

    with django_assert_num_queries(11):
        member_client.get("/communities/sre/newcomers/")
    with django_assert_num_queries(7):
        member_client.get("/communities/sre/duty/")
