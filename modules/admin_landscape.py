"""Where organizers write checks, tools and outside resources, and the rules about learning."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Avg, Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from cop.lib.errors import Refused
from cop.site.admin import LogAdmin, OneRow
from members.models import Member
from modules.addresses import key_of
from modules.admin import RoomyAdmin, for_each
from modules.forms.checks_admin import CategoryForm, CheckForm, QuestionForm, ToolForm
from modules.forms.opinions import ResourceAdminForm
from modules.models import (
    Check,
    CheckAttempt,
    ExternalResource,
    LearningRules,
    Question,
    Tool,
    ToolCategory,
    ToolReport,
)
from modules.operations import checks, resources, tools
from modules.queries import rules
from modules.queries.checks import mean_gain
from modules.rules import fault_of_category


@admin.register(LearningRules)
class LearningRulesAdmin(OneRow[LearningRules]):
    """Until it is opened the usual numbers hold."""

    fieldsets = [
        ("Checks", {"fields": ["pass_percent", "attempts_a_day"]}),
        ("Outside resources", {"fields": ["look_every_days", "dead_after"]}),
        ("Articles", {"fields": ["review_months"]}),
    ]

    def save_model(
        self, request: HttpRequest, obj: LearningRules, form: ModelForm[LearningRules], change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        rules.forget()


class QuestionInline(admin.StackedInline[Question, Check]):
    model = Question
    form = QuestionForm
    extra = 0
    fields = ["order", "kind", "text", "answers", "explanation", "key"]
    prepopulated_fields = {"key": ["text"]}


@admin.register(Check)
class CheckAdmin(RoomyAdmin[Check]):
    form = CheckForm
    list_display = ["title", "module", "stage", "required", "status", "tries", "mean_score", "updated_at"]
    list_filter = ["status", "stage", "module"]
    list_select_related = ["module"]
    search_fields = ["title", "questions__text"]
    inlines = [QuestionInline]
    actions = ["publish", "take_back"]
    readonly_fields = ["status", "gain", "updated_at"]
    fieldsets = [
        (None, {"fields": ["module", "article", "title", "slug", "minutes"]}),
        ("Before and after", {"fields": ["stage", "before", "required"]}),
        ("State", {"fields": ["status", "gain", "updated_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Check]:
        counted: QuerySet[Check] = super().get_queryset(request).annotate(
            number=Count("attempts"), people=Count("attempts__member", distinct=True), mean=Avg("attempts__percent")
        )  # fmt: skip
        return counted

    def get_prepopulated_fields(self, request: HttpRequest, obj: Check | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Check | None = None) -> Any:
        """The address names the check in members' progress, so it stays."""
        return ["slug", *self.readonly_fields] if obj else self.readonly_fields

    @admin.display(description="Tries", ordering="number")
    def tries(self, obj: Any) -> int:
        return int(obj.number)

    @admin.display(description="Mean score")
    def mean_score(self, obj: Any) -> str:
        return f"{obj.mean:.0f} percent" if obj.people >= 5 else "shown from five members on"

    @admin.display(description="Mean gain of the module")
    def gain(self, obj: Check) -> str:
        found = mean_gain(obj.module) if obj.module_id else None
        return f"{found.percent} percent of {found.members} members" if found else "Shown from five members on."

    def save_model(self, request: HttpRequest, obj: Check, form: ModelForm[Check], change: bool) -> None:
        obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)

    def fields_to_save(self, form: Any) -> list[str]:
        return [*super().fields_to_save(form), "updated_at"]

    def save_related(self, request: HttpRequest, form: ModelForm[Check], formsets: Any, change: bool) -> None:
        """A published check that cannot be marked any more becomes a draft, and the steward is told why."""
        super().save_related(request, form, formsets, change)
        check = Check.objects.select_related("module", "article").get(pk=form.instance.pk)
        if not check.is_published:
            return
        try:
            checks.publish_check(check)
        except Refused as refusal:
            checks.take_back_check(check)
            self.message_user(
                request, f"Your changes are kept, but the check is a draft now. {refusal}", messages.ERROR
            )

    def delete_model(self, request: HttpRequest, obj: Check) -> None:
        checks.take_back_check(obj)
        obj.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Check]) -> None:
        for check in queryset:
            self.delete_model(request, check)

    @admin.action(description="Publish the chosen checks", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Check]) -> None:
        for_each(self, request, queryset, checks.publish_check, done="published", noun="check")

    @admin.action(description="Make drafts of the chosen checks", permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Check]) -> None:
        done = "a draft again" if queryset.count() == 1 else "drafts again"
        for_each(self, request, queryset, checks.take_back_check, done=done, noun="check")


@admin.register(CheckAttempt)
class CheckAttemptAdmin(LogAdmin):
    """That tries were made. Who made one and what they answered is theirs."""

    list_display = ["of", "at", "right", "total", "percent"]
    list_filter = ["of__module", "of__stage"]
    list_select_related = ["of"]
    date_hierarchy = "at"
    exclude = ["member", "answers", "seed"]


