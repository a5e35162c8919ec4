"""How the profile form is divided: its headings, and which field has which kind of audience."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """fixed: who sees it, where that is no choice; otherwise its owner chooses."""

    name: str
    fixed: str = ""

    @property
    def chosen(self) -> bool:
        return not self.fixed


@dataclass(frozen=True)
class Section:
    slug: str
    title: str
    why: str
    rows: list[Field]


WHO_SEES_THE_PAGE = "As your page"
MEMBERS_SEE = "Members"
NOBODY_SEES = "Only you"
HOME_PAGE = "Everybody, once you let it stand on the home page"

SECTIONS = [
    Section("who", "Who you are", "A name and one line are enough to begin with.", [
        Field("name", WHO_SEES_THE_PAGE), Field("handle", WHO_SEES_THE_PAGE), Field("pronouns"), Field("headline"),
        Field("biography"),
    ]),
    Section("where", "Where you are", "Decides the times you see, who shares your hours and who your language.", [
        Field("country"), Field("town"), Field("time_zone"), Field("languages"),
    ]),
    Section("work", "What you work on", "Brings together people with the same work, and people with quite another.", [
        Field("organisation"), Field("unit"), Field("function"), Field("sector"), Field("tools"), Field("workflows"),
    ]),
    Section("aims", "What moves you", "Only suggestions use it. Others see it only if you let them.", [
        Field("challenges"), Field("motivations"), Field("goals"),
    ]),
    Section("give", "What you give and look for", "How others find you for the right thing, and leave you in peace.", [
        Field("can_help_with"), Field("looks_for"), Field("hours_per_week"), Field("open_to_mentor", MEMBERS_SEE),
        Field("open_to_pairing", MEMBERS_SEE), Field("open_to_buddy", NOBODY_SEES),
        Field("paused_until", NOBODY_SEES),
    ]),
    Section("word", "A word on the community", "It may help somebody who wonders whether to come.", [
        Field("quote", HOME_PAGE), Field("quote_on_home", HOME_PAGE),
    ]),
]  # fmt: skip

# Parts of the own page that are no field of this form, each with its words.
PAGE_PARTS = [
    ("page", "your page"), ("picture", "your picture"), ("skills", "your skills"), ("communities", "your communities"),
    ("portfolio", "your portfolio"), ("persona", "your persona"), ("acts", "what you did here"),
]  # fmt: skip
