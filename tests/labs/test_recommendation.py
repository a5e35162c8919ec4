import itertools
import random
from fractions import Fraction

import pytest

from labs.graphs import closure, find_circle
from labs.recommendation import Candidate, Closing, gaps, recommend
from modules.queries.ceilings import Ceiling

FIXTURE = [
    Candidate("article:rag/concept", 15, {"retrieval": 1}),
    Candidate("lab:search", 50, {"retrieval": 2, "semantic-search": 2}, ("article:rag/concept",), 4.5),
    Candidate("lab:measure", 40, {"retrieval": 2, "model-evaluation": 2}, ("article:rag/concept",), 4.0),
    Candidate("article:ai/concept", 20, {"language-models": 1}),
    Candidate("lab:local", 40, {"local-models": 2}, ("article:ai/concept",), 3.0, "local-only"),
    Candidate("lab:cloud", 20, {"local-models": 2}, (), 5.0, "public-service"),
    Candidate("resource:course", 600, {"retrieval": 3}, (), 5.0),
]  # fmt: skip
GOAL = {"retrieval": 2, "model-evaluation": 2, "local-models": 2}


def keys(plan):
    return [pick.candidate.key for pick in plan.picks]


def test_the_gap_vector_holds_what_is_missing_and_no_surplus():
    assert gaps({"git": 2, "sql": 3, "python": 1}, {"git": 2, "sql": 1.5, "python": 4}) == {"sql": 1.5}


def test_the_order_of_the_fixture_is_exact_and_each_item_says_which_gap_it_closes():
    plan = recommend(GOAL, {}, FIXTURE, allows=Ceiling("local-only").allows)

    assert keys(plan) == ["article:rag/concept", "lab:measure", "article:ai/concept", "lab:local"]
    assert [(pick.closes, pick.for_key) for pick in plan.picks] == [
        ([Closing("retrieval", 1, 2)], ""),
        ([Closing("model-evaluation", 2, 2), Closing("retrieval", 1, 2)], ""),
        ([], "lab:local"),
        ([Closing("local-models", 2, 2)], ""),
    ]
    assert (plan.gaps, plan.left) == (GOAL, {})


def test_without_a_ceiling_the_shorter_way_is_taken():
    assert keys(recommend(GOAL, {}, FIXTURE)) == ["lab:cloud", "article:rag/concept", "lab:measure"]


def test_finished_items_are_left_out_and_open_what_needs_them():
    plan = recommend(GOAL, {}, FIXTURE, finished=["article:rag/concept", "lab:cloud"])

    assert keys(plan) == ["lab:measure", "article:ai/concept", "lab:local"]


def test_a_goal_that_is_met_leaves_nothing_to_learn():
    plan = recommend({"retrieval": 2}, {"retrieval": 2.4}, FIXTURE)

    assert (plan.is_met, plan.picks, plan.left) == (True, [], {})


def test_what_no_item_teaches_stays_open():
    plan = recommend({"retrieval": 4, "cooking": 1}, {}, FIXTURE)

    assert keys(plan) == ["article:rag/concept", "lab:measure", "resource:course"]
    assert plan.left == {"retrieval": 1, "cooking": 1}


def test_ties_go_to_higher_usefulness_then_to_the_key():
    same = [Candidate(key, 30, {"git": 1}, (), useful) for key, useful in [("b", 3.0), ("c", 4.0), ("a", 3.0)]]

    assert keys(recommend({"git": 1}, {}, same)) == ["c"]
    assert keys(recommend({"git": 1}, {}, [one for one in same if one.key != "c"])) == ["a"]


def test_what_needs_something_above_the_ceiling_is_left_out_unless_that_is_finished():
    items = [Candidate("a", 10, {}, (), 0, "public-service"), Candidate("b", 10, {"git": 1}, ("a",))]
    local = Ceiling("local-only").allows

    assert keys(recommend({"git": 1}, {}, items, allows=local)) == []
    assert keys(recommend({"git": 1}, {}, items, allows=local, finished=["a"])) == ["b"]


