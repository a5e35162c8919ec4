from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest

from cop.site.admin import LogAdmin
from members.models import Activity, Level, LevelAward, LevelRule, Member, Persona, Verb, WelcomeStep
from members.operations import levels


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin[Member]):
    """Members as organizers see them. Passwords and addresses are changed by their owners alone."""

    list_display = ["name", "handle", "email", "persona", "joined_at", "in_directory", "is_staff"]
    list_filter = ["is_staff", "is_active", "in_directory", "persona", "groups"]
    search_fields = ["name", "handle", "email", "organisation"]
    date_hierarchy = "joined_at"
    ordering = ["-joined_at"]
    readonly_fields = ["email", "handle", "joined_at", "last_login"]
    list_select_related = ["persona"]
    fieldsets = [
        (None, {"fields": ["name", "handle", "email", "headline", "organisation", "town", "persona"]}),
        ("On the home page", {"fields": ["quote", "quote_on_home"]}),
        ("Account", {"fields": ["is_active", "joined_at", "last_login"]}),
        (
            "What they may do here",
            {
                "fields": ["is_staff", "is_superuser", "groups"],
                "description": "Organizers sign in to this admin; groups say what they may change in it.",
            },
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Member | None = None) -> list[str]:
        """Only superusers hand out rights."""
        rights = [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups"]
        return [*self.readonly_fields, *rights]


@admin.register(Activity)
class ActivityAdmin(LogAdmin):
    list_display = ["occurred_at", "actor", "verb", "object_title", "points", "other", "source"]
    list_filter = ["verb__kind", "verb", "source"]
    search_fields = ["actor__name", "actor__handle", "object_title"]
    list_select_related = ["actor", "verb", "other"]
    date_hierarchy = "occurred_at"
    ordering = ["-occurred_at"]


class LevelRuleInline(admin.StackedInline[LevelRule, Level]):
    model = LevelRule
    extra = 0


@admin.register(Level)
class LevelAdmin(admin.ModelAdmin[Level]):
    list_display = ["title", "order", "rule_text", "needs_opt_in", "confirmed_by_organizer"]
    inlines = [LevelRuleInline]


class AwardForm(forms.ModelForm[LevelAward]):
    class Meta:
        model = LevelAward
        fields = ["member", "level", "reason"]
        error_messages = {"reason": {"required": "Write why this level is given."}}


@admin.register(LevelAward)
class LevelAwardAdmin(admin.ModelAdmin[LevelAward]):
    """Awards by hand, each with its reason; the other ones come from the ledger."""

    form = AwardForm
    list_display = ["member", "level", "reason", "at", "given_by"]
    list_filter = ["level"]
    search_fields = ["member__name", "member__handle"]
    autocomplete_fields = ["member"]
    list_select_related = ["member", "level", "given_by"]
    ordering = ["-at"]

    def has_change_permission(self, request: HttpRequest, obj: LevelAward | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LevelAward | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: LevelAward, form: Any, change: bool) -> None:
        given = levels.award(obj.level, to=obj.member, by=Member.objects.get(pk=request.user.pk), reason=obj.reason)
        obj.pk = given.pk


@admin.register(Verb)
class VerbAdmin(admin.ModelAdmin[Verb]):
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


@admin.register(Persona)
class PersonaAdmin(admin.ModelAdmin[Persona]):
    list_display = ["name", "title", "order", "community", "members_here"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Persona]:
        return super().get_queryset(request).annotate(number=Count("members"))

    @admin.display(description="members", ordering="number")
    def members_here(self, persona: Any) -> int:
        return int(persona.number)


@admin.register(WelcomeStep)
class WelcomeStepAdmin(admin.ModelAdmin[WelcomeStep]):
    list_display = ["title", "order", "verb", "address", "minutes"]
