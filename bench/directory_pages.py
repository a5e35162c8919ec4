"""A process with one database: plants so many members, then answers each line it is given with one of JSON.

The name of a kind of page is answered by its seconds, an empty line by the number of queries of every kind."""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Model  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.text import slugify  # noqa: E402

from bench import vocabulary as v  # noqa: E402
from communities.models import Community, Membership  # noqa: E402
from members.models import (  # noqa: E402
    ConductAcceptance,
    ConductVersion,
    LevelAward,
    Member,
    MemberSkill,
    Persona,
    Skill,
)
from members.operations.directory import sweep, touch  # noqa: E402
from members.operations.directory_rebuild import rebuild  # noqa: E402

TIMES = 3
KINDS = {
    "all": "",
    "page 30": "?page=30",
    "skill": "?skill=ansible",
    "skill at a least depth": "?skill=python&depth=3",
    "language": "?language=en",
    "overlapping hours": "?overlap=4",
    "hours a week": "?hours=2",
    "open to mentoring": "?open=mentor",
    "community": "?community={community}",
    "level": "?level=builder",
    "persona": "?persona={persona}",
    "function": "?function=data",
    "sector": "?sector=public",
    "country": "?country=NL",
    "two common filters": "?language=en&overlap=2",
    "three filters": "?skill=ansible&language=nl&overlap=6",
    "four filters, page 2": "?language=en&overlap=2&hours=1&level=explorer&page=2",
    "five filters": "?skill=ansible&skill=python&language=en&overlap=2&hours=2",
    "a common word": "?q=platforms",
    "a first name": "?q=maria",
    "a name with a slip": "?q=tomaz+nowak",
    "the beginning of a word": "?q=kub",
    "a topic with a slip": "?q=observabilty",
    "two words": "?q=maria+utrecht",
    "words and filters": "?q=gitops&language=en&overlap=2",
    "nobody": "?q=zzzqqq&language=nl",
}


def plant(number: int) -> dict[str, float]:
    """Members with all that the directory knows, the same for the same number; everybody but a few is in it."""
    began = time.monotonic()
    call_command("load_starter_content", verbosity=0)
    chance = random.Random(11)
    personas = list(Persona.objects.order_by("pk"))
    fields = [field for field in Member._meta.concrete_fields if not field.primary_key]
    copy(
        Member, " ".join(field.column for field in fields),
        ([field.get_db_prep_save(field.value_from_object(one), connection) for field in fields]
         for one in (someone(chance, n, personas) for n in range(number))),
    )  # fmt: skip
    people = list(Member.objects.order_by("pk").values_list("pk", flat=True))
    hang_on(people, chance)
    planted = time.monotonic() - began
    began = time.monotonic()
    built = rebuild()
    rebuilt = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"in the directory": built.members, "sets": built.sets, "seconds to plant": round(planted, 1),
            "seconds to rebuild the index": round(rebuilt, 2), "MB of the index": size_of_index(),
            "ms until a change is in the index": one_change(people[number // 2])}  # fmt: skip


def someone(chance: random.Random, number: int, personas: list[Persona]) -> Member:
    name = "Tomasz Nowak" if number % 100 == 7 else f"{chance.choice(v.FIRST)} {v.surname(chance)}"
    return Member(
        handle=f"member-{number}", email=f"member-{number}@demo.invalid", name=name,
        headline=f"{chance.choice(v.DOES)} {chance.choice(v.WHAT)} for {chance.choice(v.WHERE)}",
        town=v.often(chance, v.TOWNS)[0], can_help_with=", ".join(chance.sample(v.TOPICS, 2)),
        languages=v.often(chance, v.LANGUAGES, 2), country=v.often(chance, v.COUNTRIES)[0],
        time_zone=v.often(chance, v.ZONES)[0], function=chance.choice(Member.Function.values),
        sector=chance.choice(Member.Sector.values), hours_per_week=chance.choice((None, 1, 2, 3, 4, 6, 8)),
        open_to_mentor=chance.random() < 0.2, open_to_pairing=chance.random() < 0.3, persona=chance.choice(personas),
        in_directory=chance.random() < 0.9, joined_at=timezone.now() - timedelta(minutes=1000000 - number),
    )  # fmt: skip


def hang_on(people: list[int], chance: random.Random) -> None:
    """Skills, communities, levels, and the code of conduct."""
    skills = {
        title: Skill.objects.update_or_create(slug=slugify(title), defaults={"title": title, "state": "accepted"})[0].pk
        for title in v.SKILLS
    }
    communities = dict(Community.objects.filter(is_archived=False).values_list("slug", "pk"))
    version, _ = ConductVersion.objects.get_or_create(version="1.0")
    ConductAcceptance.objects.get_or_create(member_id=people[0], version=version.version)
    now = timezone.now()
    copy(
        MemberSkill, "member_id skill_id claimed wants helps points depth",
        ((one, skills[title], chance.choice((1, 2, 2, 3, 4)), 0, False, 0, 0)
         for one in people for title in v.often(chance, v.SKILLS, 3)),
    )  # fmt: skip
    copy(
        Membership, "member_id community_id role status is_primary joined_at",
        ((one, communities[slug], "member", "active", False, now)
         for one in people for slug in v.often(chance, sorted(communities), 2)),
    )  # fmt: skip
    copy(
        LevelAward, "member_id level_id reason at",
        ((one, slug, "earned", now)
         for one in people for place, slug in enumerate(v.LEVELS) if chance.random() < 0.8**place / (1 + place)),
    )  # fmt: skip


def copy(model: type[Model], columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows by PostgreSQL's COPY; several times as fast as INSERT."""
    table, names = model._meta.db_table, ", ".join(columns.split())
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as writer:
        for row in rows:
            writer.write_row(row)


def one_change(member: int) -> float:
    """From the commit of one member's change until it is in the index."""
    Member.objects.filter(pk=member).update(town="Nieuwegein", languages=["en", "nl", "fy"])
    began = time.perf_counter()
    touch(member)
    took = time.perf_counter() - began
    sweep()
    return round(1000 * took, 1)


def size_of_index() -> float:
    tables = ["members_directoryindex", "members_directoryentry"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name", [tables])
        return round(float(cursor.fetchone()[0]) / 1e6, 1)


class Browser:
    """A signed-in member."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "127.0.0.1"})
        self.client.force_login(Member.objects.get(handle="member-0"))
        names = {"community": Membership.objects.order_by("pk")[0].community.slug,
                 "persona": Persona.objects.order_by("pk")[0].slug}  # fmt: skip
        self.pages = {kind: "/members/" + query.format(**names) for kind, query in KINDS.items()}
        for page in self.pages.values():  # connections, caches and code are warm from here on
            self.open(page)

    def open(self, page: str) -> None:
        answer = self.client.get(page)
        if answer.status_code != 200:
            raise SystemExit(f"{page} answers {answer.status_code}")

    def time(self, kind: str) -> float:
        return float(statistics.median(self._seconds(self.pages[kind]) for _ in range(TIMES)))

    def _seconds(self, page: str) -> float:
        began = time.perf_counter()
        self.open(page)
        return time.perf_counter() - began

    def count(self) -> dict[str, int]:
        return {kind: self._queries(page) for kind, page in self.pages.items()}

    def _queries(self, page: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            self.open(page)
        return len(seen)


def main() -> None:
    say(plant(int(sys.argv[1])))
    browser = Browser()
    for line in sys.stdin:
        say(browser.time(line.strip()) if line.strip() else browser.count())


def say(answer: Any) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
