"""What the pages about governance show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from governance.models import Committee, DocumentVersion, GoverningDocument, Seat, Term
from governance.rules import DUE_DAYS

Status = DocumentVersion.Status


@dataclass(frozen=True)
class SeatNow:
    """A seat as it stands on a day: who holds it, who comes next, who held it before."""

    seat: Seat
    day: date
    term: Term | None
    successor: Term | None
    former: list[Term]

    @property
    def days_left(self) -> int | None:
        return (self.term.last - self.day).days if self.term else None

    @property
    def is_due(self) -> bool:
        """The term ends within 45 days, and so the time to choose the next holder has come."""
        return self.days_left is not None and self.days_left <= DUE_DAYS


@dataclass(frozen=True)
class Opening:
    """A group of seats whose terms end on the same day; the choice of the next holders opens before."""

    opens: date
    ends: date
    seats: list[Seat] = field(default_factory=list)


@dataclass(frozen=True)
class CommitteeNow:
    committee: Committee
    seats: list[SeatNow]

    @property
    def filled(self) -> int:
        return sum(1 for one in self.seats if one.term)

    @property
    def vacant(self) -> list[SeatNow]:
        return [one for one in self.seats if not one.term]

    @property
    def past(self) -> list[Term]:
        """Ended terms, the latest first."""
        return sorted((term for one in self.seats for term in one.former), key=lambda term: term.last, reverse=True)

    @property
    def openings(self) -> list[Opening]:
        """When the choice of next holders opens, by the day on which terms end; seats with a successor are settled."""
        found: dict[date, Opening] = {}
        for one in self.seats:
            if one.term and not one.successor:
                ends = one.term.last
                found.setdefault(ends, Opening(ends - timedelta(days=DUE_DAYS), ends)).seats.append(one.seat)
        return [found[ends] for ends in sorted(found)]


def committees(day: date | None = None) -> list[CommitteeNow]:
    """All committees with their seats and holders on a day (today if left out); three queries for any number."""
    day = day or timezone.localdate()
    terms = Term.objects.select_related("holder").order_by("starts")
    seats = Seat.objects.order_by("group", "pk").prefetch_related(Prefetch("terms", terms))
    found = Committee.objects.prefetch_related(Prefetch("seat_list", seats))
    return [CommitteeNow(one, [seat_now(seat, day) for seat in one.seat_list.all()]) for one in found]


def seat_now(seat: Seat, day: date) -> SeatNow:
    """The seat on a day, from its prefetched terms."""
    terms = [term for term in sorted(seat.terms.all(), key=lambda term: term.starts) if term.starts < term.last]
    return SeatNow(
        seat,
        day,
        term=next((term for term in terms if term.runs_on(day)), None),
        successor=next((term for term in terms if term.starts > day), None),
        former=[term for term in terms if term.last <= day],
    )


def documents() -> list[tuple[GoverningDocument, DocumentVersion | None]]:
    """Each document with the version in force; two queries."""
    in_force = DocumentVersion.objects.filter(status=Status.IN_FORCE).defer("body", "html", "contents")
    found = GoverningDocument.objects.prefetch_related(Prefetch("versions", in_force))
    return [(document, next(iter(document.versions.all()), None)) for document in found]


def conduct_in_force() -> DocumentVersion | None:
    """The version of the code of conduct that counts; None before there is one."""
    conduct = DocumentVersion.objects.filter(document__kind=GoverningDocument.Kind.CONDUCT, status=Status.IN_FORCE)
    return conduct.select_related("document").first()


def public_versions(document: GoverningDocument) -> list[DocumentVersion]:
    """Versions that are or were in force, the newest first; drafts are not public."""
    found = document.versions.exclude(status=Status.DRAFT).select_related("document")
    return list(found.order_by("-in_force_at"))


def seats_due(day: date | None = None) -> list[SeatNow]:
    return [one for committee in committees(day) for one in committee.seats if one.is_due]