@admin.register(ToolCategory)
class ToolCategoryAdmin(RoomyAdmin[ToolCategory]):
    form = CategoryForm
    list_display = ["order", "title", "tools_in_it", "no_open_known"]
    list_display_links = ["title"]
    fields = ["title", "slug", "order", "text", "no_open_known"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: ToolCategory | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[ToolCategory]:
        counted: QuerySet[ToolCategory] = super().get_queryset(request).annotate(number=Count("tools"))
        return counted

    @admin.display(description="Tools", ordering="number")
    def tools_in_it(self, obj: Any) -> int:
        return int(obj.number)


@admin.register(Tool)
class ToolAdmin(RoomyAdmin[Tool]):
    """Facts only, in neutral words. The order of the pages is that of the alphabet and cannot be changed."""

    form = ToolForm
    list_display = ["name", "category", "maker", "licence", "is_open", "exposure", "maturity", "checked_on"]
    list_filter = ["category", "is_open", "exposure", "maturity"]
    list_select_related = ["category"]
    search_fields = ["name", "maker", "summary"]
    date_hierarchy = "checked_on"
    readonly_fields = ["updated_at"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "category", "summary", "homepage"]}),
        ("Who makes it", {"fields": ["maker", "licence", "is_open"]}),
        ("Where it runs and where data goes", {"fields": ["runs", "exposure", "sees_secrets"]}),
        ("How far it is", {"fields": ["maturity", "maturity_reason", "skills"]}),
        ("State", {"fields": ["checked_on", "updated_at"]}),
    ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Tool | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["name"]}

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """One at a time, so that no category is left without an open tool unsaid."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request: HttpRequest, obj: Tool | None = None) -> bool:
        if obj is None or not super().has_delete_permission(request, obj):
            return super().has_delete_permission(request, obj)
        left = list(obj.category.tools.exclude(pk=obj.pk).values_list("is_open", flat=True))
        fault = fault_of_category(tools=len(left), open_tools=sum(left), none_known=obj.category.no_open_known)
        return not fault

    def save_model(self, request: HttpRequest, obj: Tool, form: ModelForm[Tool], change: bool) -> None:
        obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)

    def fields_to_save(self, form: Any) -> list[str]:
        return [*super().fields_to_save(form), "updated_at"]


@admin.register(ToolReport)
class ToolReportAdmin(LogAdmin):
    """What members wrote. Organizers can hide a report from others, with a reason that its author reads."""

    list_display = ["tool", "version", "interest", "member", "used_on", "at", "hidden_at"]
    list_filter = ["interest", "tool__category", ("hidden_at", admin.EmptyFieldListFilter)]
    list_select_related = ["tool", "member"]
    search_fields = ["tool__name", "body"]
    date_hierarchy = "at"
    exclude = ["html"]
    actions = ["hide", "show"]

    @admin.action(description="Hide: no experience with the tool, or against the code of conduct")
    def hide(self, request: HttpRequest, queryset: QuerySet[ToolReport]) -> None:
        said = "It tells no own experience with this version, or it breaks the code of conduct."
        for_each(self, request, queryset, lambda one: tools.hide_report(one, reason=said), done="hidden", noun="report")

    @admin.action(description="Show the chosen reports again")
    def show(self, request: HttpRequest, queryset: QuerySet[ToolReport]) -> None:
        for_each(self, request, queryset, tools.show_report, done="shown again", noun="report")


@admin.register(ExternalResource)
class ExternalResourceAdmin(RoomyAdmin[ExternalResource]):
    form = ResourceAdminForm
    list_display = ["title", "module", "kind", "level", "status", "last_checked", "dead_since"]
    list_filter = ["status", "module", "kind", "cost", ("dead_since", admin.EmptyFieldListFilter)]
    list_select_related = ["module"]
    search_fields = ["title", "url", "why"]
    actions = ["accept"]
    readonly_fields = [
        "status", "suggested_by", "suggested_at", "decided_by", "decided_at", "reason", "last_checked", "last_answer",
        "failures", "dead_since",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["title", "slug", "url", "why"]}),
        ("What it is", {"fields": ["kind", "level", "hours", "cost", "module", "subtopic", "teaches"]}),
        ("Decision", {"fields": ["status", "suggested_by", "suggested_at", "decided_by", "decided_at", "reason"]}),
        ("Is it still there", {"fields": ["last_checked", "last_answer", "failures", "dead_since"]}),
    ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: ExternalResource | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def save_model(
        self, request: HttpRequest, obj: ExternalResource, form: ModelForm[ExternalResource], change: bool
    ) -> None:  # fmt: skip
        obj.key = key_of(obj.url)
        if "url" in form.changed_data:
            obj.failures, obj.dead_since, obj.last_answer = 0, None, ""
        super().save_model(request, obj, form, change)

    def fields_to_save(self, form: Any) -> list[str]:
        more = ["key", "failures", "dead_since", "last_answer"] if "url" in form.changed_data else []
        return [*super().fields_to_save(form), *more]

    @admin.action(description="Take the chosen suggestions into the list", permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet[ExternalResource]) -> None:
        by = request.user
        if isinstance(by, Member):
            for_each(
                self, request, queryset, lambda one: resources.accept(one, by=by), done="accepted", noun="resource"
            )
