from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db.models import CharField, Model, QuerySet
from django.forms import ModelForm, Textarea
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from cop.lib.errors import Refused
from cop.lib.words import count
from cop.site.admin import SavesChangedFields
from members.models import Member
from modules.forms.articles import ArticleForm
from modules.models import Article, Module, Subtopic
from modules.operations import articles, catalogue
from modules.queries.upkeep import SOON

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


class PastReview(admin.SimpleListFilter):
    """Texts whose day of review has come."""

    title, parameter_name = "review", "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("late", "Past its day"), ("soon", "Within 30 days"), ("none", "No day set")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        wanted: dict[str, dict[str, Any]] = {
            "late": {"review_by__lt": today}, "soon": {"review_by__range": (today, today + SOON)},
            "none": {"review_by": None},
        }  # fmt: skip
        return queryset.filter(**wanted.get(self.value() or "", {}))


class KeepsWording:
    """Texts with versions: a draft is written freely; the wording of a published one is changed by a proposal, which
    somebody else decides on."""

    wording: tuple[str, ...] = ()
    text_kind = ""

    if TYPE_CHECKING:

        def text_key(self, row: Any) -> str: ...

    @admin.display(description="Text")
    def suggest(self, row: Any) -> str:
        """The way to change what readers see."""
        address = reverse("editorial:propose", args=[self.text_kind, self.text_key(row)])
        history = reverse("editorial:history", args=[self.text_kind, self.text_key(row)])
        return format_html(
            "Readers see this text, so it changes by a proposal that somebody else decides on. "
            '<a href="{}">Propose a change</a> · <a href="{}">its versions</a>. '
            "To write it anew, make a draft of it in the list first.",
            address, history,
        )  # fmt: skip

    def shown_fieldsets(self, row: Any) -> list[Any]:
        """Without the fields that are not written here; the way to change them stands first."""
        rest = []
        for title, options in self.fieldsets:  # type: ignore[attr-defined]
            left = [name for name in options["fields"] if name not in self.wording]
            rest += [(title, {**options, "fields": left})] if left else []
        return [("Text", {"fields": ["suggest"]}), *rest]


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
        for module in queryset.filter(status=Module.Status.PUBLISHED, stewards=None):
            words = f"Nobody keeps “{module.title}” yet. Name a steward: changes of its texts wait for one."
            self.message_user(request, words, messages.WARNING)

    @admin.action(description="Show the chosen modules as in preparation", permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Module]) -> None:
        for_each(self, request, queryset, catalogue.take_back_module, done="in preparation again", noun="module")


@admin.register(Article)
class ArticleAdmin(KeepsWording, RoomyAdmin[Article]):
    form = ArticleForm
    wording = ("title", "kind", "summary", "body", "sources", "minutes", "teaches")
    text_kind = articles.KIND
    list_display = ["title", "module", "kind", "by", "status", "review_by", "updated_at"]
    list_filter = ["status", PastReview, "module", "kind"]
    list_select_related = ["module", "author"]
    search_fields = ["title", "summary", "body"]
    date_hierarchy = "review_by"
    raw_id_fields = ["author", "owner"]
    actions = ["publish", "take_back"]
    readonly_fields = ["status", "published_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["module", "title", "slug", "kind", "order", "summary"]}),
        ("Text", {"fields": ["body", "sources", "minutes", "teaches"]}),
        ("Author and review", {"fields": ["author", "author_name", "owner", "review_by"]}),
        ("State", {"fields": ["status", "published_at", "updated_at"]}),
    ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Article | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Module and address name the article in members' progress, so they stay once it was published."""
        fixed = ["module", "slug"] if obj and obj.published_at else []
        shown = [*self.wording, "suggest"] if obj and obj.is_published else []
        return [*fixed, *shown, *self.readonly_fields]

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        return self.shown_fieldsets(obj) if obj and obj.is_published else super().get_fieldsets(request, obj)

    def text_key(self, row: Article) -> str:
        return articles.item_key(row)

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm[Article], change: bool) -> None:
        """A draft keeps a version of each saving; of a published article only what is no wording is written here."""
        if not obj.is_published:
            obj.updated_at = timezone.now()
            articles.renew(obj)
        super().save_model(request, obj, form, change)
        if obj.is_published:
            articles.show_article(obj)
        articles.keep_wording(obj, by=cast(Member, request.user), note="Written in the admin")

    def fields_to_save(self, form: Any) -> list[str]:
        rendered = articles.RENDERED if "body" in form.changed_data else []
        stamp = [] if form.instance.is_published else ["updated_at"]
        return [*super().fields_to_save(form), *rendered, *stamp]

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


from modules import admin_ceilings, admin_landscape  # noqa: E402,F401 - registers its own models
