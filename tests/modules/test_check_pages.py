import re
from html import unescape

import pytest

from modules.forms.checks import sign
from modules.models import CheckAttempt
from modules.operations.checks import take
from tests.factories.members import MemberFactory
from tests.factories.modules import (
    PublishedModuleFactory,
    SyllabusItemFactory,
    answers_with,
    check_verbs,
    check_with,
    choice,
    concept,
)

pytestmark = pytest.mark.django_db
PAGE = "/modules/security/checks/walls/"
ALL_KINDS = [
    choice("where"),
    choice(
        "which", text="Which two keep a copy?", answer=["a", "c"],
        options=[{"key": key, "text": f"Stop {key}"} for key in "abcd"],
    ),
    {
        "key": "order", "kind": "order", "text": "In which order?", "answer": ["a", "b", "c"],
        "explanation": "By rank.", "options": [{"key": key, "text": f"Thing {key}"} for key in "abc"],
    },
    {"key": "many", "kind": "number", "text": "How many percent?", "answer": {"value": "19", "tolerance": "1"}},
    {"key": "word", "kind": "text", "text": "What is it called?", "answer": ["prompt injection"]},
]  # fmt: skip
RIGHT = {
    "q-where": "a", "q-which": ["c", "a"], "q-order-a": "1", "q-order-b": "2", "q-order-c": "3", "q-many": "19 %",
    "q-word": "Prompt  Injection",
}  # fmt: skip


@pytest.fixture
def check():
    check_verbs()
    module = PublishedModuleFactory(slug="security", title="Security, Privacy and IP")
    article = concept(module, slug="what-leaves")
    return check_with(module, slug="walls", questions=ALL_KINDS, article=article, stage="after")


def seed_in(page):
    return re.search(r'name="seed" value="([^"]+)"', page)[1]


def send(client, **answers):
    seed = seed_in(client.get(PAGE).content.decode())
    return client.post(PAGE, {"seed": seed} | {name.replace("_", "-"): value for name, value in answers.items()})


def send_all(client, answers=RIGHT):
    return client.post(PAGE, {"seed": seed_in(client.get(PAGE).content.decode())} | answers)


def test_a_visitor_sees_what_the_check_is_and_no_question(client, check):
    page = client.get(PAGE).content.decode()

    assert "5 questions, about 5 minutes. With 70 percent it is passed." in page
    assert f'href="/accounts/login/?next={PAGE}"' in page
    assert "Which two keep a copy?" not in page


def test_a_member_takes_all_kinds_of_questions_and_sees_the_score_and_the_explanations(member_client, check):
    answer = send_all(member_client)

    attempt = CheckAttempt.objects.get()
    assert answer["Location"] == f"{PAGE}{attempt.pk}/"
    page = member_client.get(answer["Location"]).content.decode()
    assert "5 of 5 right" in page
    assert "Passed with 100 percent." in page
    assert "<p>By rank.</p>" in page
    assert "Local means <strong>here</strong>." in page


def test_the_result_says_for_each_question_what_was_given_and_what_is_right(member_client, check):
    wrong = {"q-where": "b", "q-which": ["a"], "q-order-a": "2", "q-order-b": "1", "q-order-c": "3", "q-many": "40"}

    page = unescape(member_client.get(send_all(member_client, wrong)["Location"]).content.decode())

    assert "0 of 5 right" in page
    assert '<span>In a cloud <span class="meta">your answer</span></span>' in page
    assert '<span>On your machine <span class="meta">right</span></span>' in page
    assert "Your order: Thing b, then Thing a, then Thing c." in page
    assert "You wrote “40”. Right is “19, give or take 1”." in page
    assert "You left it open. Right is “prompt injection”." in page


def test_an_empty_submission_is_refused_with_words(member_client, check):
    answer = send(member_client)

    assert answer.status_code == 200
    assert "Answer at least one question. An empty try is not counted." in answer.content.decode()
    assert not CheckAttempt.objects.exists()


def test_two_things_at_one_place_are_a_fault_and_what_was_typed_stays(member_client, check):
    given = RIGHT | {"q-order-b": "1", "q-many": "18,5"}

    page = send_all(member_client, given).content.decode()

    assert "Give each of them a place of its own." in page
    assert 'value="18,5"' in page
    assert page.count("checked") == 3
    assert not CheckAttempt.objects.exists()


def test_the_order_of_options_is_the_one_that_was_shown_and_stays_in_the_result(member_client, check):
    shown = re.findall(r"<span>(Stop \w)</span>", member_client.get(PAGE).content.decode())
    pages = [member_client.get(PAGE).content.decode() for _ in range(20)]
    orders = {tuple(re.findall(r"<span>(Stop \w)</span>", page)) for page in pages}
    page = pages[-1]
    answer = member_client.post(PAGE, {"seed": seed_in(page), **RIGHT})

    result = member_client.get(answer["Location"]).content.decode()

    assert sorted(shown) == ["Stop a", "Stop b", "Stop c", "Stop d"]
    assert len(orders) > 1
    assert re.findall(r"<span>(Stop \w)", result) == re.findall(r"<span>(Stop \w)</span>", page)


@pytest.mark.parametrize("seed", ["", "7", "nonsense:x:y"])
def test_a_seed_that_we_have_not_signed_is_refused_and_the_answers_are_kept(member_client, check, seed):
    page = member_client.post(PAGE, {"seed": seed, **RIGHT}).content.decode()

    assert "This form is too old. Your answers are kept below; send them again." in page
    assert 'value="Prompt  Injection"' in page
    assert not CheckAttempt.objects.exists()
    assert member_client.post(PAGE, {"seed": seed_in(page), **RIGHT}).status_code == 302


