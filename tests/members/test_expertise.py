"""The rule of depth, without a database."""

import math

import pytest

from members.expertise import Endorsed, Weights, Word, depth, endorsed, evidence, faded, is_not_yet_shown, points_of
from members.expertise import weights as weights_of


@pytest.mark.parametrize(("points", "expected"), [(0, 0), (12, 2.53), (24, 3.46), (1000, 4)])
def test_evidence_grows_with_points_and_never_passes_four(points, expected):
    assert round(evidence(points), 2) == expected


@pytest.mark.parametrize(("days", "left"), [(0, 8), (365, 4), (730, 2), (1095, 1)])
def test_the_points_of_an_act_are_halved_every_365_days(days, left):
    assert faded(8, days) == pytest.approx(left)


def test_points_are_summed_after_fading_and_are_never_below_zero():
    assert points_of([(8, 0), (8, 365), (4, 730)]) == pytest.approx(13)
    assert points_of([(2, 0), (-5, 0)]) == 0


def test_without_endorsement_the_weights_become_0_375_and_0_625():
    assert weights_of(None) == Weights(pytest.approx(0.375), pytest.approx(0.625), 0.0)


def test_with_endorsement_the_weights_are_those_of_the_rule():
    assert weights_of(Endorsed(3.0, 1.0)) == Weights(pytest.approx(0.3), pytest.approx(0.5), pytest.approx(0.2))


def test_the_depth_of_a_claim_of_three_with_twelve_points():
    assert depth(3, evidence(12)) == pytest.approx(0.375 * 3 + 0.625 * 4 * (1 - math.exp(-1)))


def test_the_depth_with_an_endorsement():
    assert depth(3, 2, Endorsed(4.0, 1.0)) == pytest.approx(0.3 * 3 + 0.5 * 2 + 0.2 * 4)


def test_the_first_act_never_makes_a_skill_shallower():
    assert depth(4, evidence(0)) < depth(4, evidence(0.1))


def test_a_word_weighs_as_much_as_its_givers_own_depth():
    assert endorsed([Word(4, depth=3.0), Word(1, depth=1.0)]) == Endorsed(pytest.approx(3.25), 1.0)


def test_words_of_people_without_the_skill_count_for_nothing():
    assert endorsed([]) is None
    assert endorsed([Word(4, depth=0.0)]) is None


def test_a_word_that_is_paid_back_counts_half_in_the_mean():
    both = endorsed([Word(4, depth=2.0, paid_back=True), Word(1, depth=2.0)])

    assert both == Endorsed(pytest.approx((4 * 1 + 1 * 2) / 3), pytest.approx(0.75))


def test_a_pair_that_endorses_only_each_other_gets_half_the_weight_of_endorsement():
    pair = endorsed([Word(4, depth=2.0, paid_back=True)])

    assert weights_of(pair) == Weights(pytest.approx(0.3 / 0.9), pytest.approx(0.5 / 0.9), pytest.approx(0.1 / 0.9))


def test_a_validation_weighs_as_the_word_of_a_deep_person_at_the_least():
    assert endorsed([Word(4, depth=1.0, validates=True), Word(1, depth=3.0)]) == Endorsed(pytest.approx(2.5), 1.0)


@pytest.mark.parametrize(
    ("claimed", "shown", "expected"), [(3, 0.9, True), (3, 1.0, False), (4, 1.9, True), (1, 0, False)]
)
def test_a_claim_more_than_two_above_evidence_is_not_yet_shown(claimed, shown, expected):
    assert is_not_yet_shown(claimed, shown) is expected
