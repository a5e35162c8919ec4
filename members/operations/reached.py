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
    SELECT standing.actor_id, standing.owner, CASE standing.owner {moments} END, standing.latest, true
    FROM standing JOIN members_member person ON person.id = standing.actor_id AND person.is_active
    WHERE standing.has_enough_acts AND {only} {exactly}
    {also}
"""
# What one rule counts of one member: looked up only for those who have enough acts.
COUNTED = """
    FROM members_activity act {joins}
    WHERE act.actor_id = standing.actor_id AND act.verb_id = ANY(%(verbs{n})s)
      AND act.occurred_at >= %(since{n})s AND act.occurred_at <= %(now)s {counts}
      AND NOT EXISTS (SELECT 1 FROM members_activity back WHERE back.reverses_id = act.id)
"""
EXACTLY = " AND (standing.owner <> %(owner{n})s OR %(least{n})s <= (SELECT count(DISTINCT {thing}) {counted}))"
# When the rule was met: the moment of its last act that was needed, or of the first one for its last new thing.
MOMENT = "(SELECT act.occurred_at {counted} ORDER BY act.occurred_at OFFSET %(least{n})s - 1 LIMIT 1)"
MOMENT_OF_THINGS = """(SELECT each.first FROM (SELECT min(act.occurred_at) AS first {counted} GROUP BY {thing}) each
    ORDER BY each.first OFFSET %(least{n})s - 1 LIMIT 1)"""
OTHER = "JOIN members_member other ON other.id = act.other_id"
# What each measure counts: the thing, the tables it needs, and which acts have one that counts.
THINGS = {
    "people": ("act.other_id", "", "AND act.other_id IS NOT NULL"),
    "communities": ("act.community", "", "AND act.community <> ''"),
    "organisations": (HOUSE.format(person="other"), OTHER,
                      f"AND {HOUSE.format(person='other')} NOT IN ('', {HOUSE.format(person='person')})"),
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
    """What stands for one member. at: when the last rule was met. latest: the newest act that counts. is_met: all
    rules of the owner are; else only the newest act is said, by `also`."""

    member: int
    owner: str
    at: datetime
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
        statement = _statement(part, only=only, also=also, who=members is not None)
        with connection.cursor() as cursor:
            if members is None:
                cursor.execute(FOR_ALL)
            cursor.execute(statement, _values(part, now) | {"members": list(members or [])})
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


def _statement(rules: list[Rule], *, only: Sequence[str], also: str, who: bool) -> str:
    owners = _by_owner(rules)
    exactly = (
        EXACTLY.format(n=n, thing=THINGS[rule.measure][0], counted=_counted(n, rule))
        for n, rule in enumerate(rules)
        if rule.measure in THINGS
    )
    return READ.format(
        sums=", ".join([_count(n, rule) for n, rule in enumerate(rules)] + [_latest(m, own) for m, own in owners]),
        owners=", ".join(_enough(m, own) for m, own in owners),
        moments=" ".join(
            f"WHEN %(name{m})s THEN greatest({', '.join(_moment(n, rule) for n, rule in own)})" for m, own in owners
        ),
        exactly=" ".join(exactly),
        only=" AND ".join(only),
        also=also,
        who="AND act.actor_id = ANY(%(members)s)" if who else "",
    )


def _values(rules: list[Rule], now: datetime) -> dict[str, Any]:
    """All that stands in the statement by name: of each rule by its number, of each owner by its own."""
    bits: dict[str, int] = {}
    values: dict[str, Any] = {"now": now}
    for n, rule in enumerate(rules):
        bits |= {verb: bits.get(verb, 0) | 1 << n for verb in rule.verbs}
        since = EVER if rule.within_days is None else now - timedelta(days=rule.within_days)
        values |= {
            f"owner{n}": rule.owner,
            f"least{n}": rule.at_least,
            f"verbs{n}": list(rule.verbs),
            f"since{n}": since,
        }
    values |= {f"name{m}": own[0][1].owner for m, own in _by_owner(rules)}
    return values | {"verbs": list(bits), "bits": list(bits.values())}


def _by_owner(rules: list[Rule]) -> list[tuple[int, list[tuple[int, Rule]]]]:
    """The owners with their numbers, each with its numbered rules."""
    names = dict.fromkeys(rule.owner for rule in rules)
    return [(m, [(n, rule) for n, rule in enumerate(rules) if rule.owner == name]) for m, name in enumerate(names)]


def _latest(m: int, own: list[tuple[int, Rule]]) -> str:
    bits = sum(1 << n for n, _ in own)
    return f"max(act.occurred_at) FILTER (WHERE wanted.bits & {bits} <> 0) AS latest{m}"


def _enough(m: int, own: list[tuple[int, Rule]]) -> str:
    return f"(%(name{m})s, {' AND '.join(f'sums.rule{n} >= %(least{n})s' for n, _ in own)}, sums.latest{m})"


def _counted(n: int, rule: Rule) -> str:
    _, joins, counts = THINGS.get(rule.measure, ("", "", ""))
    return COUNTED.format(n=n, joins=joins, counts=counts)


def _moment(n: int, rule: Rule) -> str:
    if rule.measure in THINGS:
        return MOMENT_OF_THINGS.format(n=n, thing=THINGS[rule.measure][0], counted=_counted(n, rule))
    return MOMENT.format(n=n, counted=_counted(n, rule))


def _count(n: int, rule: Rule) -> str:
    counts = [f"wanted.bits & {1 << n} <> 0"]
    if rule.within_days is not None:
        counts.append(f"act.occurred_at >= %(since{n})s")
    if rule.measure in CANDIDATES:
        counts.append(f"act.{CANDIDATES[rule.measure]}")
    return f"count(*) FILTER (WHERE {' AND '.join(counts)}) AS rule{n}"
