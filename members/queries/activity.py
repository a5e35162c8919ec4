"""What a member did, as the ledger has it: for the member alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from io import StringIO

from django.db.models import Count, Q, QuerySet, Sum

from cop.lib.spreadsheets import harmless
from members.models import Activity, LevelRule, Member, Verb

COLUMNS = ["happened_at", "verb", "kind", "title", "address", "community", "topic", "points", "taken_back"]


@dataclass(frozen=True)
class KindChoice:
    slug: str
    label: str
    acts: int


@dataclass(frozen=True)
class Diary:
    """One's acts, counted by kind. points: of all of them together, corrections included."""

    kinds: list[KindChoice]
    points: int

    @property
    def acts(self) -> int:
        return sum(kind.acts for kind in self.kinds)


def diary(member: Member) -> Diary:
    """One query over the member's rows."""
    rows = Activity.objects.filter(actor=member).values("verb__kind").annotate(
        acts=Count("pk", filter=Q(reverses=None)), sum=Sum("points")
    )  # fmt: skip
    found = {row["verb__kind"]: row for row in rows}
    kinds = [KindChoice(kind.value, kind.label, found[kind]["acts"] if kind in found else 0) for kind in Verb.Kind]
    return Diary(kinds, sum(row["sum"] for row in found.values()))


def acts_of(member: Member, *, kind: str = "", rule: LevelRule | None = None) -> QuerySet[Activity]:
    """The member's acts, newest first; those taken back are marked by `reversed_by`. kind: of their verbs; all without.
    rule: only those whose verbs this rule counts."""
    acts = Activity.objects.filter(actor=member, reverses=None)
    if kind in Verb.Kind.values:
        acts = acts.filter(verb__kind=kind)
    if rule:
        acts = acts.filter(verb__in=rule.verbs.all())
    return acts.select_related("verb", "other", "claim", "reversed_by__correction").order_by("-occurred_at", "-pk")


def title_of(act: Activity) -> str:
    """The ledger keeps no words of a claim; they stand in the claim."""
    claim = getattr(act, "claim", None)
    return claim.title if claim else act.object_title


def as_csv(acts: QuerySet[Activity]) -> Iterator[str]:
    """Line by line."""
    yield _line(COLUMNS)
    for act in acts.iterator(chunk_size=2000):
        back = getattr(act, "reversed_by", None)
        yield _line([
            act.occurred_at.astimezone(UTC).isoformat(timespec="seconds"), act.verb_id, act.verb.kind, title_of(act),
            act.address, act.community, act.topic, str(act.points), "yes" if back else "",
        ])  # fmt: skip


def _line(values: list[str]) -> str:
    file = StringIO()
    csv.writer(file).writerow([harmless(value) for value in values])
    return file.getvalue()
