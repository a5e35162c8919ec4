import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from labs.models import HandIn, Review, ReviewClaim, Submission
from labs.operations import reviewing, submissions
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.reviews import finished_run, handed_in, mentor, review_verbs, reviewed, waiting

pytestmark = pytest.mark.django_db
WORDS = {"link": "https://code.example.org/mine", "text": "", "reflection": "It is hard.", "team": ""}
RUBRIC = [{"name": "It ran", "text": "There is an output."}, {"name": "It is safe", "text": "Nothing left."}]
REVIEW = {"round": 1, "mark_0": 2, "mark_1": 1, "comment": "Good work.", "decision": "accepted"}


@pytest.fixture(autouse=True)
def verbs():
    review_verbs()


def client_of(member):
    client = Client()
    client.force_login(member)
    return client


def page_of(answer):
    return answer.content.decode()


@pytest.fixture
def work(member):
    return waiting(lab(rubric=RUBRIC), member, text="Missed **0**.")


@pytest.fixture
def address(work):
    return f"/labs/reviews/{work.pk}/"


def test_work_is_handed_in_by_the_form(member, member_client):
    made, mate = lab(), MemberFactory(handle="ines")
    finished_run(made, member)

    answer = member_client.post("/labs/redact/hand-in/", WORDS | {"team": "@Ines, /members/ines/", "is_shown": "on"})

    work = Submission.objects.get()
    assert answer.url == f"/labs/submissions/{work.pk}/"
    assert (work.is_shown, [one.member for one in work.team.all()]) == (True, [mate])
    assert "Handed in. You hear of the answer" in page_of(member_client.get(answer.url))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"link": "http://code.example.org"}, "The link must start with https://."),
        ({"link": "javascript:alert(1)"}, "The link must start with https://."),
        ({"link": "https://code.example.org/" + "a" * 10_000}, "The link has 10,025 characters and 500 fit."),
        ({"link": ""}, "Give a link to your work, or write it into the text."),
        ({"reflection": " "}, "Write what you found out"),
        ({"reflection": "a" * 10_000}, "The reflection has 10,000 characters and 4,000 fit."),
        ({"text": "a" * 20_001}, "The text has 20,001 characters and 20,000 fit."),
        ({"team": "nobody-here"}, "There is no member with the handle “nobody-here” in the directory."),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(member, member_client, words, said):
    finished_run(lab(), member)

    answer = member_client.post("/labs/redact/hand-in/", WORDS | {"text": "My long text"} | {"link": "https://a.example.org"}
                                | words | ({"text": ""} if words == {"link": ""} else {}))  # fmt: skip

    page = page_of(answer)
    assert (answer.status_code, Submission.objects.exists()) == (200, False)
    assert said in page
    assert "is-invalid" in page
    assert next(iter(words.values())).strip() in page


def test_the_form_says_what_to_do_before_the_lab_is_finished_and_after_work_is_in(member, member_client):
    made = lab()
    run = finished_run(made, member)
    run.finished_at = None
    run.save(update_fields=["finished_at"])
    assert "The lab is not finished yet" in page_of(member_client.get("/labs/redact/hand-in/"))

    handed_in_after(run)

    assert "It is the next one." in page_of(member_client.get("/labs/redact/hand-in/"))


@pytest.mark.parametrize("page", ["run", "hand-in"])
def test_who_has_not_started_the_lab_is_led_to_it_and_an_unknown_one_is_not_found(page, member_client):
    lab()

    answer = member_client.get(f"/labs/redact/{page}/", follow=True)

    assert answer.redirect_chain == [("/labs/redact/", 302)]
    assert "Start the lab first." in page_of(answer)
    assert member_client.get(f"/labs/no-such/{page}/").status_code == 404


def handed_in_after(run):
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    return handed_in(run.lab, run.member)


def test_a_new_round_begins_with_the_words_of_the_last_and_the_reasons(member, member_client, work):
    reviewed(work, mentor(), decision="changes-asked", comment="Show the **output**.")

    page = page_of(member_client.get("/labs/redact/hand-in/"))

    assert "Missed **0**." in page
    assert "Show the <strong>output</strong>." in page
    assert "Changes asked" in page


