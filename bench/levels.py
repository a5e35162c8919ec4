"""Recomputing the levels of everybody from the ledger, against the plainest sum over the same table."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable

import psycopg
from psycopg import sql

from bench.harness import Figures, Servers, manage, median, say
from local.state import ROOT

PASSWORD = {"DJANGO_SUPERUSER_PASSWORD": "of-a-database-that-is-gone-in-a-minute", "DJANGO_SUPERUSER_NAME": "First"}
PLAIN = (
    "SELECT count(*) FROM (SELECT actor_id, verb_id, count(*) FROM members_activity GROUP BY actor_id, verb_id) sums"
)
# Everything below comes out the same each time: chance is a hash of the row's number.
# Copies of the one member that is there, whatever columns a member has.
PEOPLE = """
    INSERT INTO members_member
    SELECT made.*
    FROM members_member first
    CROSS JOIN generate_series(1, %(members)s - 1) n
    CROSS JOIN LATERAL jsonb_populate_record(first, jsonb_build_object(
        'id', first.id + n, 'email', 'bench-' || n || '@bench.invalid', 'handle', 'bench-' || n, 'name', 'Person ' || n,
        'organisation', 'House ' || n %% 500, 'is_superuser', false, 'is_staff', false, 'in_directory', true)) made
    WHERE first.id = (SELECT min(id) FROM members_member)
"""
WISHES = """
    INSERT INTO members_levelwish (member_id, level_id, at)
    SELECT person.id, level.slug, now() FROM members_member person CROSS JOIN members_level level
    WHERE level.needs_opt_in AND person.id %% 4 = 0
"""
# One act of each member is the code of conduct; the others are spread over the verbs as in a community that learns
# much and helps some: of 20 acts 12 learn or take part, 5 help, 3 contribute.
ACTS = """
    WITH verb AS (
        SELECT kind, array_agg(slug ORDER BY slug) AS slugs FROM members_verb WHERE slug <> 'correction' GROUP BY kind
    ), person AS (SELECT min(id) AS first FROM members_member)
    INSERT INTO members_activity (actor_id, verb_id, object_kind, object_key, object_title, address, other_id,
        community, topic, occurred_at, recorded_at, source, points, dedupe_key)
    SELECT act.actor, act.verb, 'thing', 'thing-' || act.dice %% 5000, 'A thing of the community', '/things/1/',
        CASE WHEN act.helps AND act.other <> act.actor THEN act.other END, 'devops-platform', '',
        now() - (act.dice %% 700) * interval '1 day', now(), 'bench', 1, 'bench:' || act.n
    FROM (
        SELECT n, person.first + n %% %(members)s AS actor, dice, person.first + dice / 16 %% %(members)s AS other,
            n >= %(members)s AND kind = 'interaction' AS helps,
            CASE WHEN n < %(members)s THEN 'conduct-accepted'
                ELSE slugs[1 + dice / 64 %% cardinality(slugs)] END AS verb
        FROM (
            SELECT n, abs(hashint8(n)::bigint) AS dice FROM generate_series(0, %(acts)s - 1) n
        ) rolled
        JOIN verb ON verb.kind = CASE WHEN dice %% 20 < 7 THEN 'learning' WHEN dice %% 20 < 12 THEN 'participation'
            WHEN dice %% 20 < 17 THEN 'interaction' ELSE 'contribution' END
        CROSS JOIN person
    ) act
"""
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes
    WHERE tablename = 'members_activity' AND indexdef NOT LIKE 'CREATE UNIQUE%'
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--members", type=int, default=100_000, help="levels: how many members")
    parser.add_argument("--acts", type=int, default=2_000_000, help="levels: how many rows of the ledger")


def measure(own: Servers, options: argparse.Namespace) -> Figures:
    variables = own.variables("bench_levels")
    manage(variables, "migrate", "-v0")
    manage(variables, "load_starter_content", "-v0")
    manage(variables | PASSWORD, "createsuperuser", "--noinput", "--email=first@bench.invalid", "-v0")
    with psycopg.connect(own.postgres.dsn("bench_levels"), autocommit=True) as database:
        plant(database, options.members, options.acts)
        first, again, plain = [], [], []
        for round_ in range(1, options.rounds + 1):
            database.execute("TRUNCATE members_levelaward, members_notice, members_directorystale")
            database.execute("VACUUM ANALYZE members_levelaward")
            plain.append(seconds(lambda: database.execute(PLAIN)))
            first.append(recompute(variables))
            again.append(recompute(variables))
            say(f"levels, round {round_}: first {first[-1]:.2f} s, again {again[-1]:.2f} s, plain {plain[-1]:.2f} s")
        awards = database.execute("SELECT count(*) FROM members_levelaward").fetchone()
    return {
        "members": options.members, "rows of the ledger": options.acts,
        "levels awarded": awards[0] if awards else 0,
        "first run, seconds": round(median(first), 2),
        "first run, rows per second": round(options.acts / median(first)),
        "second run, seconds": round(median(again), 2),
        "second run, rows per second": round(options.acts / median(again)),
        "plain count per actor and verb, seconds": round(median(plain), 2),
        "ratio: first run to plain count": round(median(first) / median(plain), 2),
        "ratio: second run to plain count": round(median(again) / median(plain), 2),
    }  # fmt: skip


def plant(database: psycopg.Connection, members: int, acts: int) -> None:
    """Members, wishes and rows of the ledger, each by one statement; indexes that are no constraint come last."""
    began = time.monotonic()
    size = {"members": members, "acts": acts}
    database.execute("SET session_replication_role = replica")  # the relations hold by the way in which it is made
    database.execute(PEOPLE, size)
    database.execute(WISHES, size)
    found = database.execute(INDEXES).fetchall()
    for name, _ in found:
        database.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    database.execute(ACTS, size)
    for _, made_by in found:
        database.execute(made_by)
    database.execute("VACUUM ANALYZE")
    say(f"levels: {members:,} members and {acts:,} rows made in {time.monotonic() - began:.0f} s")


def recompute(variables: dict[str, str]) -> float:
    """The command as an operator runs it says how long its own work took."""
    command = [sys.executable, "manage.py", "recompute_levels", "--json", "--silent"]
    done = subprocess.run(command, env=variables, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout)["seconds"])


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began
