from datetime import UTC, datetime

import pytest
import time_machine

from cop.lib.errors import Refused
from members.models import Activity
from modules import checks, written_answers
from modules.models import CheckAttempt, ItemProgress, LearningRules, ModuleCompletion, SyllabusItem
from modules.operations import progress
from modules.operations.checks import publish_check, take, take_back_check
from modules.queries.checks import checks_of, gain_of, mean_gain, tries_of
from modules.queries.standing import standing
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

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OPTIONS = [{"key": key, "text": key.upper()} for key in "abcdefgh"]


@pytest.fixture
def verbs(db):
    check_verbs()


# What is right


@pytest.mark.parametrize(
    ("given", "right"),
    [(["a", "c"], True), (["c", "a"], True), (["a"], False), (["a", "b", "c"], False), ([], False), (None, False)],
)
def test_a_choice_is_right_when_exactly_the_right_options_are_taken(given, right):
    assert checks.is_right("choice", ["a", "c"], given) is right


@pytest.mark.parametrize(
    ("given", "right"), [(["a", "b", "c"], True), (["a", "c", "b"], False), (["a", "b"], False), ([], False)]
)
def test_an_order_is_right_when_each_thing_stands_in_its_place(given, right):
    assert checks.is_right("order", ["a", "b", "c"], given) is right


@pytest.mark.parametrize(
    ("given", "right"),
    [("19", True), ("18", True), ("20", True), ("20,01", False), (" 19 % ", True), ("+19.0", True), ("17.99", False),
     ("nineteen", False), ("NaN", False), ("Infinity", False), ("1e400", False), ("", False), ("-19", False)],
)  # fmt: skip
def test_a_number_is_right_when_it_is_off_by_the_tolerance_at_most(given, right):
    assert checks.is_right("number", {"value": 19, "tolerance": "1"}, given) is right


def test_tenths_are_counted_exactly():
    assert checks.is_right("number", {"value": 0.3, "tolerance": 0.1}, "0,4") is True
    assert checks.is_right("number", {"value": "1000", "tolerance": "0"}, "1 000") is True


@pytest.mark.parametrize(
    ("given", "right"),
    [("Prompt injection", True), ("  PROMPT\tinjection ", True), ("prompt-injection", True), ("prömpt injectión", True),
     ("promptinjection", False), ("injection", False), (" ", False)],
)  # fmt: skip
def test_a_short_text_is_right_in_any_accepted_form_with_case_spaces_and_diacritics_folded(given, right):
    assert checks.is_right("text", ["prompt injection", "Prompt-Injection"], given) is right


def test_folding_takes_case_diacritics_and_superfluous_spaces_away():
    assert checks.fold("  Ménage  À\ttrois ") == "menage a trois"
    assert checks.fold("STRASSE") == checks.fold("Straße")


@pytest.mark.parametrize(("right", "total", "percent"), [(0, 7, 0), (2, 3, 66), (5, 7, 71), (7, 7, 100), (0, 0, 0)])
def test_the_percentage_is_rounded_down(right, total, percent):
    assert checks.percent(right, total) == percent


@pytest.mark.parametrize(
    ("pre", "post", "gain"), [(40, 70, 0.5), (0, 100, 1.0), (50, 50, 0.0), (50, 40, -0.2), (100, 100, None)]
)
def test_the_gain_is_the_share_of_what_was_missing(pre, post, gain):
    assert checks.gain(pre, post) == gain


def test_the_same_seed_gives_the_same_order_and_another_one_another():
    first, again, other = (checks.shuffled(OPTIONS, seed=seed, key="q") for seed in (7, 7, 8))

    assert first == again != other
    assert sorted(one["key"] for one in other) == list("abcdefgh")
    assert checks.shuffled(OPTIONS, seed=7, key="another question") != first


@pytest.mark.parametrize(
    ("kind", "options", "answer", "fault"),
    [
        ("choice", OPTIONS, ["a"], ""),
        ("choice", OPTIONS, [], "it has no right option"),
        ("choice", OPTIONS, ["z"], "its right option is not among the options"),
        ("choice", OPTIONS[:1], ["a"], "it needs two options at least"),
        ("order", OPTIONS[:2], ["b", "a"], ""),
        ("order", OPTIONS[:2], [], "it has no right order"),
        ("order", OPTIONS[:2], ["a"], "its right order does not name each thing once"),
        ("number", [], {"value": "3", "tolerance": "0"}, ""),
        ("number", [], {}, "it has no right number"),
        ("number", [], [], "it has no right number"),
        ("number", [], {"value": "x", "tolerance": "0"}, "it has no right number"),
        ("number", [], {"value": 3, "tolerance": -1}, "it has no right number"),
        ("text", [], ["a token"], ""),
        ("text", [], [], "it has no accepted form"),
        ("text", [], [" "], "it has an empty accepted form"),
        ("text", [], "a token", "it has no accepted form"),
    ],
)
def test_the_fault_of_a_question_is_said_in_words(kind, options, answer, fault):
    assert checks.fault_of_question(kind, options, answer) == fault


# What authors write