def test_the_page_of_own_work_shows_all_rounds_with_marks_in_the_words_of_the_rubric(member_client, work):
    reviewed(work, mentor(name="Ines Ferreira"), decision="changes-asked", score=1)
    handed_in(work.lab, work.member, text="Better")

    page = page_of(member_client.get(f"/labs/submissions/{work.pk}/"))

    assert "Round 2" in page
    assert "Round 1" in page
    assert "It ran: partly" in page
    assert "There is an output." in page
    assert "Ines Ferreira" in page
    assert 'target="_blank" rel="noopener nofollow ugc"' in page


def test_work_is_seen_by_its_people_and_its_reviewers_and_by_nobody_else(member):
    mate, by, stranger, organizer = MemberFactory(), mentor(), MemberFactory(), MemberFactory(is_staff=True)
    work = waiting(lab(), member, team=[mate])
    address = f"/labs/submissions/{work.pk}/"

    statuses = [client_of(one).get(address).status_code for one in (member, mate, by, stranger, organizer)]

    assert statuses == [200, 200, 200, 404, 404]
    assert Client().get(address).status_code == 302


def test_accepted_work_that_is_shown_is_seen_by_members_and_listed_for_who_passed(member):
    work, passed, stranger = waiting(lab(), member, is_shown=True), MemberFactory(), MemberFactory()
    by = mentor()
    address = f"/labs/submissions/{work.pk}/"
    assert client_of(stranger).get(address).status_code == 404
    reviewed(work, by)
    reviewed(waiting(work.lab, passed), by)

    assert client_of(stranger).get(address).status_code == 200
    assert "First your own" in page_of(client_of(stranger).get("/labs/redact/solutions/"))
    assert f'href="{address}"' in page_of(client_of(passed).get("/labs/redact/solutions/"))
    assert "Nobody shows theirs yet" in page_of(client_of(member).get("/labs/redact/solutions/"))

    client_of(member).post(f"{address}show/", {"shown": "no"})

    assert client_of(stranger).get(address).status_code == 404


def test_work_that_was_taken_back_is_seen_by_its_own_people_alone(member, member_client, work, address):
    by = client_of(mentor())

    answer = member_client.post(f"/labs/submissions/{work.pk}/withdraw/", follow=True)

    assert "Taken back." in page_of(answer)
    assert [by.get(one).status_code for one in (f"/labs/submissions/{work.pk}/", address)] == [404, 404]


def test_a_mate_leaves_the_team_by_a_button_and_then_sees_nothing_more(member):
    mate = MemberFactory()
    work = waiting(lab(), member, team=[mate])

    answer = client_of(mate).post(f"/labs/submissions/{work.pk}/team/")

    assert answer.url == "/labs/submissions/"
    assert not work.team.exists()


def test_a_claim_opens_the_rubric_and_the_decision_reaches_the_author(member_client, work, address):
    by = client_of(mentor())
    assert "I look at it now" in page_of(by.get(address))
    assert "mark_0" not in page_of(by.get(address))

    page = page_of(by.post(f"{address}claim/", follow=True))
    answer = by.post(address, REVIEW)

    assert "Yours until" in page
    assert page.count('name="mark_1"') == 4
    assert answer.url == "/labs/reviews/"
    assert "Accepted on" in page_of(member_client.get(f"/labs/submissions/{work.pk}/"))
    assert Review.objects.get().scores == {"It ran": 2, "It is safe": 1}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mark_0": ""}, "Choose a mark for “It ran”."),
        ({"mark_0": "7"}, "Choose one of the four marks for “It ran”."),
        ({"mark_9": "2"}, "The rubric of this lab has changed."),
        ({"mark_0": "0"}, "“It ran” is not there yet, so ask for changes."),
        ({"comment": "a" * 10_000}, "The comment has 10,000 characters and 4,000 fit."),
        ({"decision": ""}, "Choose whether you accept it or ask for changes."),
        ({"decision": "perhaps"}, "Select a valid choice"),
    ],
)
def test_a_review_that_is_not_whole_keeps_what_was_typed(work, address, change, said):
    by = client_of(mentor())

    answer = by.post(address, REVIEW | {"comment": "A long and careful comment"} | change)

    page = page_of(answer)
    assert (answer.status_code, Review.objects.exists()) == (200, False)
    assert said in page
    assert ("A long and careful comment" in page) is ("comment" not in change)


