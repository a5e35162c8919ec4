from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest

from cop.site.admin import KeepsSecrets, LogAdmin, SavesChangedFields
from members.models import Activity, Level, LevelAward, LevelRule, Member, Persona, Verb, WelcomeStep
from members.operations import ledger, levels


@admin.register(Member)
class MemberAdmin(KeepsSecrets, SavesChangedFields[Member]):
    """Members as organizers see them. Passwords and addresses are changed by their owners alone."""

    secrets = ("password",)
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


class ActForm(forms.ModelForm[Activity]):
    """What an organizer records for a member: reviewed work that the site itself does not see yet."""

    class Meta:
        model = Activity
        fields = ["actor", "verb", "object_title", "address", "other"]
        labels = {"actor": "Who did it", "verb": "What", "object_title": "Its title", "other": "Whom it helped"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = Verb.objects.filter(kind__in=[Verb.Kind.CONTRIBUTION, Verb.Kind.INTERACTION]).exclude(slug="correction")
        self.fields["verb"] = forms.ModelChoiceField(verbs, label="What")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("actor") and values.get("actor") == values.get("other"):
            self.add_error("other", "Nobody helps themselves. Choose the other person, or leave it empty.")
        return values


@admin.register(Activity)
class ActivityAdmin(LogAdmin):
    """The ledger. Organizers record reviewed work here; levels follow at once. A row never changes."""

    form = ActForm
    list_display = ["occurred_at", "actor", "verb", "object_title", "points", "other", "source"]
    list_filter = ["verb__kind", "verb", "source"]
    search_fields = ["actor__name", "actor__handle", "object_title"]
    list_select_related = ["actor", "verb", "other"]
    raw_id_fields = ["actor", "other"]
    date_hierarchy = "occurred_at"
    ordering = ["-occurred_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("members.add_activity")

    def save_model(self, request: HttpRequest, obj: Activity, form: Any, change: bool) -> None:
        made = ledger.record(
            obj.verb_id, by=obj.actor, kind="recorded", key=uuid.uuid4().hex, title=obj.object_title,
            address=obj.address, other=obj.other, source=f"organizer:{request.user.pk}",
        )  # fmt: skip
        levels.recompute([obj.actor])
        obj.pk = made.pk if made else None


class LevelRuleInline(admin.StackedInline[LevelRule, Level]):
    model = LevelRule
    extra = 0


@admin.register(Level)
class LevelAdmin(SavesChangedFields[Level]):
    list_display = ["title", "order", "rule_text", "needs_opt_in", "confirmed_by_organizer"]
    inlines = [LevelRuleInline]

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
    list_display = ["member", "level", "reason", "at", "given_by"]
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
        given = levels.award(obj.level, to=obj.member, by=Member.objects.get(pk=request.user.pk), reason=obj.reason)
        obj.pk = given.pk


@admin.register(Verb)
class VerbAdmin(SavesChangedFields[Verb]):
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
class PersonaAdmin(SavesChangedFields[Persona]):
    list_display = ["name", "title", "order", "community", "members_here"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Persona]:
        return super().get_queryset(request).annotate(number=Count("members"))

    @admin.display(description="members", ordering="number")
    def members_here(self, persona: Any) -> int:
        return int(persona.number)


@admin.register(WelcomeStep)
class WelcomeStepAdmin(SavesChangedFields[WelcomeStep]):
    list_display = ["title", "order", "verb", "address", "minutes"]
