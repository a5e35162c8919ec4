"""The six named accounts, and as many made-up members as wanted, written in bulk."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from communities.models import Community, Membership
from cop.home.demo import names, profiles
from members.models import ConductAcceptance, ConductVersion, Member, Persona, PlacementAnswer

PASSWORD = "demo"  # noqa: S105 - the demo's own, printed in its banner
BATCH = 2000
FOUNDED = 200  # days ago


@dataclass(frozen=True)
class Account:
    """A named account of the demo."""

    handle: str
    name: str
    role: str
    headline: str
    town: str
    help: str
    quote: str = ""
    is_staff: bool = False
    is_superuser: bool = False


ACCOUNTS = [
    Account(
        "bart", "Bart de Wit", "organizer", "Designs platforms on bare metal and founded this community", "Utrecht",
        "OpenShift, Ansible, reference designs", is_staff=True, is_superuser=True,
    ),
    Account(
        "maria", "Maria Santos", "committee member and organizer of governance", "Ethics and governance lead", "Porto",
        "privacy checks, policy texts, standards", is_staff=True,
    ),
    Account(
        "adrian", "Adrian Kowalski", "Mentor", "DevOps engineer in a telecom platform team", "Gdansk",
        "GitOps, secrets handling, local models",
        quote="Our policy forbids public models. I thought that was the end of it. Here I found labs that never "
        "leave my laptop.",
    ),
    Account(
        "kim", "Kim Vermeer", "Builder", "Writes AI strategy that a board can read in ten minutes", "Utrecht",
        "strategy papers, plain writing, facilitation",
        quote="I do not write code. I read the concept first, then did the lab with a colleague. Now my strategy "
        "papers name what works.",
    ),
    Account(
        "sayed", "Sayed Rahimi", "Explorer", "Keeps services up and writes down what fixed them", "Ghent",
        "runbooks, alerts, quick checks",
    ),
    Account(
        "leo", "Leo Moreau", "Partner", "Built two products, looks for the third", "Lyon",
        "prototypes, first customers, front ends",
    ),
]  # fmt: skip


def make_people(number: int, *, chance: random.Random, now: datetime) -> list[Member]:
    """The named accounts first, then made-up members until there are `number`; all confirmed and placed.

    number: of members in all, at least the six. chance: the only source of chance. now: the demo's today.
    """
    personas = {persona.slug: persona for persona in Persona.objects.all()}
    password = make_password(PASSWORD)
    people = [_named(account, personas, password, now) for account in ACCOUNTS]
    people += [_made_up(n, personas, password, chance, now) for n in range(1, number - len(people) + 1)]
    profiles.fill(people, chance=chance, now=now)
    Member.objects.bulk_create(people, batch_size=BATCH)
    profiles.make_links(people)
    _confirm(people, now)
    _place(people)
    return people


def _named(account: Account, personas: dict[str, Persona], password: str, now: datetime) -> Member:
    return Member(
        handle=account.handle, email=f"{account.handle}@demo.invalid", name=account.name, headline=account.headline,
        town=account.town, can_help_with=account.help, quote=account.quote, quote_on_home=bool(account.quote),
        persona=personas.get(account.handle), in_directory=True, hello=f"{account.headline}.",
        is_staff=account.is_staff, is_superuser=account.is_superuser, password=password,
        joined_at=now - timedelta(days=FOUNDED),
    )  # fmt: skip


def _made_up(n: int, personas: dict[str, Persona], password: str, chance: random.Random, now: datetime) -> Member:
    persona = chance.choice(sorted(personas)) if personas else "kim"
    return Member(
        handle=f"member-{n:04d}", email=f"member-{n:04d}@demo.invalid",
        name=f"{chance.choice(names.FIRST)} {chance.choice(names.LAST)}", headline=chance.choice(names.WORK[persona]),
        town=chance.choice(names.TOWNS), can_help_with=", ".join(chance.sample(names.TOPICS[persona], 2)),
        persona=personas.get(persona), in_directory=chance.random() < 0.85, password=password,
        hello=chance.choice(names.HELLOS),
        joined_at=now - timedelta(days=1 + chance.random() ** 2 * (FOUNDED - 10), minutes=chance.randrange(1440)),
    )  # fmt: skip


def _confirm(people: list[Member], now: datetime) -> None:
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people), batch_size=BATCH
    )
    version = ConductVersion.objects.order_by("-in_force_at").first()
    if version:
        ConductAcceptance.objects.bulk_create(
            (ConductAcceptance(member=one, version=version.version, at=one.joined_at) for one in people),
            batch_size=BATCH,
        )
    PlacementAnswer.objects.bulk_create(
        (PlacementAnswer(member=one, chosen=one.persona, at=one.joined_at) for one in people), batch_size=BATCH
    )


def _place(people: list[Member]) -> None:
    """Everybody belongs to the community that suits their persona; Bart and Maria lead one."""
    communities = {community.slug: community for community in Community.objects.all()}
    rows = []
    for one in people:
        community = communities.get(one.persona.community) if one.persona else None
        if community:
            role = Membership.Role.LEAD if one.handle in ("bart", "maria", "sayed") else Membership.Role.MEMBER
            rows.append(
                Membership(member=one, community=community, role=role, is_primary=True, joined_at=one.joined_at)
            )
    Membership.objects.bulk_create(rows, batch_size=BATCH)
