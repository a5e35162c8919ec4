from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin

from cop.lib import words
from cop.lib.errors import Refused
from cop.lib.http import MAIL_POLICY, posts_only
from cop.site.admin import KeepsSecrets, LogAdmin, SavesChangedFields
from members.guards import MemberRequest
from newsletters import operations, queries, rules
from newsletters.delivery import audience, content
from newsletters.forms import IssueForm
from newsletters.models import Delivery, Issue, Subscription, Suppression

button = posts_only("admin:newsletters_issue_preview")
WRITING = [
    (None, {"fields": ["subject", "preheader", "body"]}),
    ("Who gets it", {"fields": ["who", "communities", "personas", "levels"],
                     "description": "Choices in several groups must all fit; inside one group any of them is enough."}),
    ("Its address", {"fields": ["number", "slug"]}),
]  # fmt: skip
READING = [
    (None, {"fields": ["subject", "preheader", "audience_in_words"]}),
    ("Approval", {"fields": ["created_by", "approved_by", "approved_at", "sent_at"]}),
    ("Its address", {"fields": ["number", "slug"]}),
]


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin[Issue]):
    """Three screens: write, look at it and send a test, approve. After that the first screen shows the progress."""

    form = IssueForm
    list_display = ["title", "number", "status", "progress", "sent_at"]
    list_filter = ["status"]
    search_fields = ["subject", "body"]
    ordering = ["-number"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        settled = ~Q(deliveries__state__in=["pending", "claimed", "sending"])
        return super().get_queryset(request).annotate(
            rows=Count("deliveries"), settled=Count("deliveries", filter=settled)
        )  # fmt: skip

    @admin.display(description="Settled")
    def progress(self, issue: Any) -> str:
        return f"{issue.settled:,} of {issue.rows:,}" if issue.rows else "not approved"

    @admin.display(description="Audience")
    def audience_in_words(self, issue: Issue) -> str:
        return queries.in_words(issue.audience)

    # The first screen

    def get_fieldsets(self, request: HttpRequest, obj: Issue | None = None) -> Any:
        return WRITING if obj is None or obj.is_draft else READING

    def get_readonly_fields(self, request: HttpRequest, obj: Issue | None = None) -> list[str]:
        if obj is None or obj.is_draft:
            return []
        return [name for _, part in READING for name in part["fields"]]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Issue | None = None) -> dict[str, Any]:
        return {"slug": ["subject"]} if obj is None else {}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        newest = Issue.objects.order_by("-number").values_list("number", flat=True).first()
        return {"number": (newest or 0) + 1}

    def has_delete_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return (obj is None or obj.is_draft) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def save_model(self, request: MemberRequest, obj: Issue, form: ModelForm[Issue], change: bool) -> None:  # type: ignore[override]
        if not change:
            obj.created_by = request.user
            obj.save()
        elif obj.is_draft:
            obj.save(update_fields=["number", "slug", "subject", "preheader", "body", "audience"])

    def response_add(self, request: HttpRequest, obj: Issue, post_url_continue: str | None = None) -> HttpResponse:
        return self._next_screen(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Issue) -> HttpResponse:
        return self._next_screen(request, obj) or super().response_change(request, obj)

    def _next_screen(self, request: HttpRequest, issue: Issue) -> HttpResponseRedirect | None:
        for button, screen in (("_preview", "preview"), ("_approve", "approve")):
            if button in request.POST:
                return redirect(f"admin:newsletters_issue_{screen}", issue.pk)
        return None

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        issue = Issue.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        extra = {"issue": issue, "ledger": queries.ledger(issue) if issue and not issue.is_draft else None}
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().add_view(request, form_url, {"issue": None, "ledger": None} | (extra_context or {}))

    # The other screens

    def get_urls(self) -> list[URLPattern]:
        views = {
            "preview": self.preview, "mail": self.mail, "test": button(self.test), "approve": self.approve,
            "start": button(self.start), "pause": button(self.pause), "resume": button(self.resume),
            "withdraw": button(self.withdraw),
        }  # fmt: skip
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"newsletters_issue_{name}")
            for name, view in views.items()
        ]
        return own + super().get_urls()

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = self._issue(request, pk)
        made = _content(issue).for_nobody()
        return self._screen(request, "preview", issue, "Preview", {"content": made})

    @method_decorator([csp_replace(MAIL_POLICY | {"img-src": [SELF, "data:"]}), xframe_options_sameorigin])
    def mail(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The HTML part alone, for the frame of the preview; its own policy lets mail styles work and nothing else."""
        return HttpResponse(_content(self._issue(request, pk)).for_nobody().html)

    def test(self, request: MemberRequest, pk: int) -> HttpResponse:
        operations.send_test(self._issue(request, pk), to=request.user)
        self.message_user(request, f"A test is on its way to {request.user.email}.", messages.SUCCESS)
        return redirect("admin:newsletters_issue_preview", pk)

    def approve(self, request: MemberRequest, pk: int) -> HttpResponse:
        issue = self._issue(request, pk)
        if not issue.is_draft:
            return self._back(request, issue, "This issue is approved already.", messages.WARNING)
        if request.method == "POST":
            return self._approve(request, issue)
        number = audience.size(issue.audience)
        more = {
            "recipients": number, "audience": queries.in_words(issue.audience), "content": content.of(issue),
            "faults": rules.faults(issue, number), "needs_two": rules.needs_somebody_else(issue, request.user),
        }  # fmt: skip
        return self._screen(request, "approve", issue, "Approve", more)

    def _approve(self, request: MemberRequest, issue: Issue) -> HttpResponse:
        try:
            number = operations.approve(issue, by=request.user)
            if "send" in request.POST:
                operations.start(issue, by=request.user)
        except Refused as refused:
            return self._back(request, issue, refused.message, messages.ERROR)
        people = words.count(number, "person", "people")
        done = (
            f"It is being sent to {people}."
            if "send" in request.POST
            else f"It is approved for {people}, not sent yet."
        )
        return self._back(request, issue, done)

    def start(self, request: MemberRequest, pk: int) -> HttpResponse:
        return self._do(request, pk, operations.start, "It is being sent.")

    def pause(self, request: MemberRequest, pk: int) -> HttpResponse:
        return self._do(request, pk, operations.pause, "Sending is paused; nothing leaves until you resume it.")

    def resume(self, request: MemberRequest, pk: int) -> HttpResponse:
        return self._do(request, pk, operations.resume, "It is being sent again.")

    def withdraw(self, request: MemberRequest, pk: int) -> HttpResponse:
        return self._do(request, pk, operations.withdraw, "It is a draft again; nobody has got it.")

    def _do(self, request: MemberRequest, pk: int, operation: Any, done: str) -> HttpResponse:
        issue = self._issue(request, pk)
        try:
            operation(issue, by=request.user)
        except Refused as refused:
            return self._back(request, issue, refused.message, messages.ERROR)
        return self._back(request, issue, done)

    def _issue(self, request: HttpRequest, pk: int) -> Issue:
        issue = get_object_or_404(Issue, pk=pk)
        if not self.has_change_permission(request, issue):
            raise PermissionDenied
        return issue

    def _back(self, request: HttpRequest, issue: Issue, text: str, level: int = messages.SUCCESS) -> HttpResponse:
        self.message_user(request, text, level)
        return HttpResponseRedirect(reverse("admin:newsletters_issue_change", args=[issue.pk]))

    def _screen(
        self, request: HttpRequest, name: str, issue: Issue, title: str, more: dict[str, Any]
    ) -> HttpResponse:  # fmt: skip
        shared = self.admin_site.each_context(request) | {"opts": self.opts, "issue": issue, "title": title}
        return render(request, f"admin/newsletters/issue/{name}.html", shared | {"subtitle": issue.title} | more)


def _content(issue: Issue) -> content.Content:
    return content.of(issue) if issue.is_draft else content.frozen(issue)


class DecidedByActions(LogAdmin):
    """Rows that are read here, and changed by actions only."""

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"newsletters.change_{self.opts.model_name}")


@admin.register(Delivery)
class DeliveryAdmin(DecidedByActions):
    list_display = ["email", "issue", "state", "tries", "error", "changed_at"]
    list_filter = ["state", "issue"]
    list_select_related = ["issue"]
    search_fields = ["email"]
    ordering = ["issue", "id"]
    actions = ["send_again", "treat_as_sent"]
    show_full_result_count = False

    @admin.action(description="Send again (uncertain ones)", permissions=["decide"])
    def send_again(self, request: MemberRequest, rows: QuerySet[Delivery]) -> None:
        self._decide(request, rows, operations.send_again, "goes out once more", "go out once more")

    @admin.action(description="Treat as sent (uncertain ones)", permissions=["decide"])
    def treat_as_sent(self, request: MemberRequest, rows: QuerySet[Delivery]) -> None:
        self._decide(request, rows, operations.treat_as_sent, "counts as sent", "count as sent")

    def _decide(self, request: MemberRequest, rows: QuerySet[Delivery], operation: Any, one: str, many: str) -> None:
        uncertain = rows.filter(state=Delivery.State.UNCERTAIN)
        for row in uncertain:
            operation(row, by=request.user)
        number = len(uncertain)
        self.message_user(request, f"{words.count(number, 'mail')} {one if number == 1 else many}.")
        if left := rows.model.objects.filter(pk__in=rows.values("pk")).count() - number:
            self.message_user(
                request, f"{words.count(left, 'other mail')} left alone: not uncertain.", messages.WARNING
            )


@admin.register(Subscription)
class SubscriptionAdmin(KeepsSecrets, DecidedByActions):
    secrets = ("key",)
    list_display = ["address", "status", "source", "confirmed_at", "unsubscribed_at", "leaving_reason"]
    list_filter = ["status", "leaving_reason", "source"]
    list_select_related = ["member"]
    search_fields = ["email", "member__email", "member__name"]
    ordering = ["-created_at"]
    actions = ["stop"]

    @admin.action(description="Unsubscribe", permissions=["decide"])
    def stop(self, request: HttpRequest, rows: QuerySet[Subscription]) -> None:
        number = sum(operations.unsubscribe(row.key) for row in rows)
        self.message_user(request, f"{words.count(number, 'subscription')} stopped.")


@admin.register(Suppression)
class SuppressionAdmin(SavesChangedFields[Suppression]):
    list_display = ["email", "reason", "note", "created_at"]
    list_filter = ["reason"]
    search_fields = ["email"]
    fields = ["email", "reason", "note"]