def test_a_review_for_work_that_was_taken_back_or_claimed_by_another_is_409_with_the_text(work, address):
    by, other = mentor(), mentor()
    text = {"comment": "A long and careful comment"}
    reviewing.claim(work, by=other)
    first = client_of(by).post(address, REVIEW | text)
    claimed = client_of(by).post(f"{address}claim/")
    submissions.withdraw(work, by=work.member)
    second = client_of(by).post(address, REVIEW | text)

    assert [answer.status_code for answer in (first, claimed, second)] == [409, 409, 409]
    assert "A long and careful comment" in page_of(first)
    assert "is looking at it until" in page_of(claimed)
    page = page_of(second)
    assert "A long and careful comment" in page
    assert "Missed" not in page
    assert not Review.objects.exists()


def test_a_review_for_an_older_round_is_409_and_shows_the_newest(work, address):
    by = client_of(mentor())
    submissions.withdraw(work, by=work.member)
    handed_in(work.lab, work.member, text="Better words")

    answer = by.post(address, REVIEW)

    assert answer.status_code == 409
    assert "Better words" in page_of(answer)


def test_own_work_is_403_for_its_people_and_404_for_strangers(work, address):
    mate = MemberFactory()
    work.team.create(member=mate)
    for person, status in [(work.member, 403), (mate, 403), (MemberFactory(), 404)]:
        client = client_of(person)
        asked = [client.get(address), client.post(address, REVIEW), client.post(f"{address}claim/")]
        assert [answer.status_code for answer in asked] == [status] * 3

    assert "Nobody reviews their own work" in page_of(client_of(work.member).get(address))
    assert not ReviewClaim.objects.exists()


def test_letting_go_leads_back_to_the_queue(work, address):
    by = mentor()
    reviewing.claim(work, by=by)

    answer = client_of(by).post(f"{address}release/", follow=True)

    assert "Let go. Others can look at it now." in page_of(answer)
    assert not ReviewClaim.objects.exists()


def test_a_review_in_hand_asks_peers_by_a_button(member, member_client, work):
    other = lab("other")
    other.module.stewards.add(member)
    page = page_of(member_client.get(f"/labs/submissions/{work.pk}/"))
    assert "Each review that you give earns one" in page
    reviewed(waiting(other, MemberFactory()), member)
    assert "You have 1 review in hand" in page_of(member_client.get(f"/labs/submissions/{work.pk}/"))

    answer = member_client.post(f"/labs/submissions/{work.pk}/peers/", follow=True)

    assert "Members who passed the lab are asked since" in page_of(answer)
    assert HandIn.objects.get(submission=work).peers_asked_at is not None


def test_scripts_in_work_and_comments_do_not_reach_the_page(member, member_client):
    work = handed_in(lab(), member, text="<script>alert(1)</script> [x](javascript:alert(2))", reflection="<b>Bold</b>")
    reviewed(work, mentor(), comment="<img src=x onerror=alert(3)>")

    page = page_of(member_client.get(f"/labs/submissions/{work.pk}/"))

    assert "<script>alert(1)" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page
    assert "&lt;b&gt;Bold" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_costs_the_same_with_one_and_with_three(number, django_assert_num_queries):
    by = client_of(mentor())
    for turn in range(number):
        work = waiting(lab(f"lab-{turn}"), MemberFactory())
        reviewing.claim(work, by=mentor())
    by.get("/labs/reviews/")

    with django_assert_num_queries(8):
        page = page_of(by.get("/labs/reviews/"))

    assert page.count("looks at it until") == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_own_work_costs_the_same_with_one_and_with_three(
    number, member, member_client, django_assert_num_queries
):
    for turn in range(number):
        waiting(lab(f"lab-{turn}"), member)
    member_client.get("/labs/submissions/")

    with django_assert_num_queries(5):
        page = page_of(member_client.get("/labs/submissions/"))

    assert page.count("Waiting for a review</span>") == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_own_work_costs_the_same_with_one_round_and_with_three(
    number, member, member_client, django_assert_num_queries
):
    made, by = lab(), mentor()
    for _ in range(number):
        work = handed_in(made, member, team=[MemberFactory()])
        reviewed(work, by, decision="changes-asked")
    member_client.get(f"/labs/submissions/{work.pk}/")

    with django_assert_num_queries(7):
        page = page_of(member_client.get(f"/labs/submissions/{work.pk}/"))

    assert page.count("It works: yes") == number


