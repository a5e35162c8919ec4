from __future__ import annotations

from typing import Any

from communities.models import Boundary, Channel, Charter, Community, FoundingStep
from communities.operations.charter import apply
from cop.home.starter.entries import Entry
from cop.home.starter.kinds.base import Kind, by_slug, day_of, plain, saved, values
from events.models import EventSeries
from governance.models import Committee, DocumentVersion, GoverningDocument, Seat
from governance.operations import documents

COMMUNITY = ("order", "kind", "name", "why", "practice_areas", "brings", "success", "description")
CHARTER = ("quorum_percent", "voting_days", "newcomer_hours", "most_hours_a_week", "text")
BOUNDARY = ("door", "in_scope", "out_of_scope")
COMMITTEE = ("name", "remit", "seats", "term_months", "rotation_groups", "max_consecutive", "per_organisation")
DOCUMENT = ("title", "order", "kind", "summary")


def write_community(entry: Entry, row: Community | None) -> Community:
    fields = {name: entry[name] for name in COMMUNITY}
    parent = Community.objects.get(slug=entry["parent"]) if entry["parent"] else None
    community: Community = saved(Community, row, {"slug": entry.key}, {**fields, "parent": parent})
    return community


def write_charter(entry: Entry, row: Charter | None) -> Charter:
    """The first charter and boundary of a community."""
    community = Community.objects.get(slug=entry.key)
    apply(community, {name: entry[name] for name in (*CHARTER, *BOUNDARY)})
    return Charter.objects.get(community=community)


def boundary_of(charter: Any) -> list[Any]:
    return values(Boundary.objects.filter(community=charter.community_id), *BOUNDARY)


def write_committee(entry: Entry, row: Committee | None) -> Committee:
    """The seats by their slugs; a seat that is no longer named stays, because terms hang on it."""
    committee: Committee = saved(Committee, row, {"slug": entry.key}, {name: entry[name] for name in COMMITTEE})
    for seat in entry["seat_list"]:
        fields = {"group": seat["group"], "title": seat["title"], "remit": seat["remit"]}
        Seat.objects.update_or_create(committee=committee, slug=seat["slug"], defaults=fields)
    return committee


def write_document(entry: Entry, row: GoverningDocument | None) -> GoverningDocument:
    """The document with this version in force; an earlier version stays readable."""
    document: GoverningDocument = saved(
        GoverningDocument, row, {"slug": entry.key}, {name: entry[name] for name in DOCUMENT}
    )
    if not DocumentVersion.objects.filter(document=document, version=entry["version"]).exists():
        review_by = day_of(entry["review_by"])
        draft = documents.draft_version(document, version=entry["version"], body=entry.body, review_by=review_by)
        documents.put_in_force(draft)
    return document


def versions_of(document: Any) -> list[Any]:
    return values(document.versions.order_by("pk"), "version", "body", "status")


KINDS = [
    Kind("community", by_slug(Community), write_community, (*COMMUNITY, "parent_id")),
    Kind("charter", by_slug(Charter, "community__slug"), write_charter, CHARTER, boundary_of),
    plain("channel", Channel, "order platform function why status url audience rules personas"),
    plain("launch_step", FoundingStep, "order title text"),
    plain("series", EventSeries, "title kind rrule summary minutes format"),
    Kind(
        "committee",
        by_slug(Committee),
        write_committee,
        COMMITTEE,
        lambda committee: values(committee.seat_list.order_by("slug"), "slug", "group", "title", "remit"),
    ),
    Kind("document", by_slug(GoverningDocument), write_document, DOCUMENT, versions_of),
]
