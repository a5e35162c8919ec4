from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cop.lib.errors import Refused
from cop.lib.words import count
from cop.site.admin import SavesChangedFields
from events import exports, queries
from events.forms import CancelForm, EventForm
from events.models import Event, EventSeries, Registration
from events.operations import attendance, publishing
from members.models import Member

SHOWN_ON_THE_PAGE = 50


def organizer(request: HttpRequest) -> Member:
    """Whoever is signed in to the admin."""
    return cast(Member, request.user)


@admin.register(EventSeries)
class EventSeriesAdmin(SavesChangedFields[EventSeries]):
    list_display = ["title", "kind", "rrule", "minutes"]
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(Event)
class EventAdmin(admin.ModelAdmin[Event]):
    form = EventForm
    change_form_template = "events/admin/change_form.html"
    list_display = ["title", "kind", "status", "starts_at", "seats", "host"]
    list_filter = ["status", "kind", "community", "module", "series"]
    list_select_related = ["host"]
    search_fields = ["title", "summary", "slug"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at"]
    autocomplete_fields = ["host"]
    actions = ["publish", "cancel_events", "export_registrations"]
    fieldsets = [
        ("What", {"fields": [
            "title", "slug", "kind", "summary", "description", "agenda", "topics", "series", "community", "module",
            "host",
        ]}),
        ("When", {"fields": ["starts_at", "ends_at", "time_zone"]}),
        ("Where", {"fields": ["place", "join_url", "access_information"]}),
        ("Seats", {"fields": ["capacity", "registered"]}),
        ("After the event", {"fields": ["recording_url", "recording_published_at"]}),
    ]  # fmt: skip

    @admin.display(description="Places", ordering="seats_taken")
    def seats(self, event: Event) -> str:
        return f"{event.seats_taken} of {event.capacity}" if event.capacity else f"{event.seats_taken}, no limit"

    @admin.display(description="Registrations")
    def registered(self, event: Event) -> SafeString | str:
        """Who is registered, to read; the link leads to the list where attendance is marked."""
        if not event.pk:
            return "People can register once the event is published."
        rows = queries.with_position(event.registrations.select_related("member")).order_by("status", "registered_at")
        return render_to_string(
            "events/admin/registrations.html",
            {"counts": queries.counts(event), "rows": rows[:SHOWN_ON_THE_PAGE], "most": SHOWN_ON_THE_PAGE,
             "list": f"{reverse('admin:events_registration_changelist')}?event__id__exact={event.pk}"},
        )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Event | None = None) -> list[str]:
        return ["registered", "slug"] if obj and not obj.is_draft else ["registered"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Event | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without the row of signs beside each choice: nobody makes a community while writing an event."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            for sign in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{sign}_related", False)
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        host = organizer(request)
        return {"host": host.pk, "time_zone": host.time_zone, **super().get_changeform_initial_data(request)}

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """Only drafts are deleted; what was announced is cancelled, so that nobody stands before a missing page."""
        return super().has_delete_permission(request, obj) and obj is not None and obj.is_draft

    def save_model(self, request: HttpRequest, obj: Event, form: ModelForm[Event], change: bool) -> None:
        if obj.recording_url and not obj.recording_published_at:
            obj.recording_published_at = timezone.now()
        if not change:
            obj.save()
            return
        names = {field.name for field in Event._meta.concrete_fields} & {*form.cleaned_data, "recording_published_at"}
        values = {name: getattr(obj, name) for name in names}
        try:
            publishing.change(obj, by=organizer(request), **values)
        except Refused as refused:
            obj.refused = refused.message  # type: ignore[attr-defined]

    def response_add(self, request: HttpRequest, obj: Event, post_url_continue: str | None = None) -> HttpResponse:
        return self._published(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Event) -> HttpResponse:
        if refused := getattr(obj, "refused", ""):
            self.message_user(request, f"Not saved: {refused}", messages.ERROR)
            return HttpResponseRedirect(request.path)
        return self._published(request, obj) or super().response_change(request, obj)

    def _published(self, request: HttpRequest, event: Event) -> HttpResponse | None:
        """The answer to “Save and publish”: back to the event, with a sentence that says what happened."""
        if "_publish" not in request.POST:
            return None
        self._publish(request, event)
        return HttpResponseRedirect(reverse("admin:events_event_change", args=[event.pk]))

    def _publish(self, request: HttpRequest, event: Event) -> None:
        try:
            publishing.publish(event, by=organizer(request))
        except Refused as refused:
            self.message_user(request, f"“{event}” was not published: {refused.message}", messages.ERROR)
        else:
            words = format_html(
                "“{}” is announced at <a href='{}'>its page</a>.", event.title, event.get_absolute_url()
            )
            self.message_user(request, words)

    def get_urls(self) -> list[Any]:
        """The actions for one event have addresses of their own, so that its page can lead to them."""
        guarded = self.admin_site.admin_view
        return [
            path("<int:pk>/registrations.csv", guarded(self.export_one), name="events_event_registrations"),
            path("<int:pk>/cancel/", guarded(self.cancel_one), name="events_event_cancel"),
            *super().get_urls(),
        ]

    def export_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self.export_registrations(request, Event.objects.filter(pk=pk))

    def cancel_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Only asks; the answer goes to the list's own action."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        return self._ask(request, Event.objects.filter(pk=pk))

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, events: QuerySet[Event]) -> None:
        for event in events:
            self._publish(request, event)

    @admin.action(description="Cancel event", permissions=["change"])
    def cancel_events(self, request: HttpRequest, events: QuerySet[Event]) -> HttpResponse | None:
        """Asks on a page of its own, because those registered are told at once."""
        form = CancelForm(request.POST if "confirmed" in request.POST else None)
        if form.is_bound and form.is_valid():
            for event in events:
                self._cancel(request, event, form.cleaned_data["reason"])
            return None
        return self._ask(request, events, form)

    def _ask(self, request: HttpRequest, events: QuerySet[Event], form: CancelForm | None = None) -> HttpResponse:
        rows = [(event, event.registrations.live().count()) for event in events]
        context = {
            **self.admin_site.each_context(request), "title": "Cancel events", "opts": self.model._meta,
            "form": form or CancelForm(),
            "rows": rows, "checkbox": ACTION_CHECKBOX_NAME, "media": self.media,
        }  # fmt: skip
        return TemplateResponse(request, "events/admin/cancel.html", context)

    def _cancel(self, request: HttpRequest, event: Event, reason: str) -> None:
        try:
            publishing.cancel_event(event, by=organizer(request), reason=reason)
        except Refused as refused:
            self.message_user(request, f"“{event}” was not cancelled: {refused.message}", messages.ERROR)
        else:
            told = count(event.registrations.live().count(), "person", "people")
            self.message_user(request, f"“{event}” is cancelled. A mail that says so goes to {told}.")

    @admin.action(description="Export registrations as CSV", permissions=["view"])
    def export_registrations(self, request: HttpRequest, events: QuerySet[Event]) -> HttpResponse:
        found = Registration.objects.filter(event__in=events).select_related("event", "member")
        rows = queries.with_position(found).order_by("event__starts_at", "event", "status", "waiting_number", "pk")
        headers = {"Content-Disposition": 'attachment; filename="registrations.csv"'}
        return HttpResponse(exports.as_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)


@admin.register(Registration)
class RegistrationAdmin(admin.ModelAdmin[Registration]):
    """A list to read, and to mark who came; seats are given and taken back on the event's page alone."""

    list_display = ["member", "event", "status", "waiting_number", "registered_at", "attended_at"]
    list_filter = ["status", ("attended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["member", "event"]
    search_fields = ["member__name", "member__handle", "member__email", "event__title"]
    ordering = ["-event__starts_at", "status", "waiting_number", "registered_at"]
    actions = ["mark_attended"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Registration | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Registration | None = None) -> bool:
        return False

    def has_attendance_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("events.change_registration"))

    @admin.action(description="Mark as attended", permissions=["attendance"])
    def mark_attended(self, request: HttpRequest, registrations: QuerySet[Registration]) -> None:
        marked, problems = 0, set()
        for registration in registrations:
            try:
                marked += attendance.mark_attended(registration, by=organizer(request))
            except Refused as refused:
                problems.add(refused.message)
        self.message_user(request, f"{count(marked, 'person', 'people')} marked as attended.")
        for problem in sorted(problems):
            self.message_user(request, problem, messages.WARNING)
