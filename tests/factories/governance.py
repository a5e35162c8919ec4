from datetime import date

import factory
from factory.django import DjangoModelFactory

from governance.models import Committee, GoverningDocument, Seat, Term
from tests.factories.members import MemberFactory


class CommitteeFactory(DjangoModelFactory):
    """Seven seats, twelve months, two terms in a row, two seats of one organisation."""

    class Meta:
        model = Committee
        django_get_or_create = ("slug",)

    slug = "steering"
    name = "Steering committee"
    remit = "Keeps the community running."


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    committee = factory.SubFactory(CommitteeFactory)
    slug = factory.Sequence(lambda number: f"seat-{number}")
    title = factory.LazyAttribute(lambda seat: seat.slug.replace("-", " ").capitalize())
    remit = "Looks after something."


class TermFactory(DjangoModelFactory):
    """A term of twelve months from November 2026 on, written past the rules."""

    class Meta:
        model = Term

    seat = factory.SubFactory(SeatFactory)
    holder = factory.SubFactory(MemberFactory)
    starts = date(2026, 11, 1)
    ends = date(2027, 11, 1)


class GoverningDocumentFactory(DjangoModelFactory):
    class Meta:
        model = GoverningDocument
        django_get_or_create = ("slug",)

    slug = "charter"
    title = factory.LazyAttribute(lambda document: document.slug.replace("-", " ").capitalize())
    kind = "charter"
    summary = "What we are for."
