from __future__ import annotations

import zoneinfo
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager

from communities.models import Community
from events import times
from modules.models import Module

RESERVED = frozenset({"recordings"})  # addresses below /events/ that are pages of their own
JOIN_OPENS = timedelta(hours=24)


class Kind(models.TextChoices):
    WEBINAR = "webinar", "Webinar"
    SPRINT = "sprint", "Sprint"
    SUMMIT = "summit", "Summit"
    ASK_ME_ANYTHING = "ask-me-anything", "Ask me anything"
    WORKSHOP = "workshop", "Workshop"
    HACKATHON = "hackathon", "Hackathon"
    MEETUP = "meetup", "Meetup"
    NETWORKING = "networking", "Networking"
    RETROSPECTIVE = "retrospective", "Retrospective"
    KICK_OFF = "kick-off", "Kick-off"
    COMMITTEE_MEETING = "committee-meeting", "Committee meeting"


class EventSeries(models.Model):
    """What comes back in the same form: how often, how long, and how the time is spent."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    rrule = models.CharField("rule", max_length=200, help_text="A recurrence rule of RFC 5545: FREQ=MONTHLY;BYDAY=2WE")
    summary = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField(default=60)
    format = models.JSONField(default=list, blank=True, help_text="The parts in order, each with minutes and title.")

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "event series"

    def __str__(self) -> str:
        return self.title


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> EventQuerySet:
        return self.filter(status=Event.Status.PUBLISHED)

    def announced(self) -> EventQuerySet:
        """What was ever public: published, and cancelled since."""
        return self.exclude(status=Event.Status.DRAFT)

    def open_to(self, viewer: Any) -> EventQuerySet:
        """Those of no community, those of communities that the viewer may know of, and those that are theirs already.

        One condition of the same query, whoever asks."""
        known = Q(community=None) | Q(community__in=Community.objects.visible_to(viewer))
        if viewer.is_authenticated:
            registered = viewer.registrations.exclude(status="cancelled").values("event")
            known |= Q(host=viewer.pk) | Q(pk__in=registered)
        return self.filter(known)

    def visible_to(self, viewer: Any) -> EventQuerySet:
        """What is announced and open to the viewer; organizers preview drafts too."""
        return self.all() if viewer.is_staff else self.announced().open_to(viewer)

    def coming(self, now: datetime) -> EventQuerySet:
        return self.filter(ends_at__gt=now)

    def past(self, now: datetime) -> EventQuerySet:
        return self.filter(ends_at__lte=now)

    def with_recording(self, now: datetime) -> EventQuerySet:
        return self.published().past(now).exclude(recording_url="").filter(recording_published_at__lte=now)


class Event(models.Model):
    """One meeting. Its row also holds the counter of seats, which only `operations.seats` changes."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        CANCELLED = "cancelled", "Cancelled"

    title = models.CharField(max_length=120)
    slug = models.SlugField("address", unique=True, max_length=80, help_text="The last part of its address.")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.WEBINAR)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    series = models.ForeignKey(EventSeries, null=True, blank=True, on_delete=models.SET_NULL, related_name="events")
    community = models.ForeignKey(Community, null=True, blank=True, on_delete=models.SET_NULL, related_name="events")
    module = models.ForeignKey(Module, null=True, blank=True, on_delete=models.SET_NULL, related_name="events")
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="hosted_events"
    )
    summary = models.CharField(
        "one line", max_length=200, blank=True, help_text="What people leave with. Shown in lists and in mails."
    )
    description = models.TextField(max_length=20_000, blank=True, help_text="Markdown works.")
    agenda = models.TextField(
        max_length=4000, blank=True,
        help_text="One line for each part, with its time in front: “14:30 Rules first”.",
    )  # fmt: skip
    topics = TaggableManager("topics", blank=True, help_text="Words separated by commas.")
    starts_at = models.DateTimeField("begins")
    ends_at = models.DateTimeField("ends", null=True, blank=True)
    time_zone = models.CharField(
        max_length=60, default="Europe/Amsterdam", help_text="Where the event is at home, such as Europe/Lisbon."
    )
    place = models.CharField(max_length=200, blank=True, help_text="Street, town and room. Empty: it is online.")
    join_url = models.URLField(
        "link to join", max_length=500, blank=True,
        help_text="Only those registered see it, from 24 hours before the beginning until the end.",
    )  # fmt: skip
    access_information = models.CharField(
        max_length=300, blank=True, help_text="Step-free, captions, quiet room: whatever people need to know to come."
    )
    capacity = models.PositiveIntegerField(
        "places", null=True, blank=True,
        help_text="When all are taken, people join a waiting list and move up by themselves. Empty: no limit.",
    )  # fmt: skip
    seats_taken = models.IntegerField("places taken", default=0, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    recording_url = models.URLField("recording", max_length=500, blank=True, help_text="Where the recording is.")
    recording_published_at = models.DateTimeField(
        "recording shown from", null=True, blank=True, help_text="Empty: from the moment the recording is saved."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="an_event_ends_after_it_begins",
                violation_error_message="The end must come after the beginning.",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(ends_at__isnull=False), name="an_announced_event_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(seats_taken__lte=F("capacity")),
                name="an_event_is_never_overbooked",
                violation_error_message="More places are taken than that.",
            ),
            models.CheckConstraint(condition=Q(seats_taken__gte=0), name="seats_taken_are_never_negative"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="a_limit_leaves_at_least_one_place",
                violation_error_message="Give at least one place, or leave it empty for no limit.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["status", "starts_at"], name="events_by_status_and_start"),
            models.Index(fields=["status", "ends_at"], name="events_by_status_and_end"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Rules that a migration cannot carry, because they need the project's own code."""
        super().clean_fields(exclude=exclude)
        skipped = exclude or ()
        if "time_zone" not in skipped and self.time_zone not in zoneinfo.available_timezones():
            raise ValidationError(
                {"time_zone": f"“{self.time_zone}” is not a time zone; write one such as Europe/Lisbon."}
            )
        if "slug" not in skipped and self.slug in RESERVED:
            raise ValidationError({"slug": "This address is a page of its own already. Choose another one."})

    def get_absolute_url(self) -> str:
        return reverse("events:detail", args=[self.slug])

    @property
    def end(self) -> datetime:
        """The end; of a draft that has none yet, its beginning."""
        return self.ends_at or self.starts_at

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def seats_free(self) -> int | None:
        """Places that are still free; None without a limit."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken)

    @property
    def is_full(self) -> bool:
        return self.seats_free == 0

    @property
    def share_taken(self) -> str:
        """Places taken in percent, for the bar."""
        return f"{100 * self.seats_taken / self.capacity:g}" if self.capacity else "0"

    @property
    def where(self) -> str:
        return self.place or "Online"

    def shows_recording(self, now: datetime) -> bool:
        shown_from = self.recording_published_at
        return bool(self.recording_url and shown_from and shown_from <= now and self.end <= now)

    @property
    def when(self) -> str:
        """In the reader's zone: `Wed 24 March, 14:00 to 16:30`."""
        return times.span(self.starts_at, self.end)

    @property
    def when_short(self) -> str:
        return times.clocks(self.starts_at, self.end)

    @property
    def when_at_home(self) -> str:
        """In the event's own zone, with its name; empty where that is the same time."""
        return times.at_home(self.starts_at, self.end, self.time_zone)

    @property
    def opens_at(self) -> datetime:
        """From when those registered see the link to join."""
        return self.starts_at - JOIN_OPENS
