from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from members.models import Activity, Endorsement, LevelAward, MemberSkill, Skill, Validation
from members.operations import ledger
from tests.factories.members import LevelFactory, MemberFactory, VerbFactory, add_verbs


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda number: f"skill-{number}")
    title = factory.LazyAttribute(lambda skill: skill.slug.replace("-", " ").capitalize())
    area = "Operations"
    text = "Known by what it does."


class MemberSkillFactory(DjangoModelFactory):
    class Meta:
        model = MemberSkill

    member = factory.SubFactory(MemberFactory)
    skill = factory.SubFactory(SkillFactory)


class EndorsementFactory(DjangoModelFactory):
    """A word on a skill, written past the rules."""

    class Meta:
        model = Endorsement

    member = factory.SubFactory(MemberFactory)
    by = factory.SubFactory(MemberFactory)
    skill = factory.SubFactory(SkillFactory)
    level = 3
    sentence = "Explained it to me so that I could go on alone."
    shared = "“A webinar” (came to an event)"


class ValidationFactory(DjangoModelFactory):
    """A judgement of now that ends in 700 days, written past the rules."""

    class Meta:
        model = Validation

    member = factory.SubFactory(MemberFactory)
    by = factory.SubFactory(MemberFactory)
    skill = factory.SubFactory(SkillFactory)
    evidence = "https://example.org/work"
    level = 3
    decision = "shown"
    note = "I read it and ran it."
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=700))


def act_on(member: Any, topic: str, *, points: int = 2, days: float = 0, now: Any = None, **fields: Any) -> Activity:
    """An act of so many points on a topic, so many days ago."""
    VerbFactory()
    at = (now or timezone.now()) - timedelta(days=days)
    key = f"{topic}-{Activity.objects.count()}"
    wanted = {"kind": "lab", "key": key, "title": f"Lab {key}", "topic": topic, "points": points, "at": at}
    made = ledger.record("lab-completed", by=member, **wanted | fields)
    assert made
    return made


def worked_together(one: Any, other: Any) -> None:
    """Both came to the same event."""
    VerbFactory(slug="event-attended", kind="participation", title="came to an event")
    for member in (one, other):
        ledger.record("event-attended", by=member, kind="event", key="small-workshop", title="Small workshop")


def make_mentor(member: Any) -> None:
    LevelAward.objects.create(member=member, level=LevelFactory(slug="mentor", order=3), reason="Five helps")


def skill_verbs() -> None:
    slugs = ("skills-named", "skill-endorsed", "skill-validated", "correction")
    add_verbs(dict.fromkeys(slugs, 0), kind="interaction")
