"""The directory's pure parts: words, slips of the pen, working hours, addresses, and who stands in which set."""

from datetime import date
from itertools import product
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from members.directory_index import Facts, Held, depth_of, things_of, words_of
from members.directory_wish import Wish
from members.spelling import misspellings, slips
from members.working_hours import shared_hours

TODAY = date(2026, 11, 20)


def member(**fields):
    usual = {
        "name": "Zoë Łukasiewicz", "headline": "", "town": "", "can_help_with": "", "organisation": "", "tools": [],
        "languages": [], "function": "", "sector": "", "country": "", "time_zone": "Europe/Warsaw",
        "hours_per_week": None, "open_to_mentor": False, "open_to_pairing": False, "paused_until": None,
        "audiences": {}, "in_directory": True, "is_active": True, "erased_at": None, "persona__slug": None,
    }  # fmt: skip
    return SimpleNamespace(**usual | fields)


def things(held=(), **fields):
    return set(things_of(Facts(member(**fields), TODAY, held)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Łódź, São-Paulo & MÜNCHEN", ["lodz", "sao", "paulo", "munchen"]),
        ("C++, C# and node.js", ["c++", "c#", "and", "node", "js"]),
        ("straße Straße", ["strasse"]),
        ("Ærø Þór", ["aero", "thor"]),
        ("京都 Москва", ["京都", "москва"]),
        ("_%\\ -- !", []),
        ("x" * 50, ["x" * 40]),
    ],
)
def test_words_are_compared_without_case_accents_and_punctuation(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("nowak", "novak", 1), ("ansibel", "ansible", 1), ("kiel", "kiel", 0), ("", "abc", 3),
     ("kuberntes", "kubernetes", 1), ("ca", "abc", 3)],
)  # fmt: skip
def test_slips_count_letters_added_left_out_replaced_or_swapped(one, other, distance):
    assert slips(one, other) == slips(other, one) == distance


def test_misspellings_of_a_short_word_are_all_words_one_slip_away():
    alphabet = "abn"
    near = {"".join(word) for size in range(3, 6) for word in product(alphabet, repeat=size)}
    near = {word for word in near if slips("anna", word) == 1}

    assert {word for word in misspellings("anna") if set(word) <= set(alphabet)} == near


@pytest.mark.parametrize(
    ("mine", "theirs", "day", "hours"),
    [
        ("Europe/Amsterdam", "Europe/Amsterdam", TODAY, 8),
        ("Europe/Amsterdam", "Europe/Lisbon", TODAY, 7),
        ("Europe/Amsterdam", "America/New_York", TODAY, 2),
        ("Europe/Amsterdam", "America/New_York", date(2026, 10, 27), 3),  # only Europe has left summer time
        ("Europe/Amsterdam", "Pacific/Auckland", TODAY, 0),
        ("Asia/Kolkata", "Europe/Amsterdam", TODAY, 3.5),
        ("Pacific/Auckland", "America/Los_Angeles", TODAY, 5),  # their day before
        ("Europe/Amsterdam", "Mars/Base", TODAY, 0),
    ],
)  # fmt: skip
def test_working_hours_in_common_follow_both_clocks(mine, theirs, day, hours):
    assert shared_hours(mine, theirs, day) == hours


def test_a_member_stands_in_a_set_for_everything_they_say():
    found = things(
        [Held("ansible", "Ansible", 2)], town="Łódź", languages=["pl"], function="operations", sector="public",
        country="PL", hours_per_week=3, open_to_mentor=True,
    )  # fmt: skip

    assert found == {
        ("all", ""), ("skill", "ansible@1"), ("skill", "ansible@2"), ("language", "pl"), ("function", "operations"),
        ("sector", "public"), ("country", "PL"), ("zone", "Europe/Warsaw"), ("hours", "1"), ("hours", "2"),
        ("open", "mentor"), ("word", "zoe"), ("word", "lukasiewicz"), ("word", "ansible"), ("word", "lodz"),
    }  # fmt: skip


