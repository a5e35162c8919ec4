import io
from typing import Any

import factory
from factory.django import DjangoModelFactory
from PIL import Image

from members.models import MemberLink
from tests.factories.members import MemberFactory


class FilledMemberFactory(MemberFactory):
    """A member who has filled in the whole profile, each field with its own name as the text."""

    headline = "headline-text"
    pronouns = "they/them"
    biography = "biography-text"
    town = "town-text"
    country = "PT"
    time_zone = "Europe/Lisbon"
    languages = ["pt", "en"]
    organisation = "organisation-text"
    unit = "unit-text"
    function = "security"
    sector = "startup"
    tools = ["tools-text"]
    workflows = "workflows-text"
    challenges = "challenges-text"
    motivations = "motivations-text"
    goals = "goals-text"
    can_help_with = "help-text"
    looks_for = "looks-text"
    hours_per_week = 37


class MemberLinkFactory(DjangoModelFactory):
    class Meta:
        model = MemberLink

    member = factory.SubFactory(MemberFactory)
    order = factory.Sequence(int)
    url = factory.Sequence(lambda number: f"https://example.org/{number}")
    title = "links-text"


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 300), colour: Any = "red", **options: Any) -> bytes:
    """A file with one colour, as somebody would upload it."""
    file = io.BytesIO()
    Image.new(options.pop("mode", "RGB"), size, colour).save(file, kind, **options)
    return file.getvalue()