def test_a_seed_of_another_member_or_another_check_is_refused(member_client, member, check):
    other = check_with(check.module, slug="other")
    strange = [sign(1, check, MemberFactory().pk), sign(1, other, member.pk)]

    answers = [member_client.post(PAGE, {"seed": seed, **RIGHT}).status_code for seed in strange]

    assert answers == [200, 200]
    assert not CheckAttempt.objects.exists()


def test_an_option_that_is_none_is_a_fault(member_client, check):
    assert send_all(member_client, RIGHT | {"q-where": "z"}).status_code == 200
    assert not CheckAttempt.objects.exists()


def test_the_fourth_try_of_the_day_answers_409_and_the_page_says_when_the_next_is_possible(member_client, check):
    seed = seed_in(member_client.get(PAGE).content.decode())
    statuses = [member_client.post(PAGE, {"seed": seed, **RIGHT}).status_code for _ in range(4)]
    page = member_client.get(PAGE).content.decode()

    assert statuses == [302, 302, 302, 409]
    assert "You have had 3 tries today. The next one is possible from" in page
    assert "See how it went" not in page


def test_who_passed_once_stays_passed_after_a_worse_try(member_client, check):
    send_all(member_client)
    worse = member_client.get(send_all(member_client, {"q-where": "a"})["Location"]).content.decode()

    assert "You have passed it already with 100 percent, and that stays so." in worse
    assert "Not passed yet" not in worse


def test_a_result_belongs_to_its_member_alone(client, check):
    attempt = take(check, by=MemberFactory(), answers={"where": ["a"]}, seed=1)
    client.force_login(MemberFactory())

    assert client.get(f"{PAGE}{attempt.pk}/").status_code == 404


def test_a_draft_and_a_check_of_another_module_are_not_found(member_client, check):
    check_with(check.module, slug="draft", publish=False)
    PublishedModuleFactory(slug="coding")
    addresses = ["/modules/security/checks/draft/", "/modules/coding/checks/walls/", "/modules/security/checks/none/"]

    assert [member_client.get(address).status_code for address in addresses] == [404, 404, 404]


def test_sending_signed_out_leads_to_the_login(client, check):
    answer = client.post(PAGE, RIGHT)

    assert answer["Location"].startswith("/accounts/login/")


def test_the_gain_stands_beside_the_result_of_the_second_check(member_client, member):
    check_verbs()
    module = PublishedModuleFactory(slug="security")
    before = check_with(module, slug="pre", stage="before")
    after = check_with(module, slug="post", stage="after", before=before)
    first = take(before, by=member, answers=answers_with(4), seed=1)
    second = take(after, by=member, answers=answers_with(7), seed=1)

    early = member_client.get(f"/modules/security/checks/pre/{first.pk}/").content.decode()
    late = member_client.get(f"/modules/security/checks/post/{second.pk}/").content.decode()

    assert "That is what you know before the reading." in early
    assert "40 percent before the reading, 70 percent after it." in late
    assert "Of what you were missing you have closed 50 percent." in late


def test_those_who_keep_the_module_see_the_mean_gain_and_others_do_not(client, organizer_client):
    check_verbs()
    module = PublishedModuleFactory(slug="security")
    before = check_with(module, slug="pre", stage="before")
    after = check_with(module, slug="post", stage="after", before=before)
    steward = MemberFactory()
    module.stewards.add(steward)
    for _ in range(5):
        one = MemberFactory()
        take(before, by=one, answers=answers_with(4), seed=1)
        take(after, by=one, answers=answers_with(7), seed=1)
    said = "On average they closed 50 percent of what they were missing before."
    pages = [organizer_client.get("/modules/security/checks/post/").content.decode()]
    for who in (steward, one):
        client.force_login(who)
        pages.append(client.get("/modules/security/checks/post/").content.decode())

    assert [said in page for page in pages] == [True, True, False]


def test_after_passing_the_way_leads_to_the_lab(member_client, check):
    SyllabusItemFactory(module=check.module, title="Find and remove secrets", address="/labs/redact/")

    page = member_client.get(send_all(member_client)["Location"]).content.decode()

    assert '<a class="btn btn-primary" href="/labs/redact/">Go on: Find and remove secrets</a>' in page


@pytest.mark.parametrize("number", [1, 3])
def test_a_check_costs_the_same_with_one_question_and_with_three(
    number, member_client, member, django_assert_num_queries
):
    check_verbs()
    check = check_with(PublishedModuleFactory(slug="security"), slug="walls", questions=number)
    attempt = take(check, by=member, answers={"q0": ["a"]}, seed=1)
    result = f"{PAGE}{attempt.pk}/"
    for address in (PAGE, result):
        member_client.get(address)

    with django_assert_num_queries(6):
        page = member_client.get(PAGE).content.decode()
    with django_assert_num_queries(9):
        member_client.get(result)

    assert page.count("</fieldset>") == number


def test_a_script_in_an_explanation_is_absent_from_the_result(member_client):
    check_verbs()
    module = PublishedModuleFactory(slug="security")
    check_with(module, slug="walls", questions=[choice("where", explanation="See <script>steal()</script>")])

    page = member_client.get(send_all(member_client, {"q-where": "a"})["Location"]).content.decode()

    assert "<script>steal()" not in page
