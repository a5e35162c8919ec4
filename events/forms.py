"""What organizers type about an event."""

from __future__ import annotations

import zoneinfo
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import slugify
from taggit.forms import TagWidget

from events.models import RESERVED, Event
from events.times import known_zone

CLOCK = "%Y-%m-%dT%H:%M"
CLOCKS = ("starts_at", "ends_at", "recording_published_at")
FIRST_DAYS = timedelta(days=14)


class ClockField(forms.CharField):
    """Day and time in one field, without a zone: the clock on the wall where the event is at home."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "vTextField"}, format=CLOCK)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime(CLOCK) if isinstance(value, datetime) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.prepare_value(initial) or "") != (data or ""))

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip().replace(" ", "T", 1)
        if not text:
            return None
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is not None:
            raise ValidationError("Write day and time like 2027-03-24 14:00.")
        return moment

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError("Write day and time like 2027-03-24 14:00.", code="required")


class LinkField(forms.URLField):
    """An address; one without a scheme means https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})


class EventForm(forms.ModelForm[Event]):
    """An event in one form. Times are clocks of the event's own zone; the address makes itself from the title."""

    starts_at = ClockField(label="Begins", help_text="In the zone of the event.")
    ends_at = ClockField(
        label="Ends", required=False, help_text="In the zone of the event. May stay empty while it is a draft."
    )
    slug = forms.SlugField(
        max_length=80, required=False, label="Address", widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="The last part of its address. Made from the title when left empty; fixed once it is announced.",
    )  # fmt: skip

    recording_published_at = ClockField(
        label="Recording shown from", required=False, help_text="Empty: from the moment the recording is saved."
    )

    class Meta:
        model = Event
        fields = [
            "title", "slug", "kind", "summary", "description", "agenda", "topics", "series", "community", "module",
            "host", "starts_at", "ends_at", "time_zone", "place", "join_url", "access_information", "capacity",
            "recording_url", "recording_published_at",
        ]  # fmt: skip
        widgets = {"topics": TagWidget(attrs={"class": "vTextField"})}
        field_classes = {"join_url": LinkField, "recording_url": LinkField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home = known_zone(self.instance.time_zone)
        for name in CLOCKS:
            moment = getattr(self.instance, name) if self.instance.pk else None
            if moment:
                self.initial[name] = moment.astimezone(home).replace(tzinfo=None)
        if not self.instance.pk and "starts_at" not in self.initial:
            begins = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0, tzinfo=None) + FIRST_DAYS
            self.initial = {**self.initial, "starts_at": begins, "ends_at": begins + timedelta(hours=1)}

    @property
    def publishes(self) -> bool:
        """Whether the button says “Save and publish”."""
        return "_publish" in self.data

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"] or _free_slug(self.cleaned_data.get("title", ""))
        if not slug:
            raise ValidationError("Write an address with small letters, digits and hyphens.")
        return str(slug)

    def clean_capacity(self) -> int | None:
        capacity: int | None = self.cleaned_data["capacity"]
        if capacity == 0:
            raise ValidationError("Give at least one place, or leave it empty for no limit.")
        if capacity is not None and capacity < self.instance.seats_taken:
            raise ValidationError(f"{self.instance.seats_taken} places are taken already. Give at least that many.")
        return capacity

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        zone = cleaned.get("time_zone", "UTC")
        if zone not in zoneinfo.available_timezones():
            self.add_error("time_zone", f"“{zone}” is not a time zone; write one such as Europe/Lisbon.")
            zone = "UTC"
        for name in CLOCKS:
            if cleaned.get(name):
                self._put_into_zone(name, zone)
        self._check_order(cleaned)
        return cleaned

    def _put_into_zone(self, name: str, zone: str) -> None:
        """A clock that the change to summer time skips does not exist there."""
        moment = self.cleaned_data[name].replace(tzinfo=zoneinfo.ZoneInfo(zone))
        there_and_back = moment.astimezone(zoneinfo.ZoneInfo("UTC")).astimezone(moment.tzinfo)
        if there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None):
            self.add_error(name, "The clocks change on that day and skip this time. Choose another one.")
        else:
            self.cleaned_data[name] = moment

    def _check_order(self, cleaned: dict[str, Any]) -> None:
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        announced = self.publishes or (self.instance.pk and not self.instance.is_draft)
        if begins and ends and ends <= begins:
            self.add_error("ends_at", "The end must come after the beginning.")
        elif announced and not ends and "ends_at" not in self.errors:
            self.add_error("ends_at", "An announced event needs an end.")
        if self.publishes and begins and begins <= timezone.now() and not self.instance.is_published:
            self.add_error("starts_at", "The beginning lies in the past. Choose a time to come.")


class CancelForm(forms.Form):
    """Before an event is called off."""

    reason = forms.CharField(
        max_length=500, required=False, label="Reason",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="One or two sentences for the mail to those who registered. May stay empty.",
    )  # fmt: skip


def _free_slug(title: str) -> str:
    base = slugify(title)[:70].strip("-")
    taken = set(Event.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    numbered = (f"{base}-{number}" for number in range(2, 1000))
    return next((slug for slug in (base, *numbered) if slug not in taken), "") if base else ""
