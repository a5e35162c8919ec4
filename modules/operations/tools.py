"""What members report on tools, and what keeps the list of tools fair."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.markdown import render
from members.models import Member
from members.operations import ledger
from members.quiet_hours import zone_of
from modules.models import Tool, ToolReport

LONGEST = 4000  # characters of a report


@transaction.atomic
def report(
    tool: Tool, *, by: Member, version: str, used_on: date | None, interest: str, body: str,
    now: datetime | None = None,
) -> ToolReport:  # fmt: skip
    """Keep what a member experienced with one version of a tool; in the ledger once per tool and version.

    Refused without version, day or interest, with a day to come, without words or with more than 4,000 characters, and
    for a version on which the member has reported already."""
    values = _checked(version, used_on, interest, body, by, now or timezone.now())
    found = ToolReport(tool=tool, member=by, **values)
    _save(found)
    ledger.record(
        "tool-reported", by=by, kind="tool", key=f"{tool.slug} {found.version}", address=tool.get_absolute_url(),
        title=f"{tool.name} {found.version}",
    )  # fmt: skip
    return found


@transaction.atomic
def change_report(
    found: ToolReport, *, by: Member, version: str, used_on: date | None, interest: str, body: str,
    now: datetime | None = None,
) -> ToolReport:  # fmt: skip
    """Change one's own report. A hidden one stays hidden until an organizer has looked again."""
    own = _own(found, by)
    for name, value in _checked(version, used_on, interest, body, by, now or timezone.now()).items():
        setattr(own, name, value)
    _save(own, update_fields=["version", "used_on", "interest", "body", "html"])
    return own


@transaction.atomic
def remove_report(found: ToolReport, *, by: Member) -> None:
    """Take one's own report away. Reporting on the same version again gives no second row in the ledger."""
    _own(found, by).delete()


@transaction.atomic
def hide_report(found: ToolReport, *, reason: str, now: datetime | None = None) -> ToolReport:
    """Show the report to its author only, with the reason. Refused without one."""
    if not reason.strip():
        raise Refused("Write why the report is hidden. Its author reads it and can change the report.")
    found.hidden_at, found.hidden_for = now or timezone.now(), reason.strip()[:300]
    found.save(update_fields=["hidden_at", "hidden_for"])
    return found


@transaction.atomic
def show_report(found: ToolReport) -> ToolReport:
    """Show a hidden report to everybody again."""
    found.hidden_at, found.hidden_for = None, ""
    found.save(update_fields=["hidden_at", "hidden_for"])
    return found


def _own(found: ToolReport, by: Member) -> ToolReport:
    if found.member_id != by.pk:
        raise Refused("This report is by somebody else.")
    return ToolReport.objects.select_for_update().get(pk=found.pk)


def _save(found: ToolReport, update_fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            found.save(update_fields=update_fields)
    except IntegrityError as error:
        if "one_report_per_member_and_version" not in str(error):
            raise
        raise Refused(f"You have reported on {found.tool.name} {found.version} already. Change that report.") from error


def _checked(
    version: str, used_on: date | None, interest: str, body: str, by: Member, now: datetime
) -> dict[str, object]:  # fmt: skip
    version, body = " ".join(version.split()), body.replace("\r\n", "\n").strip()
    if not version or len(version) > 40:
        raise Refused("Write the version as the tool itself says it, with 40 characters at most.")
    if used_on is None:
        raise Refused("Write the day on which you last used it.")
    if used_on > now.astimezone(zone_of(by.time_zone)).date():
        raise Refused("The day on which you last used it cannot lie in the future.")
    if interest not in ToolReport.Interest.values:
        raise Refused("Say what your interest in this tool is.")
    if not body:
        raise Refused("Write what you did with it, what worked and what did not.")
    if len(body) > LONGEST:
        raise Refused(f"The report has {len(body):,} characters; {LONGEST:,} fit.")
    return {"version": version, "used_on": used_on, "interest": interest, "body": body, "html": render(body).html}
