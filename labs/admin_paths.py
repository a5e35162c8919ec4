"""Where organizers write paths and see who follows them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from cop.lib.errors import Refused
from labs.forms.paths import ItemForm, ItemFormSet, PathForm
from labs.models import Path, PathItem
from labs.operations import paths
from modules.admin import RoomyAdmin, for_each


class ItemInline(admin.StackedInline[PathItem, Path]):
    model = PathItem
    form = ItemForm
    formset = ItemFormSet  # type: ignore[assignment]
    extra = 0
    verbose_name = "thing on the path"
    verbose_name_plural = "things on the path"
    fieldsets = [
        (None, {"fields": ["order", "key", "kind", "target", "comes_after", "optional"]}),
        ("For talks and contributions", {"fields": ["title", "text", "verbs", "times", "hours"]}),
    ]


@admin.register(Path)
class PathAdmin(RoomyAdmin[Path]):
    form = PathForm
    list_display = ["order", "title", "community", "things", "followers", "status", "updated_at"]
    list_display_links = ["title"]
    list_filter = ["status", "community"]
    list_select_related = ["community"]
    search_fields = ["title", "role", "summary"]
    inlines = [ItemInline]
    actions = ["publish", "take_back"]
    readonly_fields = ["status", "updated_at"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "order", "role", "summary", "ends_with"]}),
        ("Whose it is, and what it leads to", {"fields": ["community", "goal"]}),
        ("State", {"fields": ["status", "updated_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Path]:
        return super().get_queryset(request).prefetch_related("items")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Path | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["role"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Path | None = None) -> Any:
        """The address stands in the ledger of who finished the path."""
        return ["slug", *self.readonly_fields] if obj else self.readonly_fields

    @admin.display(description="things")
    def things(self, path: Path) -> int:
        return len(path.items.all())

    @admin.display(description="on it now")
    def followers(self, path: Path) -> int:
        return path.enrolments.filter(left_at=None, completed_at=None).count()

    def save_related(self, request: HttpRequest, form: ModelForm[Path], formsets: Any, change: bool) -> None:
        """Write the requirements; a published path that now lacks something becomes a draft, and the words say why."""
        path = form.instance
        before = paths.required_keys(path) if change else set()
        super().save_related(request, form, formsets, change)
        kept = [one.cleaned_data for one in formsets[0].forms if not one.cleaned_data.get("DELETE")]
        paths.write_needs(path, {data["key"]: data["comes_after"] for data in kept if data.get("key")})
        try:
            paths.changed(path, before)
        except Refused as refusal:
            paths.take_back_path(path)
            self.message_user(request, f"Your changes are kept, but the path is a draft now. {refusal}", messages.ERROR)

    @admin.action(description="Publish the chosen paths", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Path]) -> None:
        for_each(self, request, queryset, paths.publish_path, done="published", noun="path")

    @admin.action(description="Make drafts of the chosen paths", permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Path]) -> None:
        done = "a draft again" if queryset.count() == 1 else "drafts again"
        for_each(self, request, queryset, paths.take_back_path, done=done, noun="path")
