from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cop.lib.errors import Refused
from members.guards import MemberRequest, member_post, member_required
from modules.addresses import host_of
from modules.forms.opinions import ReportForm
from modules.guards import viewer
from modules.models import Tool, ToolReport
from modules.operations import tools
from modules.queries import tools as queries
from modules.queries.ceilings import ceiling_of


@require_safe
def landscape(request: HttpRequest) -> HttpResponse:
    """All tools by category, with filters that stand in the address."""
    found = queries.landscape(viewer(request), request.GET.dict())
    return render(request, "modules/tools.html", {"section": "learn", "page": found})


@require_safe
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known of a tool, and what members experienced with it."""
    return _page(request, _found(slug))


def _found(slug: str) -> Tool:
    return get_object_or_404(Tool.objects.select_related("category"), slug=slug)


def _page(request: HttpRequest, found: Tool) -> HttpResponse:
    member = viewer(request)
    ceiling = ceiling_of(member)
    context = {
        "section": "learn", "tool": found, "host": host_of(found.homepage), "skills": queries.skills_of(found),
        "reports": queries.reports_of(found, member), "ceiling": ceiling,
        "tool_is_allowed": ceiling.allows(found.exposure),
    }  # fmt: skip
    return render(request, "modules/tool.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def report(request: MemberRequest, slug: str) -> HttpResponse:
    found = _found(slug)

    def keep(form: ReportForm) -> None:
        tools.report(found, by=request.user, **form.cleaned_data)

    return _written(
        request, found, ReportForm(request.POST or None), keep, "Your report stands on this page. Thank you."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def change_report(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One's own report; to others it does not exist."""
    own = _own(request, slug, pk)

    def keep(form: ReportForm) -> None:
        tools.change_report(own, by=request.user, **form.cleaned_data)

    return _written(request, own.tool, ReportForm(request.POST or None, initial=_values(own)), keep,
                    "Your report is changed.", own=own)  # fmt: skip


def _own(request: MemberRequest, slug: str, pk: int) -> ToolReport:
    found = ToolReport.objects.select_related("tool__category")
    return get_object_or_404(found, pk=pk, tool__slug=slug, member=request.user)


def _values(own: ToolReport) -> dict[str, Any]:
    return {name: getattr(own, name) for name in ("interest", "version", "used_on", "body")}


def _written(
    request: MemberRequest, found: Tool, form: ReportForm, keep: Callable[[ReportForm], None], said: str,
    own: ToolReport | None = None,
) -> HttpResponse:  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            keep(form)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, said)
            return redirect(found)
    return render(request, "modules/tool_report.html", {"section": "learn", "tool": found, "form": form, "own": own})


@member_post("modules:tool", with_arguments=["slug"])
def remove_report(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    own = _own(request, slug, pk)
    tools.remove_report(own, by=request.user)
    messages.success(request, f"Your report on {own.tool.name} {own.version} is removed.")
    return redirect(own.tool)