@pytest.mark.parametrize(
    ("kind", "text", "options", "answer"),
    [
        ("choice", "* Here\nThere\n", [("a", "Here"), ("b", "There")], ["a"]),
        ("choice", "There\n\n  *Here\n* Everywhere", [("a", "There"), ("b", "Here"), ("c", "Everywhere")], ["b", "c"]),
        ("choice", "Here\nThere", [("a", "Here"), ("b", "There")], []),
        ("order", "First\nThen", [("a", "First"), ("b", "Then")], ["a", "b"]),
        ("number", "19 ± 1,5", [], {"value": "19", "tolerance": "1.5"}),
        ("number", "2017", [], {"value": "2017", "tolerance": "0"}),
        ("number", "about ten", [], {}),
        ("text", "token\na token", [], ["token", "a token"]),
    ],
)
def test_answers_are_read_from_lines_and_written_back(kind, text, options, answer):
    read_options, read_answer = written_answers.read(kind, text)

    assert ([(one["key"], one["text"]) for one in read_options], read_answer) == (options, answer)
    again = written_answers.read(kind, written_answers.write(kind, read_options, read_answer), read_options)
    assert again == (read_options, read_answer)


def test_an_option_whose_words_stay_keeps_its_key_wherever_it_stands():
    before, _ = written_answers.read("choice", "* Here\nThere")

    after, answer = written_answers.read("choice", "Nowhere\nThere\n* Here", before)

    assert [(one["key"], one["text"]) for one in after] == [("c", "Nowhere"), ("b", "There"), ("a", "Here")]
    assert answer == ["a"]


# Publishing


def test_publishing_a_check_without_a_right_answer_is_refused_and_names_the_question(db):
    questions = [choice("one"), choice("two", text="Where does data go?", answer=[])]

    with pytest.raises(Refused, match=r"“Where does data go\?” cannot be marked, because it has no right option"):
        check_with(questions=questions)


def test_publishing_a_check_without_questions_is_refused(db):
    with pytest.raises(Refused, match="it has no question"):
        check_with(questions=0)


def test_a_published_check_stands_between_concept_and_lab_and_counts_as_required(db):
    module = PublishedModuleFactory()
    article = concept(module)
    SyllabusItemFactory(module=module, order=1)

    check_with(module, article=article, minutes=4)

    assert [step.name for step in standing(module, None).steps] == ["Concept", "Check", "Lab 1"]
    item = SyllabusItem.objects.get(kind="knowledge-check")
    assert (item.key, item.required, item.minutes) == ("what-leaves-after", True, 4)
    assert item.address == f"/modules/{module.slug}/checks/what-leaves-after/"


def test_a_check_before_the_reading_stands_in_no_list_of_things_to_do(db):
    check = check_with(stage="before")

    assert not check.module.items.exists()


def test_a_check_taken_back_leaves_its_place_and_returns_with_what_was_done(verbs, member):
    check = check_with()
    take(check, by=member, answers=answers_with(10), seed=1)

    take_back_check(check)
    gone = standing(check.module, member).total
    publish_check(check)

    assert (gone, standing(check.module, member).done) == (0, 1)


def test_a_new_required_check_takes_no_completion_away_and_is_news(verbs, member):
    module = PublishedModuleFactory()
    progress.complete(SyllabusItemFactory(module=module), by=member)

    check_with(module)

    assert ModuleCompletion.objects.get().member == member
    assert standing(module, member).has_news is True


# Taking


def test_seven_of_ten_pass_the_check_complete_the_module_and_stand_in_the_ledger_once(verbs, member):
    check = check_with()

    attempts = [take(check, by=member, answers=answers_with(right), seed=5) for right in (6, 7, 10)]

    assert [(one.right, one.total, one.percent, one.seed) for one in attempts] == [
        (6, 10, 60, 5), (7, 10, 70, 5), (10, 10, 100, 5),
    ]  # fmt: skip
    assert ItemProgress.objects.get().done_at is not None
    assert list(Activity.objects.values_list("verb", "object_key", "points").order_by("pk")) == [
        ("check-passed", "what-leaves-after", 1), ("module-completed", check.module.slug, 5),
    ]  # fmt: skip


def test_six_of_ten_do_not_pass(verbs, member):
    take(check_with(), by=member, answers=answers_with(6), seed=1)

    assert not ItemProgress.objects.exists()
    assert not Activity.objects.exists()


def test_what_organizers_set_is_what_passes(verbs, member):
    LearningRules.objects.create(pk=1, pass_percent=60)

    take(check_with(), by=member, answers=answers_with(6), seed=1)

    assert ItemProgress.objects.get().state == "done"


def test_a_check_before_the_reading_gives_no_points_and_passes_nothing(verbs, member):
    attempt = take(check_with(stage="before"), by=member, answers=answers_with(10), seed=1)

    assert attempt.percent == 100
    assert not Activity.objects.exists()


@pytest.mark.parametrize("answers", [{}, {"q0": []}, {"q0": [""]}, {"q0": "  "}, {"no-question": ["a"]}])
def test_an_empty_try_is_refused_and_not_counted(verbs, member, answers):
    with pytest.raises(Refused, match="Answer at least one question"):
        take(check_with(), by=member, answers=answers, seed=1)

    assert not CheckAttempt.objects.exists()