def test_what_needs_something_unknown_is_left_out():
    assert keys(recommend({"git": 1}, {}, [Candidate("b", 10, {"git": 1}, ("gone",))])) == []


def test_a_chain_of_2000_is_no_trouble():
    chain = [
        Candidate(f"n{n:04}", 1, {"git": 1} if n == 1999 else {}, (f"n{n - 1:04}",) if n else ()) for n in range(2000)
    ]

    assert keys(recommend({"git": 1}, {}, chain)) == [f"n{n:04}" for n in range(2000)]


@pytest.mark.parametrize("seed", range(60))
def test_each_choice_is_the_best_of_all_as_brute_force_finds_it(seed):
    """The oracle walks over all sets of items that stand on their own feet, instead of looking at requirements."""
    chance = random.Random(seed)
    skills = ["git", "sql", "python"]
    items = []
    for n in range(6):
        teaches = {skill: chance.randint(1, 3) for skill in chance.sample(skills, chance.randint(0, 2))}
        needs = tuple(f"i{m}" for m in range(n) if chance.random() < 0.25)
        exposure = chance.choice(["none", "none", "local-only", "public-service"])
        items.append(
            Candidate(f"i{n}", chance.choice([10, 20, 30]), teaches, needs, chance.choice([0, 3, 4]), exposure)
        )
    goal, own = {skill: chance.randint(0, 3) for skill in skills}, {"git": chance.choice([0, 1, 1.5])}
    finished = [one.key for one in items if chance.random() < 0.15]

    plan = recommend(goal, own, items, finished=finished, allows=Ceiling("on-premises").allows)

    assert keys(plan) == brute_force(goal, own, items, finished)
    places = {key: place for place, key in enumerate(keys(plan))}
    assert all(
        need in finished or places[need] < places[pick.candidate.key]
        for pick in plan.picks for need in pick.candidate.needs
    )  # fmt: skip


def brute_force(goal, own, items, finished):
    order, done, depths = [], set(finished), dict(own)
    while choice := best_choice(goal, depths, [one for one in items if one.key not in done], done):
        left = list(choice)
        while left:
            one = next(one for one in left if set(one.needs) <= done)
            left.remove(one)
            done.add(one.key)
            order.append(one.key)
            depths |= {s: max(depths.get(s, 0), min(depth, goal.get(s, 0))) for s, depth in one.teaches.items()}
    return order


def best_choice(goal, depths, left, done):
    """Of all heads with the smallest set that stands on its own feet, the one with the best ratio."""
    free = [one for one in left if one.exposure != "public-service"]
    sets = [some for size in range(1, len(free) + 1) for some in itertools.combinations(free, size)]
    standing = [some for some in sets if all(set(one.needs) <= done | {o.key for o in some} for one in some)]
    ranked = []
    for head in free:
        some = min((each for each in standing if head in each), key=len, default=())
        if gain := closed(goal, depths, some):
            ranked.append((-gain / sum(one.minutes for one in some), -head.usefulness, head.key, some))
    return min(ranked, key=lambda one: one[:3])[3] if ranked else ()


def closed(goal, depths, some):
    total = Fraction(0)
    for skill, wanted in goal.items():
        reached = min(wanted, max((one.teaches.get(skill, 0) for one in some), default=0))
        total += max(Fraction(0), Fraction(reached) - Fraction(depths.get(skill, 0)))
    return total


def test_a_circle_is_found_and_a_graph_without_one_is_not():
    assert find_circle({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}) == []
    assert find_circle({"x": ["a"], "a": ["b"], "b": ["c"], "c": ["a"]}) == ["a", "b", "c", "a"]


def test_the_closure_stands_in_an_order_that_can_be_walked():
    needs = {"d": ["b", "c"], "c": ["a"], "b": ["a"], "a": []}

    assert closure("d", needs) == ["a", "b", "c", "d"]
    assert closure("d", needs, without=["b"]) == ["a", "c", "d"]


def test_a_circle_has_no_closure():
    with pytest.raises(ValueError, match="needs itself"):
        closure("a", {"a": ["b"], "b": ["a"]})