@pytest.mark.parametrize("state", [{"in_directory": False}, {"is_active": False}, {"erased_at": TODAY}])
def test_who_is_hidden_gone_or_erased_stands_in_no_set(state):
    assert things([Held("ansible", "Ansible", 2)], town="Kiel", **state) == set()


AUDIENCES = {
    "skills": {("skill", "ansible@1"), ("word", "ansible")},
    "languages": {("language", "nl")},
    "function": {("function", "data")},
    "sector": {("sector", "public")},
    "country": {("country", "NL")},
    "time_zone": {("zone", "Europe/Warsaw")},
    "hours_per_week": {("hours", "1")},
    "town": {("word", "kiel")},
    "headline": {("word", "pagers")},
    "can_help_with": {("word", "alerts")},
    "organisation": {("word", "acme")},
    "tools": {("word", "helm")},
}


@pytest.mark.parametrize("field", AUDIENCES)
def test_a_field_for_the_member_alone_is_found_by_nobody(field):
    said = {
        "town": "Kiel", "languages": ["nl"], "function": "data", "sector": "public", "country": "NL",
        "hours_per_week": 1, "headline": "Pagers", "can_help_with": "alerts", "organisation": "Acme", "tools": ["Helm"],
    }  # fmt: skip
    held = [Held("ansible", "Ansible", 1)]

    assert things(held, **said) - things(held, **said, audiences={field: "me"}) == AUDIENCES[field]
    assert things(held, **said, audiences={field: "nonsense"}) == things(held, **said, audiences={field: "me"})


def test_who_takes_a_pause_is_open_to_nothing_and_has_no_time_until_it_ends():
    said = {"hours_per_week": 8, "open_to_mentor": True, "open_to_pairing": True}

    paused = things(**said, paused_until=TODAY)
    over = things(**said, paused_until=date(2026, 11, 19))

    assert over - paused == {("open", "mentor"), ("open", "pairing"), *(("hours", str(n)) for n in (1, 2, 4, 8))}


@pytest.mark.parametrize(
    ("claimed", "computed", "is_computed", "depth"),
    [(3, 0.0, False, 3), (4, 1.4, True, 1), (0, 2.5, True, 3), (0, 0.4, True, 0), (0, 0.0, False, 0)],
)
def test_a_skill_is_found_by_its_computed_depth_or_else_by_the_claimed_one(claimed, computed, is_computed, depth):
    assert depth_of(claimed, computed, is_computed=is_computed) == depth


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("", "/members/"),
        ("q=&depth=3&page=2", "/members/"),
        ("level=a&level=b", "/members/?level=b"),
        ("depth=2&skill=b&q= x &skill=a&skill=b", "/members/?q=x&skill=b&skill=a&depth=2"),
        ("skill=a&depth=1", "/members/?skill=a"),
        ("country=NL&skill=a%26b", "/members/?skill=a%26b&country=NL"),
    ],
)
def test_equal_wishes_have_one_address(address, canonical):
    wish = Wish.read(QueryDict(address))

    assert wish.address == canonical
    assert Wish.read(QueryDict(wish.address.partition("?")[2])) == wish


def test_taking_a_filter_away_leaves_the_others_and_the_last_skill_takes_its_depth_along():
    wish = Wish.read(QueryDict("q=kim&skill=a&depth=3&language=nl"))

    assert wish.without("language", "nl").address == "/members/?q=kim&skill=a&depth=3"
    assert wish.without("skill", "a").address == "/members/?q=kim&language=nl"
    assert wish.without("q").address == "/members/?skill=a&language=nl&depth=3"


def test_choosing_in_a_facet_of_one_value_replaces_and_in_one_of_several_adds():
    wish = Wish.read(QueryDict("language=nl&level=builder"))

    assert wish.with_filter("level", "mentor").address == "/members/?language=nl&level=mentor"
    assert wish.with_filter("language", "de").address == "/members/?language=nl&language=de&level=builder"
