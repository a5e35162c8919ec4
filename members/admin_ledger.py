"""The organizers' side of the ledger: recording and taking back, verbs, levels and their confirmation."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.http import HttpRequest

from cop.lib.errors import Refused
from cop.lib.words import count
from cop.site.admin import LogAdmin, SavesChangedFields
from members.models import Activity, Level, LevelAward, LevelRule, Member, Verb
from members.operations import directory, ledger, levels

Filters = list[tuple[str, str]]


def organizer(request: HttpRequest) -> Member:
    found: Member = Member.objects.get(pk=request.user.pk)
    return found


class ActForm(forms.ModelForm[Activity]):
    """What an organizer records for a member: reviewed work that the site itself does not see yet."""

    class Meta:
        model = Activity
        fields = ["actor", "verb", "object_title", "address", "other"]
        labels = {"actor": "Who did it", "verb": "What", "object_title": "Its title", "other": "Whom it helped"}
        help_texts = {"object_title": "Without names of people: this row stays for ever."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = Verb.objects.filter(kind__in=[Verb.Kind.CONTRIBUTION, Verb.Kind.INTERACTION]).exclude(slug="correction")
        self.fields["verb"] = forms.ModelChoiceField(verbs, label="What")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("actor") and values.get("actor") == values.get("other"):
            self.add_error("other", "Nobody helps themselves. Choose the other person, or leave it empty.")
        people = [person for person in (values.get("actor"), values.get("other")) if person]
        for field in ("object_title", "address"):
            text = values.get(field, "")
            if text and ledger.nameless(text, people) != text:
                self.add_error(field, "This names a person. Write it without, because the ledger cannot forget names.")
        return values


class WaitsFilter(admin.SimpleListFilter):
    """Acts of those who wait for an organizer's word on a level."""

    title = "level to confirm"
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Filters:
        return [("yes", "waits for an organizer")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Activity]) -> QuerySet[Activity]:
        if self.value() != "yes":
            return queryset
        wanted = Q(pk__in=[])
        for member, level in levels.waiting():
            wanted |= Q(actor=member, verb__levelrule__level=level)
        return queryset.filter(wanted, reversed_by=None).distinct()


@admin.register(Activity)
class ActivityAdmin(LogAdmin):
    """The ledger. Organizers record reviewed work here; levels follow at once. A row never changes: what was wrong is
    taken back by a row of its own."""

    form = ActForm
    list_display = ["occurred_at", "actor", "verb", "object_title", "points", "other", "source", "stands"]
    list_filter = [WaitsFilter, "verb__kind", "verb", "source"]
    search_fields = ["actor__name", "actor__handle", "object_title"]
    list_select_related = ["actor", "verb", "other"]
    raw_id_fields = ["actor", "other"]
    date_hierarchy = "occurred_at"
    ordering = ["-occurred_at"]
    actions = ["confirm_level", "take_back"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Activity]:
        back = Activity.objects.filter(reverses=OuterRef("pk"))
        rows: QuerySet[Activity] = super().get_queryset(request).annotate(is_back=Exists(back))
        return rows

    @admin.display(boolean=True)
    def stands(self, act: Any) -> bool:
        return not act.is_back

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("members.add_activity")

    def has_recording_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request)

    def save_model(self, request: HttpRequest, obj: Activity, form: Any, change: bool) -> None:
        made = ledger.record(
            obj.verb_id, by=obj.actor, kind="recorded", key=uuid.uuid4().hex, title=obj.object_title,
            address=obj.address, other=obj.other, source=f"organizer:{request.user.pk}",
        )  # fmt: skip
        obj.pk = made.pk if made else None

    @admin.action(description="Confirm the level that waits for an organizer", permissions=["recording"])
    def confirm_level(self, request: HttpRequest, queryset: QuerySet[Activity]) -> None:
        by = organizer(request)
        for person in Member.objects.filter(pk__in=queryset.values("actor")).order_by("pk"):
            try:
                given = levels.confirm(person, by=by)
            except Refused as refusal:
                messages.warning(request, refusal.message)
            else:
                names = " and ".join(str(award.level) for award in given)
                messages.success(request, f"{person} is {names} now, and hears of it.")

    @admin.action(description="Take back: it was recorded by mistake", permissions=["recording"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Activity]) -> None:
        by, taken = organizer(request), 0
        for act in queryset.select_related("actor"):
            try:
                ledger.reverse(act, by=by, reason="Recorded by mistake")
                taken += 1
            except Refused as refusal:
                messages.warning(request, f"{act.object_title}: {refusal.message}")
        if taken:
            messages.success(request, f"{count(taken, 'act')} taken back by a row of its own. Levels stay.")


class LevelRuleInline(admin.StackedInline[LevelRule, Level]):
    model = LevelRule
    extra = 0


@admin.register(Level)
class LevelAdmin(SavesChangedFields[Level]):
    list_display = ["title", "order", "rule_text", "needs_opt_in", "confirmed_by_organizer"]
    inlines = [LevelRuleInline]

    def save_model(self, request: HttpRequest, obj: Level, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        directory.retitle("level", obj.slug, obj.title)

    def get_readonly_fields(self, request: HttpRequest, obj: Level | None = None) -> list[str]:
        return ["slug"] if obj else []


class AwardForm(forms.ModelForm[LevelAward]):
    class Meta:
        model = LevelAward
        fields = ["member", "level", "reason"]
        error_messages = {"reason": {"required": "Write why this level is given."}}


@admin.register(LevelAward)
class LevelAwardAdmin(admin.ModelAdmin[LevelAward]):
    """Awards by hand, each with its reason; the other ones come from the ledger."""

    form = AwardForm
    list_display = ["member", "level", "reason", "at", "renewed_at", "given_by"]
    list_filter = ["level"]
    search_fields = ["member__name", "member__handle"]
    raw_id_fields = ["member"]
    list_select_related = ["member", "level", "given_by"]
    ordering = ["-at"]

    def has_change_permission(self, request: HttpRequest, obj: LevelAward | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LevelAward | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: LevelAward, form: Any, change: bool) -> None:
        given = levels.award(obj.level, to=obj.member, by=organizer(request), reason=obj.reason)
        obj.pk = given.pk


@admin.register(Verb)
class VerbAdmin(SavesChangedFields[Verb]):
    """The kinds of acts, with totals over all members."""

    list_display = ["slug", "title", "kind", "points", "acts", "points_given"]
    list_filter = ["kind"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Verb]:
        return super().get_queryset(request).annotate(acts=Count("activity"), given=Sum("activity__points"))

    @admin.display(ordering="acts")
    def acts(self, verb: Any) -> int:
        return int(verb.acts)

    @admin.display(ordering="given")
    def points_given(self, verb: Any) -> int:
        return int(verb.given or 0)

    def get_readonly_fields(self, request: HttpRequest, obj: Verb | None = None) -> list[str]:
        return ["slug"] if obj else []
