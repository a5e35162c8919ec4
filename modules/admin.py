from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db.models import CharField, Model, QuerySet
from django.forms import ModelForm, Textarea
from django.http import HttpRequest
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.words import count
from cop.site.admin import SavesChangedFields
from modules.forms.articles import ArticleForm
from modules.models import Article, Module, Subtopic
from modules.operations import articles, catalogue

Row = TypeVar("Row", bound=Model)
SENTENCE = 200  # characters


def for_each(
    page: ModelAdmin[Any], request: HttpRequest, rows: QuerySet[Any], act: Callable[[Any], Any], *, done: str, noun: str
) -> None:
    """Call an operation for each chosen row; say how many went well, and each refusal in its own words."""
    number = 0
    for row in rows:
        try:
            act(row)
            number += 1
        except Refused as refusal:
            page.message_user(request, refusal.message, messages.ERROR)
    if number:
        page.message_user(request, f"{count(number, noun)} {'is' if number == 1 else 'are'} {done}.")


class RoomyAdmin(SavesChangedFields[Row]):
    """Sentences are written in a field of several lines, names in one of a single line."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, CharField) and not db_field.choices and (db_field.max_length or 0) >= SENTENCE:
            kwargs["widget"] = Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class SubtopicInline(admin.StackedInline[Subtopic, Module]):
    model = Subtopic
    extra = 0
    fields = ["order", "title", "slug", "text"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(Module)
class ModuleAdmin(RoomyAdmin[Module]):
    list_display = ["order", "title", "level", "hours", "status", "updated_at"]
    list_display_links = ["title"]
    list_filter = ["status", "level"]
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}
    raw_id_fields = ["stewards"]
    inlines = [SubtopicInline]
    actions = ["publish", "take_back"]
    readonly_fields = ["status", "updated_at"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "order", "promise", "summary"]}),
        ("At a glance", {"fields": ["hours", "level", "glyph"]}),
        ("Who keeps it", {"fields": ["stewards", "status", "updated_at"]}),
    ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Module | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Module | None = None) -> Any:
        """The address of what people may have linked to stays."""
        return ["slug", *self.readonly_fields] if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Module, form: ModelForm[Module], change: bool) -> None:
        obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)

    def fields_to_save(self, form: Any) -> list[str]:
        return [*super().fields_to_save(form), "updated_at"]

    @admin.action(description="Publish the chosen modules", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Module]) -> None:
        for_each(self, request, queryset, catalogue.publish_module, done="published", noun="module")

    @admin.action(description="Show the chosen modules as in preparation", permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Module]) -> None:
        for_each(self, request, queryset, catalogue.take_back_module, done="in preparation again", noun="module")


@admin.register(Article)
class ArticleAdmin(RoomyAdmin[Article]):
    form = ArticleForm
    list_display = ["title", "module", "kind", "by", "status", "review_by", "updated_at"]
    list_filter = ["status", "module", "kind"]
    list_select_related = ["module", "author"]
    search_fields = ["title", "summary", "body"]
    date_hierarchy = "review_by"
    raw_id_fields = ["author"]
    actions = ["publish", "take_back"]
    readonly_fields = ["status", "published_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["module", "title", "slug", "kind", "order", "summary"]}),
        ("Text", {"fields": ["body", "sources"]}),
        ("Author and review", {"fields": ["author", "author_name", "minutes", "review_by"]}),
        ("State", {"fields": ["status", "published_at", "updated_at"]}),
    ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Article | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Module and address name the article in members' progress, so they stay once it was published."""
        return ["module", "slug", *self.readonly_fields] if obj and obj.published_at else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm[Article], change: bool) -> None:
        obj.updated_at = timezone.now()
        articles.renew(obj)
        super().save_model(request, obj, form, change)
        if obj.is_published:
            articles.publish_article(obj)

    def fields_to_save(self, form: Any) -> list[str]:
        rendered = articles.RENDERED if "body" in form.changed_data else []
        return [*super().fields_to_save(form), *rendered, "updated_at"]

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        articles.take_back_article(obj)
        obj.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            self.delete_model(request, article)

    @admin.action(description="Publish the chosen articles", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for_each(self, request, queryset, articles.publish_article, done="published", noun="article")

    @admin.action(description="Make drafts of the chosen articles", permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        done = "a draft again" if queryset.count() == 1 else "drafts again"
        for_each(self, request, queryset, articles.take_back_article, done=done, noun="article")
