"""A member's page as one viewer sees it, its preview for other sites, and what the profile still lacks."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator

from cop.lib import markdown
from members import audience, places
from members.audience import may_see
from members.models import Member, MemberSkill, Persona
from members.queries.consents import has_given

FIELDS = (
    "headline", "pronouns", "biography", "town", "country", "time_zone", "languages", "organisation", "unit",
    "function", "sector", "tools", "workflows", "challenges", "motivations", "goals", "hours_per_week",
    "can_help_with", "looks_for",
)  # fmt: skip
FEWEST_SKILLS = 3
LONGEST_PREVIEW = 200
VISITOR, MEMBER = "visitor", "member"
Viewer = Member | AnonymousUser


class AnyMember(AnonymousUser):
    """Some signed-in member, to show an owner what such a one sees."""

    @property
    def is_authenticated(self) -> Any:
        return True


def stand_in(name: str, viewer: Viewer, owner: Member) -> Viewer:
    """Through whose eyes the page is shown: owners may look as a visitor or as a member, others only as themselves."""
    if viewer.pk != owner.pk:
        return viewer
    return {VISITOR: AnonymousUser(), MEMBER: AnyMember()}.get(name, viewer)


@dataclass(frozen=True)
class Seen:
    """What one viewer sees of a member. fields: the values; empty for what is empty or not shown."""

    person: Member
    fields: dict[str, Any]
    is_own: bool
    by_members: bool
    may: dict[str, bool]
    links: list[Any]
    communities: list[Any]

    @property
    def topics(self) -> list[str]:
        return [topic for part in self.fields["can_help_with"].split(",") if (topic := part.strip())]

    @property
    def place(self) -> str:
        country = places.country_names().get(self.fields["country"], "")
        return ", ".join(part for part in (self.fields["town"], country) if part)

    @property
    def work(self) -> str:
        return ", ".join(part for part in (self.fields["unit"], self.fields["organisation"]) if part)

    @property
    def function(self) -> str:
        return str(self.person.get_function_display()) if self.fields["function"] else ""

    @property
    def sector(self) -> str:
        return str(self.person.get_sector_display()) if self.fields["sector"] else ""

    @property
    def languages(self) -> str:
        names = places.language_names()
        return ", ".join(names.get(code, code) for code in self.fields["languages"] or [])

    @property
    def now_there(self) -> datetime | None:
        zone = self.fields["time_zone"]
        return timezone.now().astimezone(zoneinfo.ZoneInfo(zone)) if zone else None

    @property
    def has_facts(self) -> bool:
        facts = (
            self.work,
            self.function,
            self.sector,
            self.languages,
            self.now_there,
            self.fields["tools"],
            self.links,
        )
        return any(facts) or self.persona is not None

    @property
    def persona(self) -> Persona | None:
        """The persona, where the viewer is signed in and the person lets it be seen."""
        found: Persona | None = self.person.persona
        return found if self.by_members and self.may["persona"] else None

    @property
    def open_to(self) -> list[str]:
        """Shown to members, and not while the member has asked for a pause."""
        until = self.person.paused_until
        if not self.by_members or (until and until >= timezone.localdate()):
            return []
        wishes = {"mentoring": self.person.open_to_mentor, "working in a pair": self.person.open_to_pairing}
        return [words for words, is_open in wishes.items() if is_open]

    @property
    def aims(self) -> list[tuple[str, str]]:
        titles = {
            "workflows": "How I work", "challenges": "What I struggle with", "motivations": "Why I am here",
            "goals": "What I want next",
        }  # fmt: skip
        return [(title, self.fields[name]) for name, title in titles.items() if self.fields[name]]


def seen(member: Member, viewer: Viewer) -> Seen:
    """Two queries at most: the links and the communities, where the viewer may see them."""
    return Seen(
        person=member,
        fields={name: getattr(member, name) if may_see(member, name, viewer) else "" for name in FIELDS},
        is_own=viewer.pk is not None and viewer.pk == member.pk,
        by_members=bool(viewer.is_authenticated),
        may={part: may_see(member, part, viewer) for part in audience.USUAL},
        links=list(member.links.all()) if may_see(member, "links", viewer) else [],
        communities=_communities(member, viewer) if may_see(member, "communities", viewer) else [],
    )


def _communities(member: Member, viewer: Viewer) -> list[Any]:
    """Communities whose own page the viewer may open; those that only their members see stand on the own page alone."""
    belongs = member.memberships.exclude(status="left").select_related("community").order_by("-is_primary", "joined_at")
    open_to = {"public", "members"} if viewer.is_authenticated else {"public"}
    is_own = viewer.pk is not None and viewer.pk == member.pk
    return [one.community for one in belongs if is_own or one.community.visibility in open_to]


@dataclass(frozen=True)
class Preview:
    """What other sites show of a link to the page: only what everybody may see."""

    title: str
    text: str
    picture: str


def preview(member: Member, *, community: str) -> Preview:
    """community: its name, for pages that let nothing else be seen."""
    nobody = AnonymousUser()
    text = member.headline if may_see(member, "headline", nobody) else ""
    if not text and may_see(member, "biography", nobody):
        text = " ".join(strip_tags(markdown.render(member.biography).html).split())
    text = Truncator(text or f"Member of {community}").chars(LONGEST_PREVIEW)
    return Preview(member.name, text, member.picture_for(nobody))


@dataclass(frozen=True)
class Ask:
    """One thing that suggestions need. address: where it is filled in."""

    name: str
    title: str
    why: str

    @property
    def address(self) -> str:
        return "/me/skills/" if self.name == "skills" else f"#id_{self.name}"


ASKED = [
    Ask("headline", "What you do, in one line", "others decide by it whether to write to you"),
    Ask("country", "Country", "rules for data differ by country, and so does good advice"),
    Ask("languages", "Languages", "a talk in one's own language goes deeper"),
    Ask("organisation", "Organisation", "groups are mixed across houses"),
    Ask("function", "Your kind of work", "somebody with the same work is a quick help"),
    Ask("sector", "Sector", "somebody from another sector sees what you do not"),
    Ask("tools", "Tools", "the quickest common ground"),
    Ask("challenges", "What you struggle with", "brings those together who share a problem, and those who solved it"),
    Ask("goals", "What you want next", "suggestions lead there"),
    Ask("can_help_with", "What you can help with", "questions find their way to you"),
    Ask("looks_for", "What you look for", "help finds its way to you"),
    Ask("hours_per_week", "Hours a week", "nobody is proposed for more than they have"),
    Ask("skills", "Three skills", "most suggestions begin with them"),
]


@dataclass(frozen=True)
class Completeness:
    """How far the profile goes for suggestions: what is there, and what is missing with the reason it is asked."""

    missing: list[Ask]
    total: int
    matching: bool

    @property
    def done(self) -> int:
        return self.total - len(self.missing)


def completeness(member: Member) -> Completeness:
    """Two queries: the number of skills, and whether the member agreed to be suggested to others."""
    skills = MemberSkill.objects.filter(member=member).count()
    has = {ask.name: getattr(member, ask.name, None) not in (None, "", []) for ask in ASKED}
    has["skills"] = skills >= FEWEST_SKILLS
    missing = [ask for ask in ASKED if not has[ask.name]]
    return Completeness(missing, len(ASKED), matching=has_given(member, "matching"))
