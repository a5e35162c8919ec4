from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm, Textarea
from django.http import HttpRequest

from cop.lib.words import count
from labs.forms.labs import LabForm
from labs.models import Lab, LabStep
from labs.operations import writing
from members.models import Member
from modules.admin import KeepsWording, PastReview, RoomyAdmin, for_each


class StepInline(admin.StackedInline[LabStep, Lab]):
    model = LabStep
    extra = 0
    fields = ["order", "title", "key", "minutes", "required", "body"]
    prepopulated_fields = {"key": ["title"]}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "body":
            kwargs["widget"] = Textarea(attrs={"rows": 16, "cols": 100, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Lab)
class LabAdmin(KeepsWording, RoomyAdmin[Lab]):
    form = LabForm
    wording = (
        "title", "aim", "minutes", "no_code", "prerequisites", "environment", "exposure", "may_show_secrets",
        "local_alternative", "introduction", "expected", "reflection", "troubleshooting", "rubric", "teaches",
        "licence",
    )  # fmt: skip
    text_kind = writing.KIND
    list_display = ["title", "module", "minutes", "exposure", "no_code", "status", "updated_at"]
    list_filter = ["status", PastReview, "module", "exposure", "no_code"]
    list_select_related = ["module"]
    search_fields = ["title", "aim"]
    inlines = [StepInline]
    raw_id_fields = ["author"]
    actions = ["publish", "take_back"]
    readonly_fields = ["status", "published_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["module", "title", "slug", "order", "aim"]}),
        ("What it needs", {"fields": ["minutes", "no_code", "prerequisites", "environment"]}),
        ("Where data goes", {"fields": ["exposure", "may_show_secrets", "local_alternative"]}),
        ("Texts", {"fields": ["introduction", "expected", "reflection", "troubleshooting", "rubric", "teaches"]}),
        ("Author and review", {"fields": ["author", "author_name", "licence", "review_by"]}),
        ("State", {"fields": ["status", "published_at", "updated_at"]}),
    ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Lab | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Lab | None = None) -> Any:
        """The address names the lab in members' progress, so it stays once the lab was published."""
        fixed = ["slug"] if obj and obj.published_at else []
        shown = [*self.wording, "suggest"] if obj and obj.is_published else []
        return [*fixed, *shown, *self.readonly_fields]

    def get_fieldsets(self, request: HttpRequest, obj: Lab | None = None) -> Any:
        return self.shown_fieldsets(obj) if obj and obj.is_published else super().get_fieldsets(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Lab | None) -> Any:
        return [] if obj and obj.is_published else self.inlines

    def text_key(self, row: Lab) -> str:
        return row.slug

    def save_related(self, request: HttpRequest, form: ModelForm[Lab], formsets: Any, change: bool) -> None:
        """A draft is rendered and keeps a version of each saving; a published lab takes its place again."""
        super().save_related(request, form, formsets, change)
        lab = Lab.objects.select_for_update(of=["self"]).select_related("module", "author").get(pk=form.instance.pk)
        if lab.is_published:
            writing.show_lab(lab)
        else:
            writing.renew(lab)
            self.warn_of_minutes(request, lab)
        writing.keep_wording(lab, by=cast(Member, request.user), note="Written in the admin")

    def warn_of_minutes(self, request: HttpRequest, lab: Lab) -> None:
        """Files and proposals of a lab want its minutes to be those of its steps."""
        steps = sum(lab.steps.filter(required=True).values_list("minutes", flat=True))
        if steps != lab.minutes:
            words = f"The lab says {count(lab.minutes, 'minute')}, but its required steps add up to {steps}."
            self.message_user(request, words, messages.WARNING)

    def delete_model(self, request: HttpRequest, obj: Lab) -> None:
        writing.take_back_lab(obj)
        obj.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Lab]) -> None:
        for lab in queryset:
            self.delete_model(request, lab)

    @admin.action(description="Publish the chosen labs", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Lab]) -> None:
        for_each(self, request, queryset, writing.publish_lab, done="published", noun="lab")

    @admin.action(description="Make drafts of the chosen labs", permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Lab]) -> None:
        done = "a draft again" if queryset.count() == 1 else "drafts again"
        for_each(self, request, queryset, writing.take_back_lab, done=done, noun="lab")


from labs import admin_certificates, admin_feedback, admin_paths, admin_reviews  # noqa: E402,F401 - register their own models
