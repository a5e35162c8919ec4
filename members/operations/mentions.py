"""Replacing a former member's name in texts that the site wrote about them to others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from members.holdings import holdings
from members.models import Member

SHORTEST_NAME = 2
STANDS_IN = "a former member"


def replace(member: Member, addresses: list[str]) -> int:
    """Put “a former member” for the name, and nothing for page and address, in every text declared as mentioning.

    addresses: the e-mail addresses of the member. Only whole words are replaced, in any case of letters.
    Returns the number of rows changed. Costs one statement for each declared table.
    """
    found = _mentions_of(member, addresses)
    changed = 0
    for holding in holdings():
        if holding.mentions:
            changed += _replace_in(apps.get_model(holding.model), holding.mentions, found)
    return changed


@dataclass(frozen=True)
class Mention:
    """What is looked for, as a regular expression of PostgreSQL, and what stands there afterwards."""

    pattern: str
    instead: str
    any_case: bool = True


def _mentions_of(member: Member, addresses: list[str]) -> list[Mention]:
    empty = f"former-{member.pk}@erased.invalid"
    found = [Mention(re.escape(address), empty) for address in addresses]
    found.append(Mention(rf"/members/{re.escape(member.handle)}(?![a-z0-9-])", f"/members/former-{member.pk}"))
    if len(member.name) >= SHORTEST_NAME:
        found.append(Mention(rf"(?<!\w){re.escape(member.name)}(?!\w)", STANDS_IN, any_case=False))
    return found


def _replace_in(model: type[models.Model], fields: tuple[str, ...], found: list[Mention]) -> int:
    """One UPDATE over all fields; only rows in which something is found are written."""
    names = {column.name: column.column for column in model._meta.concrete_fields}
    columns = [connection.ops.quote_name(str(names[field])) for field in fields]
    values, texts = [], []
    for column in columns:
        text = column
        for mention in found:
            text = f"regexp_replace({text}, %s, %s, '{'gi' if mention.any_case else 'g'}')"
            values += [mention.pattern, mention.instead]
        texts.append(f"{column} = {text}")
    where = [f"{column} {'~*' if mention.any_case else '~'} %s" for column in columns for mention in found]
    values += [mention.pattern for _ in columns for mention in found]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {', '.join(texts)} WHERE {' OR '.join(where)}", values)  # noqa: S608
        return int(cursor.rowcount)
