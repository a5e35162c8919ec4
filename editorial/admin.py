"""Texts and their versions for organizers: to find and to read. Decisions are made on the pages of the changes."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cop.site.admin import LogAdmin
from editorial.models import Revision, Text, TextLink


@admin.register(Text)
class TextAdmin(LogAdmin):
    """Every text that has versions, with the way to its history."""

    list_display = ["title", "kind", "topic", "owner", "history"]
    list_filter = ["kind", "topic"]
    search_fields = ["title", "key"]
    list_select_related = ["owner"]
    ordering = ["kind", "title", "pk"]
    fields = ["title", "kind", "key", "topic", "owner", "history", "created_at"]

    @admin.display(description="history")
    def history(self, text: Text) -> SafeString:
        address = reverse("editorial:history", args=[text.kind, text.key])
        return format_html('<a href="{}">Open the history</a>', address)


@admin.register(Revision)
class RevisionAdmin(LogAdmin):
    """Everything that was proposed or is in force. Drafts are private and stand here for nobody."""

    list_display = ["text", "number", "status", "change", "note", "author", "proposed_at", "page"]
    list_filter = ["status", "change", "text__kind"]
    search_fields = ["text__title", "note"]
    list_select_related = ["text", "author"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-pk"]
    fields = [
        "text", "number", "status", "change", "note", "author", "author_name", "proposed_at", "decided_at",
        "decided_by", "page",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        rows: QuerySet[Revision] = super().get_queryset(request)
        return rows.exclude(status=Revision.Status.DRAFT).defer("content")

    @admin.display(description="page")
    def page(self, revision: Revision) -> SafeString:
        return format_html('<a href="{}">Read and decide</a>', revision.get_absolute_url())


@admin.register(TextLink)
class TextLinkAdmin(admin.ModelAdmin[TextLink]):
    """Where a text comes from, and which took its place: said by organizers, shown with the text."""

    list_display = ["text", "kind", "other", "at"]
    list_filter = ["kind"]
    list_select_related = ["text", "other"]
    raw_id_fields = ["text", "other"]
    fields = ["text", "kind", "other"]
    search_fields = ["text__title", "other__title"]
