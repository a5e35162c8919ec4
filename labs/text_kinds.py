"""Labs as texts with versions: what one lacks, who must have tried a new one, how it reaches readers, who decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from cop.lib import shapes
from cop.lib.errors import Refused
from cop.lib.markdown import render
from cop.lib.records import ContentError, Fault, split
from editorial.kinds import TextKind, announce
from editorial.models import Revision, Text
from labs import files
from labs.lab_template import PLACEHOLDERS, RESERVED, TEMPLATE
from labs.models import Lab
from labs.operations.contributing import credit_triers, still_to_confirm
from labs.operations.upkeep import still_true
from labs.operations.writing import KIND, save_lab, wording
from labs.queries.upkeep import labs_due
from labs.views.contributing import panel
from members.models import Member
from modules import upkeep
from modules.exposure import Exposure
from modules.models import Module, SyllabusItem
from modules.operations.upkeep import next_review
from modules.text_kinds import images, in_words, kept_by, known_slugs, slug_faults, topics_kept_by

# What a lab must say, in words; the order is that of the form.
NEEDED = {
    "title": "a title is missing", "aim": "the aim is missing", "minutes": "the minutes are missing",
    "exposure": "the data exposure class is missing", "licence": "the licence is missing",
    "expected": "the expected result is missing",
}  # fmt: skip

LONGEST_SLUG = 50
ENDS = {"expected": "What you end with", "reflection": "To think about"}
LISTS = {
    "troubleshooting": ("If something does not work", "problem", "cure"),
    "rubric": ("How work is reviewed", "name", "text"),
}
FAR = (Exposure.ON_PREMISES, Exposure.VENDOR_CLOUD, Exposure.PUBLIC_SERVICE)


def check(text: Text, content: str) -> list[str]:
    """What a lab lacks before it can be sent for review, in words: what is missing first, then faults with lines."""
    try:
        parts = split(content, "lab.md")
    except ContentError as error:
        return in_words(error.faults)
    data = parts.data
    empty = [key for key in NEEDED if data.get(key) in (None, "", 0) or str(data[key]).strip() == ""]
    found, faults = files.faults_of_body("lab.md", parts)
    faults = shapes.faults_of("lab.md", data, files.SHAPE, known_slugs()) + faults
    missing = [NEEDED[key] for key in empty]
    if data.get("exposure") in FAR and not str(data.get("local_alternative") or "").strip():
        missing.append("the local alternative is missing (where there is none: “None is known.”)")
    slug = text.key if Lab.objects.filter(slug=text.key).exists() else ""
    texts = [found.introduction, *(step["body"] for step in found.steps), str(data.get("expected") or "")]
    return missing + in_words([fault for fault in faults if is_new(fault, empty)]) + slug_faults(data, slug) + [
        *left_from_template(content), *images(*texts)
    ]  # fmt: skip


def is_new(fault: Fault, empty: list[str]) -> bool:
    return fault.key not in empty


def left_from_template(content: str) -> list[str]:
    """Words that the form had written for the author to replace."""
    left = [words for words in PLACEHOLDERS if words in content]
    return [f"“{words}” is from the form; write your own words there, or take the line away" for words in left]


def lacks(revision: Revision) -> list[str]:
    """A new lab waits until others have run it and it worked."""
    return still_to_confirm(revision)


def apply(text: Text, revision: Revision) -> None:
    """Write the wording to the lab that members see; a new one is published in its module."""
    fields = files.read(revision.content)
    named = "order:" in revision.content.split("\n---\n", 1)[0]
    fields.pop("slug", None)
    lab = Lab.objects.filter(slug=text.key).select_related("module").first()
    if lab is None:
        lab = write_new(text, revision, fields, named)
    else:
        lab = save_lab(module=lab.module, slug=lab.slug, keep=False, **fields)
    if revision.change == Revision.Change.SUBSTANTIVE:
        lab.review_by = next_review(timezone.localdate())
        lab.save(update_fields=["review_by"])
    text.title, text.topic, text.key = lab.title, lab.module.slug, lab.slug
    text.address = lab.get_absolute_url() if lab.is_published else ""
    text.save(update_fields=["title", "topic", "key", "address", "owner"])
    revision.content = wording(lab)  # in the form of all versions, so that a difference shows words only
    revision.save(update_fields=["content"])
    credit_triers(revision, lab)


def write_new(text: Text, revision: Revision, fields: dict[str, Any], named: bool) -> Lab:
    """At the end of its module, unless the file says where."""
    module = Module.objects.filter(slug=text.topic).first()
    if module is None:
        raise Refused("Choose a module for this lab first.")
    if text.key in RESERVED:
        raise Refused(f"A lab cannot have the address “{text.key}”. Give it another title.")
    if not named:
        last = SyllabusItem.objects.filter(module=module).order_by("-order").first()
        fields["order"] = last.order + 1 if last else 1
    text.owner = revision.author
    return save_lab(
        module=module, slug=free_slug(text), publish=True, keep=False, author=revision.author,
        author_name="" if revision.author else revision.author_name, **fields,
    )  # fmt: skip


def free_slug(text: Text) -> str:
    """As much of the text's key as an address holds, numbered where another lab has it: no new lab replaces one."""
    number, slug = 1, text.key[:LONGEST_SLUG]
    others = Text.objects.filter(kind=KIND).exclude(pk=text.pk)
    while Lab.objects.filter(slug=slug).exists() or others.filter(key=slug).exists():
        number += 1
        end = f"-{number}"
        slug = f"{text.key[: LONGEST_SLUG - len(end)]}{end}"
    return slug


