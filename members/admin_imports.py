"""The organizers' side of imports: a file of acts is brought in whole, and taken back whole."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest

from cop.lib.errors import Refused
from cop.lib.words import count
from members.act_file import COLUMNS, MOST_BYTES
from members.admin_ledger import organizer
from members.models import LedgerImport, Member
from members.operations import imports

ONE_BUTTON = {"show_save_and_add_another": False, "show_save_and_continue": False}


class ImportForm(forms.ModelForm[LedgerImport]):
    """A file to bring in, checked as a whole before anything is written."""

    file = forms.FileField(
        label="CSV file",
        help_text=f"Columns: {', '.join(COLUMNS)}. Needed are member (e-mail address or handle), verb, title and "
        "happened_at. All lines or none.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    class Meta:
        model = LedgerImport
        fields: list[str] = []

    report: imports.Report

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_file(self) -> Any:
        """Everything happens here, so that every bad line stands beside the field."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than {MOST_BYTES // 1_000_000} MB; cut it into several.")
        try:
            self.report = imports.bring_in(file.read(), name=file.name, by=self.by)
        except imports.BadFile as bad:
            raise forms.ValidationError(bad.message.splitlines()) from bad
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return file

    def save(self, commit: bool = True) -> LedgerImport:
        """The import is written already."""
        super().save(commit=False)
        assert self.report.batch  # noqa: S101 - there is one where it was no dry run
        return self.report.batch


class TakeBackForm(forms.ModelForm[LedgerImport]):
    class Meta:
        model = LedgerImport
        fields = ["reversal_reason"]
        labels = {"reversal_reason": "Why it is taken back"}

    def clean_reversal_reason(self) -> str:
        reason = str(self.cleaned_data["reversal_reason"])
        if not reason.strip():
            raise forms.ValidationError("Write why the import is taken back.")
        return reason


@admin.register(LedgerImport)
class LedgerImportAdmin(admin.ModelAdmin[LedgerImport]):
    """Files of acts that happened elsewhere: brought in whole, taken back whole."""

    list_display = ["name", "at", "by", "rows", "stands", "reversal_reason"]
    list_select_related = ["by"]
    ordering = ["-at"]

    @admin.display(boolean=True)
    def stands(self, row: LedgerImport) -> bool:
        return row.reversed_at is None

    def get_form(
        self, request: HttpRequest, obj: LedgerImport | None = None, change: bool = False, **kwargs: Any
    ) -> Any:  # fmt: skip
        if change:
            return super().get_form(request, obj, change=True, form=TakeBackForm, **kwargs)
        by = organizer(request)

        class OwnForm(ImportForm):
            def __init__(self, *args: Any, **values: Any) -> None:
                super().__init__(*args, by=by, **values)

        return OwnForm

    def get_fieldsets(self, request: HttpRequest, obj: LedgerImport | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": ["file"]})]
        back = {"fields": ["reversal_reason"], "description": "Each act gets a reversing row. Levels and badges stay."}
        done = {"fields": ["reversed_at", "reversed_by", "reversal_reason"]}
        facts = (None, {"fields": ["name", "at", "by", "rows", "digest"]})
        return [facts, ("Taken back", done) if obj.reversed_at else ("Take the whole import back", back)]

    def get_readonly_fields(self, request: HttpRequest, obj: LedgerImport | None = None) -> list[str]:
        facts = ["name", "at", "by", "rows", "digest", "reversed_at", "reversed_by"]
        return [*facts, "reversal_reason"] if obj and obj.reversed_at else facts

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        return super().add_view(
            request, form_url, {"title": "Bring in a file of acts"} | ONE_BUTTON | (extra_context or {})
        )

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        return super().change_view(request, object_id, form_url, ONE_BUTTON | (extra_context or {}))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("members.add_ledgerimport")

    def has_change_permission(self, request: HttpRequest, obj: LedgerImport | None = None) -> bool:
        may: bool = super().has_change_permission(request, obj)
        return may and (obj is None or obj.reversed_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: LedgerImport | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: LedgerImport, form: Any, change: bool) -> None:
        if not change:
            report = form.report
            known = f", {report.known} known already" if report.known else ""
            reached = f" {count(len(report.awarded), 'level')} reached." if report.awarded else ""
            messages.success(request, f"{count(report.written, 'act')} written{known}.{reached}")
            return
        try:
            number = imports.take_back(obj, by=organizer(request), reason=form.cleaned_data["reversal_reason"])
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"{count(number, 'act')} taken back. Levels stay.")
