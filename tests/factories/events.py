from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from events.models import Event, EventSeries, Registration
from tests.factories.members import MemberFactory


class EventSeriesFactory(DjangoModelFactory):
    class Meta:
        model = EventSeries
        django_get_or_create = ("slug",)

    slug = "webinar"
    title = factory.LazyAttribute(lambda series: series.slug.capitalize())
    kind = "webinar"
    rrule = "FREQ=MONTHLY;BYDAY=2WE"
    summary = "One demo that runs"


class EventFactory(DjangoModelFactory):
    """A published webinar in 14 days, one hour long, without a limit of places."""

    class Meta:
        model = Event

    slug = factory.Sequence(lambda number: f"event-{number}")
    title = factory.LazyAttribute(lambda event: event.slug.replace("-", " ").capitalize())
    status = "published"
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=1))


class RegistrationFactory(DjangoModelFactory):
    """A row as it would stand after registering; counts its seat, so that the event's counter stays true."""

    class Meta:
        model = Registration
        skip_postgeneration_save = True

    event = factory.SubFactory(EventFactory)
    member = factory.SubFactory(MemberFactory)
    status = "confirmed"

    @factory.post_generation
    def counted(self, create: bool, extracted: bool | None, **kwargs: object) -> None:
        if create and extracted is not False and self.status in ("confirmed", "offered"):
            self.event.seats_taken += 1
            self.event.save(update_fields=["seats_taken"])
