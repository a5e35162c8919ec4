"""Where organizers see certificates and take them back, change what they ask for, and see the keys."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from cop.lib.errors import Refused
from cop.lib.words import count
from cop.site.admin import KeepsSecrets, LogAdmin
from labs.forms.certificates import CriteriaForm, RevokeForm
from labs.models import Certificate, CertificateCriteria, IssuerKey
from labs.operations import certificates as operations


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("valid", "Valid"), ("expired", "Expired"), ("revoked", "Revoked")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> QuerySet[Certificate]:
        now = timezone.now()
        chosen: dict[str, dict[str, Any]] = {
            "valid": {"revoked_at": None, "expires_at__gt": now},
            "expired": {"revoked_at": None, "expires_at__lte": now},
            "revoked": {"revoked_at__isnull": False},
        }  # fmt: skip
        return queryset.filter(**chosen.get(self.value() or "", {}))


@admin.register(Certificate)
class CertificateAdmin(LogAdmin):
    """Issued by software, read by people; what organizers do is revoke, and issue anew what was revoked by mistake."""

    list_display = ["title", "name", "state_in_words", "issued_at", "expires_at", "revoked_by"]
    list_filter = [StateFilter, "criteria__module", "criteria__path"]
    list_select_related = ["revoked_by"]
    search_fields = ["code", "name", "title", "member__handle"]
    date_hierarchy = "issued_at"
    actions = ["issue_anew"]
    fieldsets = [
        (None, {"fields": ["title", "name", "page", "state_in_words", "take_back"]}),
        ("What it rests on", {"fields": ["criteria", "evidence_in_words"]}),
        ("Dates", {"fields": ["issued_at", "expires_at", "renewed_from", "revoked_at", "revoked_by", "reason"]}),
    ]
    readonly_fields = ["page", "state_in_words", "take_back", "evidence_in_words"]

    @admin.display(description="state")
    def state_in_words(self, obj: Certificate) -> str:
        return obj.state.capitalize()

    @admin.display(description="page")
    def page(self, obj: Certificate) -> str:
        return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), obj.code)

    @admin.display(description="take back")
    def take_back(self, obj: Certificate) -> str:
        if obj.revoked_at:
            return "Revoked. If that was a mistake, choose it in the list and issue it anew."
        address = reverse("admin:labs_certificate_revoke", args=[obj.pk])
        return format_html('<a href="{}">Revoke, with a reason</a>', address)

    @admin.display(description="evidence")
    def evidence_in_words(self, obj: Certificate) -> str:
        return ". ".join(f"{one['title']}: {one['done'].lower()} on {one['date']}" for one in obj.evidence)

    def get_urls(self) -> list[URLPattern]:
        revoke = self.admin_site.admin_view(self.revoke_view)
        return [path("<int:number>/revoke/", revoke, name="labs_certificate_revoke"), *super().get_urls()]

    def revoke_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Asks for the reason, which everybody will read."""
        found = Certificate.objects.select_related("criteria__module", "criteria__path", "member")
        certificate = get_object_or_404(found, pk=number)
        form = RevokeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._revoked(request, certificate, form.cleaned_data["reason"])
        context = {
            **self.admin_site.each_context(request), "form": form, "certificate": certificate, "opts": self.opts,
            "title": f"Revoke “{certificate}”",
        }  # fmt: skip
        return TemplateResponse(request, "admin/labs/revoke.html", context)

    def _revoked(self, request: HttpRequest, certificate: Certificate, reason: str) -> HttpResponseRedirect:
        try:
            taken = operations.revoke(certificate, reason=reason, by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
        else:
            issues = count(taken, "issue") + " of it"
            said = f"“{certificate}” is revoked: {issues}. Its owner is told." if taken else "It was revoked already."
            self.message_user(request, said, messages.SUCCESS if taken else messages.WARNING)
        return redirect("admin:labs_certificate_change", certificate.pk)

    @admin.action(description="Issue anew what was revoked by mistake", permissions=["view"])
    def issue_anew(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> None:
        for one in queryset:
            try:
                made = operations.issue_anew(one, by=request.user)  # type: ignore[arg-type]
                self.message_user(request, f"“{made}” is issued anew under the code {made.code}.")
            except Refused as refusal:
                self.message_user(request, refusal.message, messages.ERROR)


@admin.register(CertificateCriteria)
class CertificateCriteriaAdmin(admin.ModelAdmin[CertificateCriteria]):
    """A change makes a new version; earlier ones stay as they are, because certificates name them."""

    form = CriteriaForm
    list_display = ["__str__", "accepted_submissions", "months", "since", "ended_at"]
    list_select_related = ["module", "path"]
    fields = ["module", "path", "text", "accepted_submissions", "months"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter), "module", "path"]
    ordering = ["module__order", "path__order", "-version"]

    def get_readonly_fields(self, request: HttpRequest, obj: CertificateCriteria | None = None) -> list[str]:
        return ["module", "path"] if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The module or path of what is there is not asked for again."""
        if change:
            kwargs["form"] = ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request: HttpRequest, obj: CertificateCriteria, form: Any, change: bool) -> None:
        made = operations.set_criteria(
            obj.subject, text=obj.text, accepted_submissions=obj.accepted_submissions, months=obj.months
        )
        obj.pk, obj.version = made.pk, made.version
        self.message_user(request, f"Version {made.version} is in force. Certificates issued before keep theirs.")

    def has_change_permission(self, request: HttpRequest, obj: CertificateCriteria | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.ended_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: CertificateCriteria | None = None) -> bool:
        return False


@admin.register(IssuerKey)
class IssuerKeyAdmin(KeepsSecrets, LogAdmin):
    """The command rotate_issuer_key changes them; nobody reads the private half."""

    secrets = ("sealed",)
    list_display = ["kid", "created_at", "retired_at", "withdrawn_at"]
    exclude = ["sealed"]