def test_a_draft_cannot_be_taken(verbs, member):
    with pytest.raises(Refused, match="draft"):
        take(check_with(publish=False), by=member, answers=answers_with(1), seed=1)


def test_a_question_left_out_is_not_right(verbs, member):
    attempt = take(check_with(questions=4), by=member, answers={"q1": ["a"]}, seed=1)

    assert (attempt.right, attempt.answers) == (1, {"q1": ["a"]})


def test_a_fourth_try_the_same_day_is_refused_and_says_when_the_next_is_possible(verbs):
    member, check = MemberFactory(time_zone="UTC"), check_with()
    with time_machine.travel(NOON, tick=False):
        for _ in range(3):
            take(check, by=member, answers=answers_with(1), seed=1)

        with pytest.raises(Refused, match=r"3 tries today. The next one is possible from Sat 21 November, 00:00"):
            take(check, by=member, answers=answers_with(10), seed=1)

    assert CheckAttempt.objects.count() == 3


def test_the_day_is_that_of_the_members_time_zone(verbs):
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # half an hour into Saturday in Amsterdam
    check, here, there = check_with(), MemberFactory(time_zone="UTC"), MemberFactory(time_zone="Europe/Amsterdam")
    for one in (here, there):
        for _ in range(3):
            take(check, by=one, answers=answers_with(1), seed=1, now=NOON)

    assert tries_of(check, here, now=late).left == 0
    assert tries_of(check, there, now=late).left == 3
    assert tries_of(check, here, now=NOON).again_at == datetime(2026, 11, 21, tzinfo=UTC)


def test_tries_at_another_check_are_counted_apart(verbs, member):
    first, second = check_with(), check_with(slug="another")
    for _ in range(3):
        take(first, by=member, answers=answers_with(1), seed=1)

    assert tries_of(second, member).left == 3


# Standings and gains


def pair():
    module = PublishedModuleFactory()
    article = concept(module)
    before = check_with(module, slug="pre", stage="before", article=article)
    return article, before, check_with(module, slug="post", stage="after", before=before, article=article)


def test_the_best_score_is_kept(verbs, member):
    article, _, after = pair()
    for right in (4, 9, 6):
        take(after, by=member, answers=answers_with(right), seed=1)

    assert [(one.best, one.is_passed) for one in checks_of(article, member).after] == [(90, True)]


def test_the_check_before_the_reading_is_offered_until_the_other_is_taken(verbs, member):
    article, before, after = pair()
    offered = [[one.check for one in checks_of(article, who).before] for who in (None, member)]
    take(after, by=member, answers=answers_with(1), seed=1)

    assert offered == [[before], [before]]
    assert checks_of(article, member).before == []


def test_the_checks_of_an_article_cost_one_query(verbs, member, django_assert_num_queries):
    article, _, _ = pair()
    checks_of(article, member)

    with django_assert_num_queries(1):
        found = checks_of(article, member)
        assert [one.check.get_absolute_url().count("/") for one in [*found.before, *found.after]] == [5, 5]


def at(hour):
    return datetime(2026, 11, 20, hour, tzinfo=UTC)


def test_forty_then_seventy_give_a_gain_of_one_half(verbs, member):
    _, before, after = pair()
    take(before, by=member, answers=answers_with(4), seed=1, now=at(8))
    take(after, by=member, answers=answers_with(7), seed=1, now=at(9))

    found = gain_of(after, member)

    assert (found.pre, found.post, found.share, found.percent) == (40, 70, 0.5, 50)


def test_later_tries_change_no_gain_because_they_have_seen_the_answers(verbs, member):
    _, before, after = pair()
    for check, right, hour in [(before, 4, 8), (before, 9, 9), (after, 7, 10), (after, 10, 11)]:
        take(check, by=member, answers=answers_with(right), seed=1, now=at(hour))

    assert gain_of(after, member).share == 0.5


@pytest.mark.parametrize(
    "taken",
    [
        [("post", 7, 8)],
        [("pre", 4, 8)],
        [("post", 7, 8), ("pre", 4, 9)],
        [("pre", 10, 8), ("post", 10, 9)],
    ],
)
def test_there_is_no_gain_without_both_in_their_order_or_where_nothing_was_missing(verbs, member, taken):
    _, before, after = pair()
    by_slug = {"pre": before, "post": after}
    for slug, right, hour in taken:
        take(by_slug[slug], by=member, answers=answers_with(right), seed=1, now=at(hour))

    assert gain_of(after, member) is None


def test_the_mean_gain_is_shown_from_five_members_on(verbs):
    _, before, after = pair()
    found = []
    for post in (7, 7, 7, 7, 10):
        one = MemberFactory()
        take(before, by=one, answers=answers_with(4), seed=1, now=at(8))
        take(after, by=one, answers=answers_with(post), seed=1, now=at(9))
        found.append(mean_gain(after.module))

    assert found[:4] == [None] * 4
    assert (found[4].members, found[4].mean, found[4].percent) == (5, 0.6, 60)
