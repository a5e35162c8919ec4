import pytest

from members.complementarity import Lesson, Offer, comp, cosine_distance, lessons, together

ANSIBLE = Offer(depth={"ansible": 4}, want={"writing": 4})
WRITER = Offer(depth={"writing": 4}, want={"ansible": 4})


def test_a_pair_with_opposite_skills_gives_one():
    assert comp(ANSIBLE, WRITER) == 1.0
    assert cosine_distance(ANSIBLE.depth, WRITER.depth) == 1.0


def test_an_identical_pair_gives_zero():
    assert comp(ANSIBLE, ANSIBLE) == 0
    assert cosine_distance(ANSIBLE.depth, ANSIBLE.depth) == 0


def test_a_pair_without_any_wish_has_not_enough_data():
    assert comp(Offer(depth={"ansible": 4}), Offer(depth={"writing": 4})) is None


def test_a_wish_is_met_as_far_as_the_other_is_deep():
    learner = Offer(want={"ansible": 4, "git": 2})
    teacher = Offer(depth={"ansible": 3, "git": 4})

    assert comp(learner, teacher) == pytest.approx((3 + 2) / 6)
    assert lessons(learner, teacher) == [Lesson("ansible", 4, 3), Lesson("git", 2, 4)]


def test_it_does_not_matter_who_is_named_first():
    one, other = Offer({"a": 2.5, "b": 1}, {"c": 3}), Offer({"c": 1.5}, {"a": 4, "d": 2})

    assert comp(one, other) == comp(other, one) == pytest.approx((1.5 + 2.5) / 9)


def test_a_group_is_as_deep_as_its_deepest_member():
    group = together([Offer({"a": 1, "b": 3}, {"c": 2}), Offer({"a": 2}, {"c": 4})])

    assert group == Offer({"a": 2, "b": 3}, {"c": 4})


def test_the_distance_of_somebody_without_depth_is_not_known():
    assert cosine_distance({}, {"a": 1}) is None
    assert cosine_distance({"a": 3, "b": 4}, {"a": 3}) == pytest.approx(1 - 3 / 5)
