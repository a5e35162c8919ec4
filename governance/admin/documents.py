from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cop.lib.errors import Refused
from cop.site.admin import SavesChangedFields
from governance.admin.widgets import without_side_doors
from governance.forms import DraftForm
from governance.models import DocumentVersion, GoverningDocument
from governance.operations import documents
from members.models import Member

ABOUT = ["document", "version", "status", "written_by", "in_force_at", "put_in_force_by"]


class VersionInline(admin.StackedInline[DocumentVersion, GoverningDocument]):
    model = DocumentVersion
    extra = 0
    can_delete = False
    view_on_site = False
    show_change_link = True
    fields = ["version", "status", "in_force_at", "review_by", "note"]
    readonly_fields = ["version", "status", "in_force_at", "review_by", "note"]
    ordering = ["-created_at"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(GoverningDocument)
class GoverningDocumentAdmin(SavesChangedFields[GoverningDocument]):
    list_display = ["title", "kind", "in_force", "order", "write"]
    list_filter = ["kind"]
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [VersionInline]
    fields = ["title", "slug", "kind", "summary", "order"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[GoverningDocument]:
        return super().get_queryset(request).prefetch_related("versions")

    @admin.display(description="In force")
    def in_force(self, document: GoverningDocument) -> str:
        current = next((one for one in document.versions.all() if one.status == one.Status.IN_FORCE), None)
        return f"Version {current.version} since {current.in_force_at:%-d %B %Y}" if current else "None yet"

    @admin.display(description="Next version")
    def write(self, document: GoverningDocument) -> SafeString:
        address = reverse("admin:governance_documentversion_add")
        return format_html('<a href="{}?document={}">Write a new version of {}</a>', address, document.pk, document)


@admin.register(DocumentVersion)
class DocumentVersionAdmin(admin.ModelAdmin[DocumentVersion]):
    """New versions are drafts; a draft can be changed and put in force, what was in force can only be read.

    “View on site” shows a draft as it will look."""

    form = DraftForm
    list_display = ["document", "version", "status", "in_force_at", "review_by", "note"]
    list_display_links = ["document", "version"]
    list_filter = ["status", "document"]
    list_select_related = ["document"]
    search_fields = ["document__title", "version", "note"]
    ordering = ["document__order", "-created_at"]
    actions = ["put_in_force"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return without_side_doors(field) if field else field

    def get_fieldsets(self, request: HttpRequest, obj: DocumentVersion | None = None) -> Any:
        text = ("Text", {"fields": ["body", "note", "review_by"]})
        if obj is None:
            return [(None, {"fields": ["document", "version"]}), text]
        about = (None, {"fields": ABOUT})
        return [about, text]

    def get_readonly_fields(self, request: HttpRequest, obj: DocumentVersion | None = None) -> list[str]:
        return ABOUT if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new version begins with the text that is in force."""
        data: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        number = str(data.get("document", ""))
        versions = DocumentVersion.objects.filter(document=int(number) if number.isdecimal() else None)
        current = versions.filter(status=DocumentVersion.Status.IN_FORCE).first()
        return ({"body": current.body} if current else {}) | data

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_change_permission(self, request: HttpRequest, obj: DocumentVersion | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: DocumentVersion | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def save_model(
        self, request: HttpRequest, obj: DocumentVersion, form: ModelForm[DocumentVersion], change: bool
    ) -> None:
        if change:
            documents.change_draft(obj, body=obj.body, note=obj.note, review_by=obj.review_by)
            return
        obj.pk = documents.draft_version(
            obj.document, version=obj.version, body=obj.body, note=obj.note, review_by=obj.review_by,
            by=cast(Member, request.user),
        ).pk  # fmt: skip

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return redirect(request.get_full_path())

    @admin.action(description="Put in force", permissions=["change"])
    def put_in_force(self, request: HttpRequest, queryset: QuerySet[DocumentVersion]) -> None:
        for version in queryset.select_related("document"):
            try:
                documents.put_in_force(version, by=cast(Member, request.user))
            except Refused as refusal:
                self.message_user(request, f"{version}: {refusal.message}", messages.ERROR)
            else:
                self.message_user(request, f"{version} is in force now.{asks_members(version)}", messages.SUCCESS)


def asks_members(version: DocumentVersion) -> str:
    is_conduct = version.document.kind == GoverningDocument.Kind.CONDUCT
    return " Members are asked to accept it when they come back." if is_conduct else ""
