"""What the demo's people say about themselves: where they live, what they speak, use, want and show to whom."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from members.models import Member, MemberLink

BATCH = 2000

# Town: country, time zone, languages spoken there.
PLACES = {
    "Utrecht": ("NL", "Europe/Amsterdam", ["nl"]), "Porto": ("PT", "Europe/Lisbon", ["pt"]),
    "Gdansk": ("PL", "Europe/Warsaw", ["pl"]), "Lyon": ("FR", "Europe/Paris", ["fr"]),
    "Bergen": ("NO", "Europe/Oslo", ["no"]), "Torino": ("IT", "Europe/Rome", ["it"]),
    "Nairobi": ("KE", "Africa/Nairobi", ["sw"]), "Izmir": ("TR", "Europe/Istanbul", ["tr"]),
    "Leuven": ("BE", "Europe/Brussels", ["nl", "fr"]), "Malmo": ("SE", "Europe/Stockholm", ["sv"]),
    "Graz": ("AT", "Europe/Vienna", ["de"]), "Bilbao": ("ES", "Europe/Madrid", ["es", "eu"]),
    "Cork": ("IE", "Europe/Dublin", ["ga"]), "Tartu": ("EE", "Europe/Tallinn", ["et"]),
    "Brno": ("CZ", "Europe/Prague", ["cs"]), "Ghent": ("BE", "Europe/Brussels", ["nl"]),
    "Aarhus": ("DK", "Europe/Copenhagen", ["da"]), "Leipzig": ("DE", "Europe/Berlin", ["de"]),
    "Lagos": ("NG", "Africa/Lagos", ["ig"]), "Pune": ("IN", "Asia/Kolkata", ["hi", "mr"]),
    "Montreal": ("CA", "America/Toronto", ["fr"]), "Bogota": ("CO", "America/Bogota", ["es"]),
    "Kyoto": ("JP", "Asia/Tokyo", ["ja"]), "Athens": ("GR", "Europe/Athens", ["el"]),
}  # fmt: skip
NOWHERE = ("NL", "Europe/Amsterdam", ["nl"])
SECOND_LANGUAGES = ["fr", "de", "es", "ar", "pt", "uk", "tr"]

# Names as their bearers write them, for one made-up member in forty; by town, so that they live where they may.
OWN_SCRIPT = {
    "Athens": ["Ελένη Παπαδοπούλου", "Γιώργος Νικολάου"], "Kyoto": ["佐藤 美咲", "田中 健"],
    "Pune": ["श्रेया देशपांडे", "अर्जुन कुलकर्णी"], "Izmir": ["Çağla Öztürk", "Işıl Güneş"],
    "Malmo": ["Åsa Öberg", "محمد الفارسي"], "Gdansk": ["Łukasz Świątek", "Ольга Іваненко"],
    "Montreal": ["李小龙", "Zoë Côté"], "Leipzig": ["Jürgen Großmann", "نور حداد"],
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """What people who resemble one persona say."""

    functions: list[str]
    sectors: list[str]
    organisations: list[str]
    tools: list[str]
    workflows: list[str]
    challenges: list[str]
    motivations: list[str]
    goals: list[str]
    looks_for: list[str]
    hours: tuple[int, int]


KINDS = {
    "bart": Kind(
        ["architecture", "platform"], ["industry", "public"],
        ["Sint Lucas Hospitals", "Waterschap Vallei", "Nordhaven Logistics"],
        ["Ansible", "OpenShift", "RHEL", "Git", "Terraform", "PlantUML"],
        ["Designs on paper first, then in Git. Two people read every drawing."],
        ["Four generations of the same cluster, all in use."], ["To see designs of others before mine is poured."],
        ["A reference design for models on our own machines."], ["Somebody who has run a vector store for a year."],
        (4, 10),
    ),
    "kim": Kind(
        ["advice", "management"], ["public", "industry", "non-profit"],
        ["Province of Utrecht", "Kestrel Advice", "City of Aarhus"],
        ["LibreOffice", "Mermaid", "Jupyter", "Obsidian"],
        ["Concept first, then one afternoon of trying it by hand."],
        ["Ten strategies on paper and none that names what does not work."],
        ["I like to understand before I advise."], ["A strategy guide of twelve pages that a board reads."],
        ["Someone who has put a retrieval pipeline into a public office and can say what broke."], (2, 4),
    ),
    "adrian": Kind(
        ["platform", "operations"], ["industry"], ["Baltel Networks", "Fjord Telecom", "Grid Operations North"],
        ["ArgoCD", "OpenShift", "Vault", "Ansible", "GitLab", "Prometheus"],
        ["Trunk-based, every change by merge request, secrets never in Git."],
        ["Nothing may leave the building, so no public model helps."],
        ["Other people with the same rules, and their ways around the dull half."],
        ["A pipeline with a local model that our security team signs."],
        ["A second pair of eyes on prompts that read logs."], (4, 10),
    ),
    "sayed": Kind(
        ["operations"], ["industry", "public", "startup"], ["Havenbedrijf Gent", "Medlink Hosting", "Tramway Digital"],
        ["Bash", "Grafana", "Zabbix", "tmux", "Python", "Icinga"],
        ["On call every third week. What fixed it is written down the same day."],
        ["Forty alerts a night, three of them real."], ["Checked recipes that I can use this week."],
        ["Half as many alerts by summer."], ["Runbooks that somebody else has already tried."], (1, 2),
    ),
    "maria": Kind(
        ["security", "research"], ["academia", "public", "non-profit"],
        ["Institute for Open Standards", "University of Porto", "Privacy Desk"],
        ["Zotero", "R", "Markdown", "Jupyter"],
        ["Reads the system before the policy. Every checklist is tried on a real case."],
        ["Policies are written after the thing is built."], ["To see how models are really used."],
        ["A checklist that engineers fill in without being asked."], ["Real cases, with the names taken out."], (2, 4),
    ),
    "leo": Kind(
        ["founding", "development"], ["startup"], ["Werkplek", "Two Doors", "Self-employed"],
        ["TypeScript", "Django", "PostgreSQL", "Figma", "Fly.io", "SQLite"],
        ["Prototype on Monday, five users by Friday, most are closed after that."],
        ["Too many ideas, one pair of hands."], ["Teams that form in an evening."],
        ["A first paying customer before autumn."], ["Somebody who knows hospitals, or repair shops."], (4, 12),
    ),
}  # fmt: skip
PRONOUNS = {"maria": "she/her", "kim": "she/her", "adrian": "he/him", "leo": "he/him"}
BIOGRAPHY = (
    "{headline}.\n\nI came here because of one sentence: {motivation} What I bring is small and tried: "
    "{tools}. Ask me about it, best in the morning."
)
OPEN = dict.fromkeys(
    (
        "page",
        "headline",
        "pronouns",
        "biography",
        "town",
        "country",
        "can_help_with",
        "looks_for",
        "portfolio",
        "links",
    ),
    "public",
)


def fill(people: Iterable[Member], *, chance: random.Random, now: datetime) -> None:
    """Give people who are not saved yet what a profile holds: the named ones all of it, others most, some nearly none.

    chance: read, not used up, so that whatever is made afterwards stays the same with and without profiles."""
    own = random.Random()  # noqa: S311 - a demo, not a secret
    own.setstate(chance.getstate())
    own.random()
    for number, one in enumerate(people):
        is_named = not one.handle.startswith("member-")
        _place(one, own, number, is_named=is_named)
        kind = KINDS.get(one.persona.slug if one.persona else "kim", KINDS["kim"])
        if is_named or own.random() < 0.85:
            _work(one, kind, own)
        if is_named or own.random() < 0.6:
            _aims(one, kind, own)
        _availability(one, kind, own, now)
        _audiences(one, own, is_named=is_named)


def _place(one: Member, chance: random.Random, number: int, *, is_named: bool) -> None:
    country, zone, spoken = PLACES.get(one.town, NOWHERE)
    one.country, one.time_zone = country, zone
    one.languages = ["en", *spoken]
    if chance.random() < 0.25 and (second := chance.choice(SECOND_LANGUAGES)) not in one.languages:
        one.languages.append(second)
    if not is_named and number % 5 == 0 and one.town in OWN_SCRIPT:
        one.name = chance.choice(OWN_SCRIPT[one.town])
    one.pronouns = PRONOUNS.get(one.handle, chance.choice(["", "", "", "she/her", "he/him", "they/them"]))


def _work(one: Member, kind: Kind, chance: random.Random) -> None:
    one.function, one.sector = chance.choice(kind.functions), chance.choice(kind.sectors)
    one.organisation = chance.choice(kind.organisations)
    one.unit = chance.choice(["", "Platform team", "Operations", "Digital office"])
    one.tools = _some(kind.tools, 3, chance)
    one.workflows = chance.choice(kind.workflows)


def _aims(one: Member, kind: Kind, chance: random.Random) -> None:
    one.challenges, one.motivations = chance.choice(kind.challenges), chance.choice(kind.motivations)
    one.goals, one.looks_for = chance.choice(kind.goals), chance.choice(kind.looks_for)
    if not one.biography:
        one.biography = BIOGRAPHY.format(
            headline=one.headline.rstrip("."), motivation=one.motivations, tools=", ".join(one.tools) or "patience"
        )


def _availability(one: Member, kind: Kind, chance: random.Random, now: datetime) -> None:
    one.hours_per_week = chance.randint(*kind.hours) if chance.random() < 0.9 else None
    one.open_to_mentor = one.handle in ("adrian", "kim") or chance.random() < 0.2
    one.open_to_buddy = one.handle == "adrian"
    one.open_to_pairing = chance.random() < 0.35
    if one.handle.startswith("member-") and chance.random() < 0.03:
        one.paused_until = (now + timedelta(days=chance.randint(7, 60))).date()


def _audiences(one: Member, chance: random.Random, *, is_named: bool) -> None:
    """The named ones and one in ten show parts of their page to everybody; some show nobody their organisation."""
    if is_named or chance.random() < 0.1:
        one.audiences = dict(OPEN)
    if not is_named and chance.random() < 0.1:
        one.audiences = {**one.audiences, "organisation": "me"}


def _some(things: Sequence[str], number: int, chance: random.Random) -> list[str]:
    return chance.sample(things, min(number, len(things)))


def make_links(people: Iterable[Member]) -> None:
    """A page elsewhere for the named accounts, and for one in four of the others; nobody lives at any of them."""
    rows = [
        MemberLink(member=one, title="Notes and talks", url=f"https://{one.handle}.example/")
        for number, one in enumerate(people)
        if not one.handle.startswith("member-") or number % 4 == 0
    ]
    MemberLink.objects.bulk_create(rows, batch_size=BATCH)
