from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from cop.lib import words
from cop.site.admin import KeepsSecrets, SavesChangedFields
from members.models import Member, Persona, WelcomeStep
from members.operations import directory


@admin.register(Member)
class MemberAdmin(KeepsSecrets, SavesChangedFields[Member]):
    """The accounts of members. What members say about themselves is theirs alone: it stands on their page, for whom
    they chose, and is neither shown nor changed here."""

    secrets = ("password",)
    list_display = ["name", "handle", "email", "joined_at", "in_directory", "is_active", "is_staff"]
    list_filter = ["is_staff", "is_active", "in_directory", "quote_on_home", "groups"]
    search_fields = ["name", "handle", "email"]
    date_hierarchy = "joined_at"
    ordering = ["-joined_at"]
    readonly_fields = ["name", "handle", "email", "in_directory", "home_page", "joined_at", "last_login"]
    actions = ["take_off_home_page"]
    fieldsets = [
        (None, {"fields": ["name", "handle", "email", "in_directory"]}),
        ("On the home page", {"fields": ["home_page"]}),
        ("Account", {"fields": ["is_active", "joined_at", "last_login"]}),
        (
            "What they may do here",
            {
                "fields": ["is_staff", "is_superuser", "groups"],
                "description": "Organizers sign in to this admin; groups say what they may change in it.",
            },
        ),
    ]

    @admin.display(description="their words there")
    def home_page(self, member: Member) -> str:
        return f"“{member.quote}”" if member.quote and member.quote_on_home else "None"

    @admin.action(description="Take their words off the home page", permissions=["change"])
    def take_off_home_page(self, request: HttpRequest, chosen: QuerySet[Member]) -> None:
        number = chosen.filter(quote_on_home=True).update(quote_on_home=False)
        self.message_user(request, f"The words of {words.count(number, 'member')} are off the home page.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Member | None = None) -> list[str]:
        """Only superusers hand out rights."""
        rights = [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups"]
        return [*self.readonly_fields, *rights]

    def save_model(self, request: HttpRequest, obj: Member, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        directory.touch(obj.pk)


@admin.register(Persona)
class PersonaAdmin(SavesChangedFields[Persona]):
    list_display = ["name", "title", "order", "community", "members_here"]

    def save_model(self, request: HttpRequest, obj: Persona, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        directory.retitle("persona", obj.slug, obj.title)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Persona]:
        return super().get_queryset(request).annotate(number=Count("members"))

    @admin.display(description="members", ordering="number")
    def members_here(self, persona: Any) -> int:
        return int(persona.number)


@admin.register(WelcomeStep)
class WelcomeStepAdmin(SavesChangedFields[WelcomeStep]):
    list_display = ["title", "order", "verb", "address", "minutes"]


from members import admin_imports, admin_ledger, admin_recognition, admin_rules, admin_skills, admin_welcome  # noqa: E402, F401
