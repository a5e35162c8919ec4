import json

import pytest
from django.core.management import call_command

from cop.lib.errors import Refused
from members.jobs import award_badges
from members.models import BadgeAward, BadgeRule, Notice
from members.operations import badges, ledger
from tests.factories.members import ActFactory, MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db


def badge(slug, measure="acts", at_least=1, verbs=("review-given",), **fields):
    made = BadgeRule.objects.create(
        slug=slug, title=slug.capitalize(), text=f"For {slug}.", measure=measure, at_least=at_least, **fields
    )
    made.verbs.set([VerbFactory(slug=verb, kind="interaction", points=3) for verb in verbs])
    return made


def held(member):
    return sorted(BadgeAward.objects.filter(member=member).values_list("badge", flat=True))


@pytest.mark.parametrize(("reviews", "expected"), [(9, []), (10, ["ten-reviews"]), (11, ["ten-reviews"])])
def test_ten_reviews_give_the_badge(reviews, expected):
    badge("ten-reviews", at_least=10)
    member = MemberFactory()
    ActFactory.create_batch(reviews, actor=member)

    badges.award()

    assert held(member) == expected


@pytest.mark.parametrize(
    ("communities", "expected"),
    [(["a", "a"], []), (["a", ""], []), (["a", "b"], ["bridge"])],
    ids=["one community twice", "one and none", "two"],
)
def test_helps_in_two_communities_make_a_bridge_builder(communities, expected):
    badge("bridge", measure="communities", at_least=2)
    member = MemberFactory()
    for community in communities:
        ActFactory(actor=member, community=community)

    badges.award()

    assert held(member) == expected


def test_who_earns_a_badge_is_told_once():
    badge("hand")
    member = MemberFactory()
    ActFactory(actor=member)

    badges.award()
    badges.award()

    assert list(Notice.objects.filter(member=member).values_list("kind", "title")) == [
        ("badge-earned", "You earned the badge Hand")
    ]


def test_different_people_are_counted_once_each():
    badge("hand", measure="people", at_least=2)
    one, two, other = MemberFactory.create_batch(3)
    ActFactory.create_batch(3, actor=one, other=other)
    ActFactory(actor=two, other=other)
    ActFactory(actor=two, other=one)

    badges.award()

    assert (held(one), held(two)) == ([], ["hand"])


def test_what_was_taken_back_counts_for_no_badge():
    VerbFactory(slug="correction", points=0)
    badge("hand", measure="people", at_least=2)
    member = MemberFactory()
    acts = [ActFactory(actor=member, other=MemberFactory()) for _ in range(2)]
    ledger.reverse(acts[0], by=MemberFactory(), reason="By mistake")

    badges.award()

    assert held(member) == []


def test_a_badge_that_is_switched_off_is_not_awarded():
    badge("first", is_active=False)
    member = ActFactory().actor

    assert badges.award() == {}
    assert held(member) == []


def test_a_badge_stays_and_comes_once():
    badge("first")
    ActFactory.create_batch(3)

    first, again = badges.award(), badges.award()

    assert (first, again, BadgeAward.objects.count()) == ({"first": 3}, {}, 3)


@pytest.mark.parametrize("number", [1, 3])
def test_awarding_costs_the_same_whatever_the_number_of_members(number, django_assert_num_queries):
    badge("first")
    ActFactory.create_batch(number)

    with django_assert_num_queries(8):
        badges.award()


def test_the_job_and_the_command_say_how_many_were_awarded(capsys):
    badge("first")
    ActFactory.create_batch(2)

    call_command("award_badges", json=True, dry_run=True)
    dry, counts = json.loads(capsys.readouterr().out), award_badges()

    assert dry == {"awarded": {"first": 2}, "held": 2}
    assert counts == {"first": 2}


def test_only_its_owner_hides_a_badge(member):
    award = BadgeAward.objects.create(member=member, badge=badge("first"), reason="x")

    with pytest.raises(Refused, match="owner"):
        badges.show(award, seen=False, by=MemberFactory())


def test_a_hidden_badge_is_seen_by_its_owner_alone(member, member_client, organizer_client):
    BadgeAward.objects.create(member=member, badge=badge("first"), reason="x")

    member_client.post("/me/badges/first/", {"seen": "no"})
    own, others = (client.get(f"/members/{member.handle}/") for client in (member_client, organizer_client))
    member_client.post("/me/badges/first/", {"seen": "yes"})
    shown = organizer_client.get(f"/members/{member.handle}/")

    assert [("First" in page.content.decode()) for page in (own, others, shown)] == [True, False, True]
