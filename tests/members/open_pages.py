"""A member whose page shows everything, and which of its parts somebody sees."""

from __future__ import annotations

from members.audience import USUAL
from members.models import Member
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.profiles import FilledMemberFactory, MemberLinkFactory

# Each part of a page, with words that stand on it only where this part is shown.
WORDS = {
    "headline": "headline-text", "pronouns": "they/them", "biography": "biography-text", "town": "town-text",
    "country": "Portugal", "time_zone": "Europe/Lisbon", "languages": "Portuguese", "organisation": "organisation-text",
    "unit": "unit-text", "function": "Security and privacy", "sector": "Startup", "tools": "tools-text",
    "workflows": "workflows-text", "challenges": "challenges-text", "motivations": "motivations-text",
    "goals": "goals-text", "hours_per_week": "37 hours", "can_help_with": "help-text", "looks_for": "looks-text",
    "links": "links-text", "communities": "Quiet Gardeners", "picture": "/picture/?v=abc",
}  # fmt: skip


def everything(audience: str, **more: str) -> Member:
    person = FilledMemberFactory(
        handle="kim", name="Kim Vermeer", picture_version="abc", audiences=dict.fromkeys(USUAL, audience) | more
    )
    MemberLinkFactory(member=person)
    MembershipFactory(member=person, community=CommunityFactory(name="Quiet Gardeners"))
    return person


def parts_on(page: str) -> set[str]:
    return {part for part, words in WORDS.items() if words in page}
