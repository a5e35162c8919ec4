"""Writing labs down, publishing them and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.lists import write_list
from cop.lib.markdown import render
from cop.lib.records import plain_lines
from editorial.models import Revision
from editorial.operations.versions import hide_versions, keep_version
from labs import files
from labs.models import Lab, LabStep
from labs.rules import missing_to_publish
from members.models import Member
from modules.models import Module, SyllabusItem
from modules.operations import syllabus
from modules.rules import in_words

KIND = "lab"  # of its text, for versions
RENDERED = ["introduction_html", "expected_html", "updated_at"]  # what `render_own` fills


class StepFields(TypedDict, total=False):
    key: str
    title: str
    body: str
    minutes: int
    required: bool


class LabFields(TypedDict, total=False):
    order: int
    title: str
    aim: str
    minutes: int
    exposure: str
    may_show_secrets: bool
    no_code: bool
    prerequisites: list[str]
    environment: str
    local_alternative: str
    introduction: str
    expected: str
    reflection: str
    troubleshooting: list[dict[str, str]]
    rubric: list[dict[str, str]]
    teaches: dict[str, int]
    licence: str
    author: Member | None
    author_name: str
    review_by: date | None


@transaction.atomic
def save_lab(
    *, module: Module, slug: str, steps: Sequence[StepFields], publish: bool = False, by: Member | None = None,
    note: str = "", keep: bool = True, **fields: Unpack[LabFields],
) -> Lab:  # fmt: skip
    """Write a lab and its steps, or bring the lab of this slug up to date; Markdown is rendered now.

    steps: in their order; a step keeps its key and with it the ticks of members. publish: also show it to everybody and
    place it in its module; a lab that is shown already stays so. by, note: who wrote this wording and what changed, for
    its version; keep: off where the wording is an accepted revision already. Refused where a shown lab would lack
    something.
    """
    found = Lab.objects.select_for_update().filter(slug=slug).first()
    lab = found or Lab(slug=slug)
    lab.module = module
    for field, value in fields.items():
        setattr(lab, field, plain_lines(value) if isinstance(value, str) else value)
    render_own(lab)
    lab.save(update_fields=["module", *fields, *RENDERED] if found else None)
    write_steps(lab, steps)
    if publish or lab.is_published:
        show_lab(lab)
    if keep:
        keep_wording(lab, by=by, note=note)
    return lab


def keep_wording(lab: Lab, *, by: Member | None = None, note: str = "") -> Revision:
    """Keep the wording as the newest version of the lab's text; of a draft only those who keep it see versions.

    by: who wrote it; the author if left out."""
    writer = by or lab.author
    return keep_version(
        kind=KIND, key=lab.slug, title=lab.title, content=wording(lab), topic=lab.module.slug,
        address=lab.get_absolute_url() if lab.is_published else "", note=note or "Written by its author",
        author=writer, author_name="" if writer else lab.author_name, owner=lab.author,
    )  # fmt: skip


def wording(lab: Lab) -> str:
    """The lab as one text, the form of its versions."""
    return files.write(files.fields_of(lab))


def write_steps(lab: Lab, steps: Sequence[StepFields]) -> None:
    wanted = {}
    for order, step in enumerate(steps, start=1):
        values: dict[str, Any] = {"minutes": 5, "required": True, **step, "order": order}
        key, body = values.pop("key"), files.closed(values.get("body", ""))
        wanted[key] = {**values, "body": body, "html": html_of_step(key, body)}
    write_list(LabStep, {"lab": lab}, "key", wanted)


def html_of_step(key: str, body: str) -> str:
    return render(body, anchors=f"{key}-").html


def render_own(lab: Lab) -> None:
    """Render the Markdown that stands on the lab itself and note that it changed; the caller saves."""
    lab.introduction_html, lab.expected_html = render(lab.introduction).html, render(lab.expected).html
    lab.updated_at = timezone.now()


def renew(lab: Lab) -> None:
    """Render the Markdown of the lab and of its steps again and note that it changed."""
    render_own(lab)
    lab.save(update_fields=RENDERED)
    for step in lab.steps.all():
        step.html = html_of_step(step.key, step.body)
        step.save(update_fields=["html"])


@transaction.atomic
def publish_lab(lab: Lab, *, by: Member | None = None) -> Lab:
    """Show the lab to everybody and place it in its module. Refused with what is missing.

    Repeating brings its place in the module up to date."""
    show_lab(lab)
    keep_wording(lab, by=by)
    return lab


def show_lab(lab: Lab) -> Lab:
    missing = missing_to_publish(lab)
    if missing:
        raise Refused(f"“{lab.title}” cannot be published yet. It still needs {in_words(missing)}.")
    lab.status, lab.published_at = Lab.Status.PUBLISHED, lab.published_at or timezone.now()
    lab.save(update_fields=["status", "published_at"])
    syllabus.place(
        lab.module, kind=SyllabusItem.Kind.LAB, key=lab.slug, title=lab.title, minutes=lab.minutes,
        exposure=lab.exposure, no_code=lab.no_code, address=lab.get_absolute_url(), order=lab.order,
    )  # fmt: skip
    return lab


@transaction.atomic
def take_back_lab(lab: Lab) -> Lab:
    """Make the lab a draft again. Runs and ticks stay; members who are in it can go on."""
    lab.status = Lab.Status.DRAFT
    lab.save(update_fields=["status"])
    syllabus.remove(kind=SyllabusItem.Kind.LAB, key=lab.slug)
    hide_versions(KIND, lab.slug)
    return lab