def looked_at(key: str, by: Member, said: str) -> None:
    """Note that the member found the lab still true; LookupError where there is none."""
    lab = Lab.objects.filter(slug=key).select_related("module").first()
    if lab is None:
        raise LookupError(key)
    still_true(lab, by=by, said=said)


def shown(content: str) -> str:
    """Aim, what it needs, introduction, steps, the expected result and what else stands there, one after the other."""
    try:
        parts = split(content, "lab.md")
    except ContentError:
        return render(content).html
    found = files.cut(parts.body)
    steps = [f"## {number}. {step['title']}\n\n{step['body']}" for number, step in enumerate(found.steps, 1)]
    ends = [(title, str(parts.data.get(key) or "")) for key, title in ENDS.items()]
    ends += [(title, pairs(parts.data.get(key), *names)) for key, (title, *names) in LISTS.items()]
    end = [f"## {title}\n\n{text}" for title, text in ends if text.strip()]
    texts = [str(parts.data.get("aim") or ""), facts(parts.data), found.introduction, *steps, *end]
    return "".join(render(text, anchors=f"part-{number}-").html for number, text in enumerate(texts) if text)


def facts(data: Mapping[str, Any]) -> str:
    """What one chooses a lab by, as a list."""
    exposure, before = data.get("exposure"), data.get("prerequisites")
    known = [
        ("Minutes", data.get("minutes")),
        ("Data exposure", Exposure(exposure).short if exposure in Exposure.values else exposure),
        ("Secrets or personal data", "could appear" if data.get("may_show_secrets") else ""),
        ("Before", "; ".join(map(str, before)) if isinstance(before, list) else before),
        ("Where", data.get("environment")), ("On one’s own machine", data.get("local_alternative")),
        ("Licence", data.get("licence")),
    ]  # fmt: skip
    return "\n".join(f"- **{name}:** {value}" for name, value in known if value)


def pairs(rows: Any, first: str, second: str) -> str:
    """Problems with their cures, or marks with what they mean, as a list."""
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return "\n".join(f"- **{row.get(first, '')}** {row.get(second, '')}" for row in found)


upkeep.announce(upkeep.Source(KIND, labs_due, looked_at))
announce(
    TextKind(
        slug=KIND, noun="lab", check=check, apply=apply, topics_kept_by=topics_kept_by, kept_by=kept_by, lacks=lacks,
        credit=("lab-contributed", "fix-accepted"), template=TEMPLATE, shown=shown,
        panel=panel,
    )
)  # fmt: skip
