from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from members.models import Activity, ConductAcceptance, ConductVersion, Level, Member, Persona, Verb


class VerbFactory(DjangoModelFactory):
    class Meta:
        model = Verb
        django_get_or_create = ("slug",)

    slug = "lab-completed"
    kind = "learning"
    points = 2
    title = factory.LazyAttribute(lambda verb: verb.slug.replace("-", " "))


def add_verbs(points: dict[str, int], *, kind: str = "learning") -> None:
    """Verbs and their points, in one statement; those that are there stay as they are."""
    rows = [VerbFactory.build(slug=slug, points=each, kind=kind) for slug, each in points.items()]
    Verb.objects.bulk_create(rows, ignore_conflicts=True)


class MemberFactory(DjangoModelFactory):
    """A confirmed member who accepted whatever code of conduct counts."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Member {number}")
    email = factory.Sequence(lambda number: f"member-{number}@example.org")
    handle = factory.Sequence(lambda number: f"member-{number}")
    password = "!"
    in_directory = True

    @factory.post_generation
    def accepts_conduct(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if not create or extracted is False:
            return
        if current := ConductVersion.objects.order_by("-in_force_at").first():
            ConductAcceptance.objects.create(member=self, version=current.version)


class PersonaFactory(DjangoModelFactory):
    class Meta:
        model = Persona

    slug = factory.Sequence(lambda number: f"persona-{number}")
    name = "Kim"
    title = factory.LazyAttribute(lambda persona: f"Title of {persona.slug}")


class LevelFactory(DjangoModelFactory):
    class Meta:
        model = Level
        django_get_or_create = ("slug",)

    slug = "builder"
    order = 2
    title = factory.LazyAttribute(lambda level: level.slug.capitalize())
    rule_text = "As the rules say."


class ActFactory(DjangoModelFactory):
    """A row of the ledger, written as the site would; the verb is made where there is none."""

    class Meta:
        model = Activity

    actor = factory.SubFactory(MemberFactory)
    verb = factory.SubFactory(VerbFactory, slug="review-given", kind="interaction", points=3)
    object_kind = "thing"
    object_key = factory.Sequence(lambda number: f"thing-{number}")
    object_title = "A thing"
    occurred_at = factory.LazyFunction(timezone.now)
    recorded_at = factory.LazyFunction(timezone.now)
    points = factory.LazyAttribute(lambda act: act.verb.points)
    dedupe_key = factory.Sequence(lambda number: f"factory:{number}")