def test_empty_lists_say_what_will_be_here(member_client):
    assert "Nothing waits for your review" in page_of(member_client.get("/labs/reviews/"))
    assert "Your work will be here" in page_of(member_client.get("/labs/submissions/"))


def test_the_chain_is_for_stewards_and_organizers(member, member_client, organizer_client):
    made = lab()
    assert member_client.get("/labs/reviews/chain/").status_code == 404

    made.module.stewards.add(member)

    for client in (member_client, organizer_client):
        page = page_of(client.get("/labs/reviews/chain/"))
        assert "Read the concept" in page
        assert "fewer than 5" in page


def test_the_lab_says_where_the_member_stands(member, member_client):
    made = lab()
    assert "Afterwards: hand in your work" in page_of(member_client.get("/labs/redact/"))
    assert "Afterwards: hand in" not in page_of(Client().get("/labs/redact/"))
    finished_run(made, member)
    assert "/labs/redact/hand-in/" in page_of(member_client.get("/labs/redact/run/"))

    work = handed_in(made, member)
    assert "Your work waits for a review" in page_of(member_client.get("/labs/redact/run/"))
    reviewed(work, mentor(), decision="changes-asked")

    assert "Changes are asked for your work" in page_of(member_client.get("/labs/redact/"))


def test_organizers_read_work_and_reviews_and_change_the_rules(organizer_client, work):
    work.waiting_since = timezone.now() - timedelta(days=9)
    work.save(update_fields=["waiting_since"])
    review = reviewed(waiting(lab("other"), work.member), mentor())

    pages = [
        organizer_client.get(f"/admin/labs/{one}")
        for one in ("submission/", f"submission/{work.pk}/change/", "review/", f"review/{review.pk}/change/")
    ]
    rules = organizer_client.get("/admin/labs/labrules/", follow=True)

    assert [page.status_code for page in [*pages, rules]] == [200] * 5
    assert "1 wait for a review" in page_of(pages[0])
    assert 'name="_save"' not in page_of(pages[1])
    assert 'name="claim_minutes"' in page_of(rules)


def buttons(client, address):
    """The primary links of the box and of the phone's bar, in this order."""
    found = re.findall(r'<a class="btn btn-primary( btn-sm)?" href="([^"]+)"', page_of(client.get(address)))
    return [link for small, link in sorted(found)]


@pytest.mark.parametrize("address", ["/labs/redact/", "/labs/redact/run/"])
def test_the_box_shows_the_state_of_the_work_and_one_thing_to_do(address, member, member_client):
    made = lab()
    lab("after", module=made.module, order=9)
    finished_run(made, member)
    hand_in, onward = "/labs/redact/hand-in/", "/labs/after/"
    opened = onward if "run" in address else "/labs/redact/run/"

    seen = [buttons(member_client, address)]
    work = handed_in(made, member)
    seen.append(buttons(member_client, address))
    assert page_of(member_client.get(address)).count("Handed in, waiting") == 2
    reviewed(work, mentor(), decision="changes-asked")
    seen.append(buttons(member_client, address))
    assert f'Changes asked</span> <a href="/labs/submissions/{work.pk}/">' in page_of(member_client.get(address))
    submissions.hand_in(made, by=member, link="https://code.example.org/2", text="", reflection="Better.")
    work.refresh_from_db()
    reviewed(work, mentor())
    seen.append(buttons(member_client, address))

    assert seen == [[hand_in] * 2, [opened] * 2, [hand_in] * 2, [onward] * 2]
    assert f'Work accepted</span> <a href="/labs/submissions/{work.pk}/">' in page_of(member_client.get(address))
