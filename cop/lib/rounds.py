"""Several questions to the database in one round trip.

A page that is made from many small sources would wait for the database once for each of them. A source can be written
as a generator instead: it yields the querysets that it needs next and gets their rows,

    def ask_places(member: Member) -> Asks[list[str]]:
        open_ones, mine = yield [Place.objects.open(), Place.objects.filter(keeper=member)]
        ...
        return names

`side_by_side` walks several sources in step, and `answer` sends what all of them ask at the same moment as one
statement: PostgreSQL answers each queryset as one column of JSON. The rows are the same, made by Django as always, with
select_related and annotations. A source on its own costs as many round trips as it has yields.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

Result = TypeVar("Result")
Asks = Generator[Sequence[QuerySet[Any]], list[list[Any]], Result]

# What the driver would have given for each kind of column, from what JSON has; other kinds are the same in both.
FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": datetime.fromisoformat, "DateField": date.fromisoformat, "TimeField": time.fromisoformat,
    "DecimalField": lambda value: Decimal(str(value)), "UUIDField": UUID, "JSONField": json.dumps,
}  # fmt: skip


def answer(question: Asks[Result]) -> Result:
    """Walk a source to its end, one round trip for each of its yields."""
    wanted, rows = None, None
    try:
        while True:
            wanted = question.send(rows)  # type: ignore[arg-type]
            rows = together(wanted)
    except StopIteration as end:
        result: Result = end.value
        return result


def side_by_side(*questions: Asks[Any]) -> Asks[list[Any]]:
    """Several sources as one: what they ask at the same step is asked together. Gives the result of each, in order."""
    results: list[Any] = [None] * len(questions)
    rows: dict[int, list[list[Any]] | None] = dict.fromkeys(range(len(questions)))
    while rows:
        wanted: dict[int, Sequence[QuerySet[Any]]] = {}
        for number, got in rows.items():
            try:
                wanted[number] = questions[number].send(got)  # type: ignore[arg-type]
            except StopIteration as end:
                results[number] = end.value
        if not wanted:
            break
        found = iter((yield [one for each in wanted.values() for one in each]))
        rows = {number: [next(found) for _ in each] for number, each in wanted.items()}
    return results


def together(querysets: Iterable[QuerySet[Any]]) -> list[list[Any]]:
    """The rows of each queryset, all in one statement; a queryset on its own is asked as always."""
    querysets = list(querysets)
    if len(querysets) > 1:
        _fill(querysets)
    return [list(one) for one in querysets]


def _fill(querysets: list[QuerySet[Any]]) -> None:
    """Put the rows into the querysets as if each had been asked on its own."""
    compilers, columns, parameters = [], [], []
    for one in querysets:
        compiler: Any = one.query.get_compiler(one.db)
        try:
            statement, values = compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:  # nothing can match, so there is nothing to ask
            one._result_cache = []
            continue
        compilers.append((one, compiler))
        columns.append(f"(SELECT json_agg(part) FROM ({statement}) part)::text")  # noqa: S608 - made by Django
        parameters += values
    if not columns:
        return
    with connections[querysets[0].db].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", parameters)
        answers = cursor.fetchone()
    for (one, compiler), text in zip(compilers, answers, strict=True):
        rows = [tuple(row.values()) for row in json.loads(text or "[]")]
        _hand_over(one, compiler, rows)


def _hand_over(queryset: Any, compiler: Any, rows: list[tuple[Any, ...]]) -> None:
    """Let Django make of the rows what it always makes of them."""
    kinds = [FROM_JSON.get(expression.output_field.get_internal_type()) for expression, _, _ in compiler.select]
    typed = [
        tuple(value if kind is None or value is None else kind(value) for kind, value in zip(kinds, row, strict=True))
        for row in rows
    ]
    compiler.execute_sql = lambda *args, **options: [typed]
    queryset._query = queryset.query.chain()  # past the setter, which would forget how rows are given out
    queryset._query.get_compiler = lambda *args, **options: compiler
    queryset._fetch_all()
