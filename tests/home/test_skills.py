"""The starter list of skills, the step of the Welcome Kit, acts that show a skill, and the demo's skills."""

import pytest
from django.test import Client

from events.operations.attendance import mark_attended
from labs.operations.running import start
from members.models import Activity, Endorsement, MemberSkill, Skill, Validation
from members.queries.skills import key_of
from members.queries.welcome import kit
from modules.models import Module
from modules.operations.progress import complete
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.members import MemberFactory
from tests.home.conftest import NOW

pytestmark = pytest.mark.django_db


def test_the_starter_list_has_skills_in_areas_and_each_can_be_shown(community):
    skills = list(Skill.objects.accepted())
    modules = set(Module.objects.values_list("slug", flat=True))

    assert len(skills) == 44
    assert len({skill.area for skill in skills}) == 8
    assert all(skill.topics and set(skill.topics) <= modules and skill.text for skill in skills)


def test_no_name_of_the_starter_list_means_two_skills(community):
    names = [key for skill in Skill.objects.all() for key in {key_of(skill.title), *map(key_of, skill.aliases)}]

    assert len(names) == len(set(names))


def test_three_skills_and_a_wish_tick_the_step_of_the_welcome_kit(community):
    member = MemberFactory()
    client = Client()
    client.force_login(member)
    for name, wants in [("k8s", "0"), ("Bash", "3"), ("Beekeeping", "0")]:
        assert client.post("/me/skills/", {"name": name, "claimed": "2", "wants": wants}).status_code == 302

    step = next(one for one in kit(member).steps if one.step.slug == "skills")
    assert (step.state, step.step.address) == ("done", "/me/skills/")


def test_what_members_learn_and_visit_carries_its_topic(community):
    member, module = MemberFactory(), Module.objects.get(slug="infrastructure-automation")
    complete(module.items.get(kind="concept"), by=member)
    start(module.labs.first(), by=member)
    event = EventFactory(module=module, starts_at=NOW.replace(year=2025))
    mark_attended(RegistrationFactory(member=member, event=event), by=MemberFactory(is_staff=True))

    topics = dict(Activity.objects.filter(actor=member).values_list("verb", "topic"))
    assert {topics[verb] for verb in ("article-read", "lab-started", "event-attended")} == {module.slug}


def test_the_demo_has_skills_with_words_and_depth(demo):
    adrian = MemberSkill.objects.filter(member__handle="adrian", skill__slug="secrets-handling").get()
    assert adrian.depth >= 3
    assert Endorsement.objects.count() > 20
    assert set(Validation.objects.values_list("by__handle", flat=True)) == {"adrian"}
    assert Skill.objects.filter(state="proposed").count() == 2
