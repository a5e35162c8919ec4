from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cop.lib import words
from cop.lib.errors import Refused
from cop.site.admin import SavesChangedFields
from governance.admin.widgets import without_side_doors
from governance.forms import AppointForm, EndTermForm
from governance.models import Committee, Seat, Term
from governance.operations import terms
from governance.queries import SeatNow, seat_now
from governance.rotation import months_later
from members.models import Member


class SeatInline(admin.StackedInline[Seat, Committee]):
    model = Seat
    extra = 0
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "group", "remit"]


@admin.register(Committee)
class CommitteeAdmin(SavesChangedFields[Committee]):
    list_display = ["name", "seats", "term_months", "rotation_groups", "max_consecutive", "per_organisation"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [SeatInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "remit"]}),
        (
            "Rules for its seats",
            {
                "fields": ["seats", "term_months", "rotation_groups", "max_consecutive", "per_organisation"],
                "description": "As the charter says. Appointments that break a rule are refused with its name.",
            },
        ),
    ]


class StandingFilter(admin.SimpleListFilter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("held", "Held"), ("vacant", "Vacant")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Seat]) -> QuerySet[Seat]:
        today = timezone.localdate()
        running = Term.objects.annotate(last_day=Coalesce("ended_early_at", "ends"))
        held = Exists(running.filter(seat=OuterRef("pk"), starts__lte=today, last_day__gt=today))
        if self.value() == "held":
            return queryset.filter(held)
        return queryset.filter(~held) if self.value() == "vacant" else queryset


@admin.register(Seat)
class SeatAdmin(SavesChangedFields[Seat]):
    """All seats at a glance: who holds them, until when, and the way to appoint somebody."""

    list_display = ["title", "committee", "group", "holder", "starts", "ends", "days_left", "appoint"]
    list_filter = ["committee", "group", StandingFilter]
    list_select_related = ["committee"]
    search_fields = ["title", "remit"]
    prepopulated_fields = {"slug": ["title"]}
    ordering = ["committee", "group", "pk"]
    fields = ["committee", "title", "slug", "group", "remit"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Seat]:
        return super().get_queryset(request).prefetch_related(Prefetch("terms", Term.objects.select_related("holder")))

    def now(self, seat: Seat) -> SeatNow:
        return seat_now(seat, timezone.localdate())

    @admin.display(description="Holder")
    def holder(self, seat: Seat) -> str:
        now = self.now(seat)
        if now.term:
            return str(now.term.holder)
        return f"Vacant, then {now.successor.holder}" if now.successor else "Vacant"

    @admin.display(description="Starts")
    def starts(self, seat: Seat) -> Any:
        now = self.now(seat)
        shown = now.term or now.successor
        return shown.starts if shown else None

    @admin.display(description="Ends")
    def ends(self, seat: Seat) -> Any:
        now = self.now(seat)
        shown = now.term or now.successor
        return shown.last if shown else None

    @admin.display(description="Days left")
    def days_left(self, seat: Seat) -> str:
        now = self.now(seat)
        if now.days_left is None:
            return ""
        return f"{words.count(now.days_left, 'day')}{', due' if now.is_due and not now.successor else ''}"

    @admin.display(description="Next holder")
    def appoint(self, seat: Seat) -> str | SafeString:
        now = self.now(seat)
        if now.term and now.successor:
            return str(now.successor.holder)
        return format_html(
            '<a href="{}?seat={}">Appoint to {}</a>', reverse("admin:governance_term_add"), seat.pk, seat
        )


@admin.register(Term)
class TermAdmin(admin.ModelAdmin[Term]):
    """Appointments go through the operation; afterwards a term can only be cut short, with a reason."""

    list_display = ["seat", "group", "holder", "starts", "ends", "days_left", "how", "override_reason"]
    list_filter = ["seat__committee", "seat__group", "how"]
    list_select_related = ["seat", "holder"]
    search_fields = ["holder__name", "holder__organisation", "seat__title"]
    date_hierarchy = "ends"

    @admin.display(description="Group", ordering="seat__group")
    def group(self, term: Term) -> int:
        return term.seat.group

    @admin.display(description="Days left", ordering="ends")
    def days_left(self, term: Term) -> str:
        today = timezone.localdate()
        if term.last <= today:
            return "Ended early" if term.ended_early_at else "Ended"
        return words.count((term.last - today).days, "day") if term.runs_on(today) else "Not begun"

    def get_form(self, request: HttpRequest, obj: Term | None = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, form=EndTermForm if obj else AppointForm, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return without_side_doors(field) if field else field

    def get_fieldsets(self, request: HttpRequest, obj: Term | None = None) -> Any:
        term = {"fields": ["seat", "holder", "starts", "ends", "how"]}
        if obj is None:
            return [
                (None, term),
                ("Only where a rule is set aside", {"fields": ["override_reason"]}),
            ]
        return [
            (None, {"fields": [*term["fields"], "appointed_by", "override_reason"]}),
            ("End this term early", {"fields": ["ended_early_at", "reason"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> list[str]:
        return ["seat", "holder", "starts", "ends", "how", "appointed_by", "override_reason"] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A term starts when the seat becomes free, today at the earliest, and lasts as long as the charter says."""
        data: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        number = str(data.get("seat", ""))
        seat = Seat.objects.select_related("committee").filter(pk=number).first() if number.isdecimal() else None
        now = seat_now(seat, timezone.localdate()) if seat else None
        starts = now.term.last if now and now.term else timezone.localdate()
        months = seat.committee.term_months if seat else 12
        return {"starts": starts, "ends": months_later(starts, months)} | data

    def save_model(self, request: HttpRequest, obj: Term, form: ModelForm[Term], change: bool) -> None:
        if change and obj.ended_early_at:
            terms.end_early(obj, on=obj.ended_early_at, reason=obj.reason)
        elif not change:
            made = terms.appoint(
                obj.seat, holder=obj.holder, starts=obj.starts, ends=obj.ends, how=obj.how,
                by=cast(Member, request.user), override_reason=obj.override_reason,
            )  # fmt: skip
            obj.pk = made.pk

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What only the operation can see, such as another appointment in the same second, is said as a message."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return redirect(request.get_full_path())

    def has_change_permission(self, request: HttpRequest, obj: Term | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.ended_early_at)

    def has_delete_permission(self, request: HttpRequest, obj: Term | None = None) -> bool:
        return False
