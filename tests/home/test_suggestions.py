"""Suggestions on the start page: at most five, each with a reason, dismissed ones away for 90 days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cop.home.queries.suggestions import proposals
from members.models import Consent, MemberSkill, Skill, Suggestion
from members.operations import suggestions
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.events import EventFactory
from tests.factories.founding import FirstPostFactory
from tests.factories.members import MemberFactory, PersonaFactory
from tests.factories.modules import ItemProgressFactory, PublishedModuleFactory, SyllabusItemFactory

pytestmark = pytest.mark.django_db


def shown(member, **kwargs):
    return [(one.kind, one.title) for one in proposals(member, **kwargs)]


def consents(*members):
    for member in members:
        Consent.objects.create(member=member, purpose="matching", given=True)


@pytest.fixture
def learner():
    """Wishes for Ansible; Ada teaches it. Both agreed to matching."""
    learner, teacher = MemberFactory(name="Lee"), MemberFactory(name="Ada")
    ansible = Skill.objects.create(slug="ansible", title="Ansible")
    MemberSkill.objects.create(member=learner, skill=ansible, wants=3)
    MemberSkill.objects.create(member=teacher, skill=ansible, claimed=4, helps=True, depth=4)
    consents(learner, teacher)
    return learner


def test_who_can_teach_a_wished_skill_is_proposed_with_the_reason(learner):
    found = proposals(learner)

    assert [(one.kind, one.title) for one in found] == [("person", "Ada")]
    assert found[0].reason == "Can help with Ansible, which you wish to learn, and is willing to."


@pytest.mark.parametrize("who", ["Lee", "Ada"])
def test_nobody_is_proposed_without_both_consents(learner, who):
    Consent.objects.filter(member__name=who).update(given=False)

    assert shown(learner) == []


@pytest.mark.parametrize(
    "change",
    [{"in_directory": False}, {"is_active": False}, {"paused_until": timezone.localdate()}],
    ids=lambda change: next(iter(change)),
)
def test_who_is_hidden_gone_or_resting_is_not_proposed(learner, change):
    teacher = MemberSkill.objects.get(helps=True).member
    type(teacher).objects.filter(pk=teacher.pk).update(**change)

    assert shown(learner) == []


def test_a_dismissed_suggestion_is_gone_for_90_days(learner):
    now = timezone.now()
    teacher = MemberSkill.objects.get(helps=True).member
    suggestions.dismiss("person", str(teacher.pk), by=learner, now=now)

    assert shown(learner, now=now + timedelta(days=89)) == []
    assert shown(learner, now=now + timedelta(days=91)) == [("person", "Ada")]


def test_what_has_gone_is_not_suggested():
    member, event = MemberFactory(), EventFactory(title="Sprint", community=CommunityFactory())
    MembershipFactory(member=member, community=event.community)
    assert shown(member) == [("event", "Sprint")]

    type(event).objects.filter(pk=event.pk).update(status="cancelled")

    assert shown(member) == []


def test_the_community_that_suits_the_persona_is_proposed_until_it_is_joined():
    community = CommunityFactory(name="Platforms")
    member = MemberFactory(persona=PersonaFactory(community=community.slug))
    assert shown(member) == [("community", "Platforms")]

    MembershipFactory(member=member, community=community)

    assert shown(member) == []


def test_at_most_five_are_shown_and_no_kind_more_than_twice(learner):
    community = CommunityFactory()
    MembershipFactory(member=learner, community=community)
    for number in range(4):
        EventFactory(community=community, title=f"Event {number}")
        CommunityFactory(parent=community)

    kinds = [kind for kind, _ in shown(learner)]

    assert len(kinds) == 5
    assert max(kinds.count(kind) for kind in kinds) == 2


def test_showing_again_writes_nothing_new(learner):
    shown(learner)
    first = Suggestion.objects.get().shown_at

    shown(learner)

    assert Suggestion.objects.get().shown_at == first


def test_the_number_of_queries_does_not_grow(learner, django_assert_num_queries):
    community = CommunityFactory()
    MembershipFactory(member=learner, community=community)
    EventFactory(community=community)
    proposals(learner)
    with django_assert_num_queries(1):
        proposals(learner)
    for _ in range(3):
        EventFactory(community=community)
        CommunityFactory(parent=community)
    proposals(learner)

    with django_assert_num_queries(1):
        proposals(learner)


def test_the_page_shows_the_reason_and_a_button_that_keeps_it_away(learner, client):
    client.force_login(learner)
    teacher = MemberSkill.objects.get(helps=True).member
    assert "Can help with Ansible" in client.get("/dashboard/").text

    answer = client.post(f"/dashboard/suggestions/person/{teacher.pk}/dismiss/", follow=True)

    assert "It stays away for 90 days." in answer.text
    assert "Can help with Ansible" not in answer.text


def test_following_a_suggestion_is_noted_and_leads_there(learner, client):
    client.force_login(learner)
    teacher = MemberSkill.objects.get(helps=True).member
    client.get("/dashboard/")

    answer = client.get(f"/dashboard/suggestions/person/{teacher.pk}/?next=/members/{teacher.handle}/")

    assert answer["Location"] == f"/members/{teacher.handle}/"
    assert Suggestion.objects.get().acted_at is not None


def test_a_suggestion_leads_to_no_other_site(member_client):
    answer = member_client.get("/dashboard/suggestions/person/1/?next=https://evil.example/")

    assert answer["Location"] == "/dashboard/"


@pytest.mark.parametrize(("in_directory", "title"), [(True, "Answer Lee Roth"), (False, "Answer a newcomer")])
def test_a_waiting_first_post_is_proposed_and_a_hidden_author_not_named(in_directory, title):
    post = FirstPostFactory(member__name="Lee Roth", member__in_directory=in_directory)
    inside = MembershipFactory(community=post.community).member

    (found,) = [one for one in proposals(inside) if one.kind == "first-post"]

    assert (found.title, found.address) == (title, post.get_absolute_url())


def test_an_event_of_a_community_that_the_member_does_not_know_is_not_proposed():
    module = PublishedModuleFactory()
    item = SyllabusItemFactory(module=module)
    member = MemberFactory()
    ItemProgressFactory(member=member, item=item)
    EventFactory(title="Hidden", module=module, community=CommunityFactory(visibility="own"))
    EventFactory(title="Open", module=module)

    assert [one.title for one in proposals(member) if one.kind == "event"] == ["Open"]
