"""People for the tests of the directory, in the words of these tests."""

from __future__ import annotations

from typing import Any

from django.test import Client

from members.models import Level, LevelAward, Member, MemberSkill, Skill
from members.operations.directory_rebuild import rebuild
from tests.factories.members import MemberFactory


def knows(member: Member, slug: str, depth: int, **fields: Any) -> Member:
    skill, _ = Skill.objects.get_or_create(slug=slug, defaults={"title": slug.capitalize()})
    MemberSkill.objects.create(member=member, skill=skill, claimed=depth, **fields)
    return member


def holds(member: Member, slug: str) -> Member:
    level, _ = Level.objects.get_or_create(
        slug=slug, defaults={"title": slug.capitalize(), "order": Level.objects.count() + 1}
    )
    LevelAward.objects.create(member=member, level=level, reason="earned")
    return member


def names(client: Client, query: str, *, anew: bool = True) -> list[str]:
    """Who stands on the directory's page with this query, in its order."""
    if anew:
        rebuild()
    return [card.person.name for card in client.get(f"/members/{query}").context["cards"]]


def person(name: str, **fields: Any) -> Member:
    made: Member = MemberFactory(name=name, **fields)
    return made


def counts(client: Client, query: str, facet: str) -> dict[str, int]:
    """The number beside each value of a facet, also where the page says “few”."""
    found = client.get(f"/members/{query}").context["found"]
    choices = next((one for one in found.facets() if one.facet.name == facet), None)
    return {one.value: one.people for one in [*choices.first, *choices.more]} if choices else {}
