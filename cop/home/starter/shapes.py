"""What a record of each kind must look like, and the check of all records before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cop.home.starter.entries import Entry
from cop.lib.records import Fault
from cop.lib.shapes import (
    Many,
    Maybe,
    Ref,
    Shape,
    day,
    faults_of,
    one_of,
    slug,
    text,
    text_or_empty,
    texts,
    weights,
    whole,
    yes_or_no,
)
from labs.files import SHAPE as LAB
from labs.path_files import SHAPE as PATH
from modules.files import ARTICLE, MODULE
from modules.landscape_files import CATEGORY, CHECK, RESOURCE, TOOL

EXPOSURE = one_of("none", "local-only", "on-premises", "vendor-cloud", "public-service")
RULE: Shape = {
    "measure": one_of("account", "acts", "people", "organisations"), "at_least": whole,
    "verbs": Ref("verb", many=True), "within_days": Maybe(whole), "text": text,
}  # fmt: skip

SHAPES: dict[str, Shape] = {
    "brand": {"name": text, "abbreviation": text, "strapline": text, "description": text},
    "verb": {
        "slug": text, "kind": one_of("learning", "participation", "contribution", "interaction"), "points": whole,
        "title": text,
    },
    "level": {
        "slug": text, "order": whole, "title": text, "action": text, "reward": text, "rule_text": text, "may": texts,
        "needs_opt_in": yes_or_no, "confirmed_by_organizer": yes_or_no, "rules": Many(RULE),
    },
    "badge": {
        "slug": text, "order": whole, "title": text, "text": text,
        "glyph": one_of("ai", "sec", "code", "eng", "infra", "rag", "inc"),
        "measure": one_of("acts", "people", "communities", "organisations"), "at_least": whole,
        "verbs": Ref("verb", many=True), "within_days": Maybe(whole),
    },
    "community": {
        "slug": text, "order": whole, "kind": text, "name": text, "why": text, "practice_areas": texts,
        "brings": texts, "success": text,
        "description": text, "parent": Ref("community", optional=True),
    },
    "charter": {
        "slug": Ref("community"), "quorum_percent": whole, "voting_days": whole, "newcomer_hours": Maybe(whole),
        "most_hours_a_week": whole, "door": one_of("open", "ask", "invite"), "in_scope": text, "out_of_scope": text,
        "text": text,
    },
    "module": MODULE,
    "persona": {
        "slug": text, "order": whole, "title": text, "name": text, "background": texts, "goals": texts,
        "barriers": texts, "role_text": text, "value": text, "reading_mode": text, "exposure_ceiling": EXPOSURE,
        "community": Ref("community"), "modules": Ref("module", many=True), "first_event": Ref("series"),
    },
    "placement": {
        "key": text, "order": whole, "text": text,
        "options": Many({"key": text, "text": text, "weights": weights}),
    },
    "channel": {
        "slug": text, "order": whole, "platform": text, "function": text, "why": text,
        "status": one_of("planned", "active"), "url": text_or_empty, "audience": text, "rules": text,
        "personas": Ref("persona", many=True),
    },
    "series": {
        "slug": text, "title": text, "kind": text, "rrule": text, "summary": text, "minutes": whole,
        "format": Many({"minutes": whole, "title": text}),
    },
    "launch_step": {"slug": text, "order": whole, "title": text, "text": text},
    "committee": {
        "slug": text, "name": text, "remit": text, "seats": whole, "term_months": whole, "rotation_groups": whole,
        "max_consecutive": whole, "per_organisation": whole,
        "seat_list": Many({"slug": text, "group": whole, "title": text, "remit": text}),
    },
    "welcome": {
        "slug": text, "order": whole, "title": text, "text": text, "verb": Ref("verb", optional=True),
        "address": text, "minutes": whole,
    },
    "skill": {
        "slug": text, "area": text, "title": text, "text": text, "topics": Ref("module", many=True), "aliases": texts,
        "is_strategic": yes_or_no,
    },
    "document": {
        "slug": text, "title": text, "order": whole, "kind": one_of("conduct", "charter", "policy"), "version": text,
        "summary": text, "review_by": day,
    },
    "concept": {**ARTICLE, "slug": slug},
    "lab": {**LAB, "slug": slug},
    "check": CHECK,
    "tool_category": CATEGORY,
    "tool": TOOL,
    "resource": RESOURCE,
    "path": PATH,
    "certificate": {
        "slug": slug, "module": Ref("module", optional=True), "path": Ref("path", optional=True), "text": text,
        "accepted_submissions": whole, "months": whole,
    },
}  # fmt: skip


def check(entries: Iterable[Entry], known: Mapping[str, set[str]] | None = None) -> list[Fault]:
    """Every fault of all records together: unknown and missing keys, wrong values, slugs twice, broken references.

    known: slugs by kind that may be referred to although no record has them."""
    entries = list(entries)
    slugs: dict[str, set[str]] = {kind: set() for kind in SHAPES}
    faults = []
    for entry in entries:
        if entry.key in slugs[entry.kind]:
            faults.append(entry.fault("slug", f"“{entry.key}” stands twice"))
        slugs[entry.kind].add(entry.key)
    there = {kind: found | (known or {}).get(kind, set()) for kind, found in slugs.items()}
    for entry in entries:
        faults += faults_of(entry.file, entry.data, SHAPES[entry.kind], there)
    return faults
