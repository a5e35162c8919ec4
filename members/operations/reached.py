"""Reading rules over the ledger: those of levels and of badges, for some members or for all, in one pass.

Every act is looked at once, whatever the number of rules: per member the statement counts for each rule how many acts
it counts, and the newest of them. What counts different things (people, communities, organisations) can reach no higher
than the number of acts, so it is counted only for members who have enough acts and everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

MOST_RULES = 60  # of one pass: each has its bit in a number of 64
# The same as members.queries.levels.house.
HOUSE = r"lower(regexp_replace(btrim({person}.organisation), '\s+', ' ', 'g'))"
READ = """
    WITH wanted (verb_id, bits) AS (SELECT * FROM unnest(%(verbs)s::text[], %(bits)s::bigint[])),
    sums AS MATERIALIZED (
        SELECT act.actor_id, {sums}
        FROM members_activity act JOIN wanted USING (verb_id)
        WHERE act.verb_id = ANY(%(verbs)s) AND act.occurred_at <= %(now)s AND NOT EXISTS (
            SELECT 1 FROM members_activity back WHERE back.reverses_id IS NOT NULL AND back.reverses_id = act.id) {who}
        GROUP BY act.actor_id
    ),
    standing AS MATERIALIZED (
        SELECT sums.actor_id, one.owner, one.has_enough_acts, one.latest
        FROM sums CROSS JOIN LATERAL (VALUES {owners}) one (owner, has_enough_acts, latest)
        WHERE one.latest IS NOT NULL
    )
    SELECT standing.actor_id, standing.owner, standing.latest, true
    FROM standing JOIN members_member person ON person.id = standing.actor_id AND person.is_active
    WHERE standing.has_enough_acts AND {only} {exactly}
    {also}
"""
EXACTLY = """
    AND (standing.owner <> %(owner{n})s OR %(least{n})s <= (
        SELECT count(DISTINCT {thing})
        FROM members_activity act {joins}
        WHERE act.actor_id = standing.actor_id AND act.verb_id = ANY(%(verbs{n})s)
          AND act.occurred_at >= %(since{n})s AND act.occurred_at <= %(now)s AND {thing} <> {nothing}
          AND NOT EXISTS (SELECT 1 FROM members_activity back WHERE back.reverses_id = act.id)))
"""
OTHER = "JOIN members_member other ON other.id = act.other_id"
# What each measure counts: the thing, the tables it needs, what does not count.
THINGS = {
    "people": ("act.other_id", "", "act.actor_id"),
    "communities": ("act.community", "", "''"),
    "organisations": (HOUSE.format(person="other"), OTHER,
                      f"'' AND {HOUSE.format(person='other')} <> {HOUSE.format(person='person')}"),
}  # fmt: skip
CANDIDATES = {
    "people": "other_id IS NOT NULL",
    "communities": "community <> ''",
    "organisations": "other_id IS NOT NULL",
}
EVER = "-infinity"
# For everybody at once: sums fit into memory, and no row is looked up one by one.
FOR_ALL = "SET LOCAL work_mem = '64MB'; SET LOCAL enable_nestloop = off"
AS_USUAL = "SET LOCAL work_mem TO DEFAULT; SET LOCAL enable_nestloop TO DEFAULT"


@dataclass(frozen=True)
class Rule:
    """One condition of its owner, which is a level or a badge. within_days: None for however long ago."""

    owner: str
    measure: str
    at_least: int
    within_days: int | None
    verbs: tuple[str, ...]


@dataclass(frozen=True)
class Reached:
    """What stands for one member. is_met: all rules of the owner are; else only the newest act is said, by `also`."""

    member: int
    owner: str
    latest: datetime
    is_met: bool


def read(
    rules: Sequence[Rule], *, only: Sequence[str], now: datetime, members: Sequence[int] | None = None, also: str = ""
) -> list[Reached]:
    """Who meets all rules of an owner, and when the newest act that counts was done.

    only: conditions in SQL on `standing (actor_id, owner)`, usually that it is not awarded yet. also: more rows, as
    a UNION. members: numbers of those to look at; everybody if left out. An owner whose rules count no verb is met by
    nobody. One statement for each 60 rules.
    """
    found: list[Reached] = []
    for part in _parts(rules):
        statement, values = _statement(part, only=only, also=also, who=members is not None)
        with connection.cursor() as cursor:
            if members is None:
                cursor.execute(FOR_ALL)
            cursor.execute(statement, values | {"now": now, "members": list(members or [])} | _since(part, now))
            found += (Reached(*row) for row in cursor.fetchall())
            if members is None:
                cursor.execute(AS_USUAL)
    return found


def _parts(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules of one owner stay together."""
    part: list[Rule] = []
    for owner in dict.fromkeys(rule.owner for rule in rules):
        own = [rule for rule in rules if rule.owner == owner]
        if part and len(part) + len(own) > MOST_RULES:
            yield part
            part = []
        part = [*part, *own]
    if part:
        yield part


def _statement(rules: list[Rule], *, only: Sequence[str], also: str, who: bool) -> tuple[str, dict[str, Any]]:
    bits: dict[str, int] = {}
    for n, rule in enumerate(rules):
        for verb in rule.verbs:
            bits[verb] = bits.get(verb, 0) | 1 << n
    values: dict[str, Any] = {"verbs": list(bits), "bits": list(bits.values())}
    sums = [_count(n, rule) for n, rule in enumerate(rules)]
    owners = []
    for n, owner in enumerate(dict.fromkeys(rule.owner for rule in rules)):
        own = [m for m, rule in enumerate(rules) if rule.owner == owner]
        sums.append(f"max(act.occurred_at) FILTER (WHERE wanted.bits & {sum(1 << m for m in own)} <> 0) AS latest{n}")
        enough = " AND ".join(f"sums.rule{m} >= %(least{m})s" for m in own)
        owners.append(f"(%(name{n})s, {enough}, sums.latest{n})")
        values[f"name{n}"] = owner
    exactly = ""
    for n, rule in enumerate(rules):
        values |= {f"owner{n}": rule.owner, f"least{n}": rule.at_least, f"verbs{n}": list(rule.verbs)}
        if rule.measure in THINGS:
            thing, joins, nothing = THINGS[rule.measure]
            exactly += EXACTLY.format(n=n, thing=thing, joins=joins, nothing=nothing)
    whom = "AND act.actor_id = ANY(%(members)s)" if who else ""
    return READ.format(
        sums=", ".join(sums), owners=", ".join(owners), exactly=exactly, only=" AND ".join(only), also=also, who=whom
    ), values  # fmt: skip


def _count(n: int, rule: Rule) -> str:
    counts = [f"wanted.bits & {1 << n} <> 0"]
    if rule.within_days is not None:
        counts.append(f"act.occurred_at >= %(since{n})s")
    if rule.measure in CANDIDATES:
        counts.append(f"act.{CANDIDATES[rule.measure]}")
    return f"count(*) FILTER (WHERE {' AND '.join(counts)}) AS rule{n}"


def _since(rules: list[Rule], now: datetime) -> dict[str, Any]:
    """Where each window begins."""
    return {
        f"since{n}": EVER if rule.within_days is None else now - timedelta(days=rule.within_days)
        for n, rule in enumerate(rules)
    }  # fmt: skip
