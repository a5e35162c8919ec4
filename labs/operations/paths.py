"""Paths: writing them down, publishing them, following them, and noting who has come to the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from communities.models import Community
from cop.lib.errors import Refused
from cop.lib.lists import write_list
from cop.lib.words import count
from labs import graphs
from labs.models import Path, PathEnrolment, PathItem, PathRequirement
from labs.operations import certificates
from labs.path_rules import circle_in_words, missing_to_publish
from labs.queries import paths as queries
from members.models import Member
from members.operations import ledger
from members.operations.notices import notify, notify_many
from modules.rules import in_words


class ItemFields(TypedDict, total=False):
    key: str
    kind: str
    target: str
    title: str
    text: str
    verbs: list[str]
    times: int
    hours: Decimal | float
    optional: bool
    needs: list[str]


class PathFields(TypedDict, total=False):
    order: int
    title: str
    role: str
    summary: str
    ends_with: str
    community: Community | None
    goal: dict[str, int]


@transaction.atomic
def save_path(
    *, slug: str, items: Sequence[ItemFields], publish: bool = False, **fields: Unpack[PathFields]
) -> Path:  # fmt: skip
    """Write a path with its things in their order and what each needs, or bring the path of this slug up to date.

    items: `needs` holds keys of others; a thing keeps its key. publish: also show it to everybody; a path that is shown
    already stays so. Refused: two things with one key, a thing that needs what is not there, a circle (named), a second
    path of a community, and for a shown path whatever it would lack.
    """
    if slug == "recommend":
        raise Refused("This address is kept for another page. Choose another one.")
    check_items(items)
    found = Path.objects.select_for_update().filter(slug=slug).first()
    path = found or Path(slug=slug)
    for field, value in fields.items():
        setattr(path, field, value)
    refuse_second(path)
    path.save(update_fields=list(fields) if found else None)
    before = required_keys(path)
    write_items(path, items)
    changed(path, before, publish=publish)
    return path


def changed(path: Path, before: set[str], *, publish: bool = False) -> None:
    """What follows from a change of a shown path: it is checked again, whoever is through has finished, the others hear
    of what is new. before: keys of what was required. publish: also show a draft."""
    path.updated_at = timezone.now()
    path.save(update_fields=["updated_at"])
    if path.status != Path.Status.PUBLISHED and not publish:
        return
    publish_path(path)
    if before:
        tell_of_new(path, before)


def required_keys(path: Path) -> set[str]:
    return set(path.items.filter(optional=False).values_list("key", flat=True))


def tell_of_new(path: Path, before: set[str]) -> int:
    """Tell everybody who follows the path, finished or not, that it asks for something new; returns how many."""
    new = path.items.filter(key__in=required_keys(path) - before)
    if not new:
        return 0
    followers = path.enrolments.filter(left_at=None).values_list("member", flat=True)
    text = f"It now has {count(len(new), 'more required step')}. What you have finished stays finished."
    return notify_many(
        list(followers), "path-changed", title=f"The path “{path.title}” has something new", text=text,
        address=path.get_absolute_url(), key=f"path:{path.pk}:{path.updated_at:%Y%m%d%H%M}",
    )  # fmt: skip


def check_items(items: Sequence[ItemFields]) -> None:
    keys = [item["key"] for item in items]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise Refused(f"Each thing of a path needs a key of its own; “{twice[0]}” stands twice.")
    for item in items:
        for key in item.get("needs", ()):
            if key not in keys:
                raise Refused(f"“{item['key']}” needs “{key}”, but the path has no such thing.")
    refuse_circle({item["key"]: item.get("needs", []) for item in items})


def refuse_circle(needs: Mapping[str, Sequence[str]]) -> None:
    circle = graphs.find_circle(needs)
    if circle:
        raise Refused(circle_in_words(circle))


def refuse_second(path: Path) -> None:
    """Each community has one path."""
    if path.community_id is None:
        return
    other = Path.objects.filter(community=path.community_id).exclude(pk=path.pk).first()
    if other:
        raise Refused(f"{path.community} has a path already: “{other}”. Change that one.")


def write_items(path: Path, items: Sequence[ItemFields]) -> None:
    wanted = {
        item["key"]: {name: value for name, value in item.items() if name not in ("key", "needs")} | {"order": order}
        for order, item in enumerate(items, start=1)
    }
    write_list(PathItem, {"path": path}, "key", wanted)
    write_needs(path, {item["key"]: item.get("needs", []) for item in items})


@transaction.atomic
def write_needs(path: Path, needs: Mapping[str, Sequence[str]]) -> None:
    """What each thing needs, by keys; whatever stood there before goes. Refused where it goes round in a circle."""
    refuse_circle(needs)
    rows = {item.key: item for item in path.items.all()}
    PathRequirement.objects.filter(item__path=path).delete()
    PathRequirement.objects.bulk_create(
        PathRequirement(item=rows[key], needs=rows[needed])
        for key, each in needs.items()
        for needed in dict.fromkeys(each)
    )


@transaction.atomic
def publish_path(path: Path) -> Path:
    """Show the path to everybody; refused with what is missing. Repeating changes nothing.

    Who follows it and has done all of it has come to its end now."""
    refuse_circle_of(path)
    refuse_second(path)
    missing = missing_to_publish(path, queries.targets_there(path))
    if missing:
        raise Refused(f"“{path.title}” cannot be published yet. It still needs {in_words(missing)}.")
    if path.status != Path.Status.PUBLISHED:
        path.status, path.updated_at = Path.Status.PUBLISHED, timezone.now()
        path.save(update_fields=["status", "updated_at"])
    settle_path(path)
    return path


def refuse_circle_of(path: Path) -> None:
    """The same check for rows that stand in the database, as the admin writes them."""
    needs: dict[str, list[str]] = {key: [] for key in path.items.values_list("key", flat=True)}
    for key, needed in PathRequirement.objects.filter(item__path=path).values_list("item__key", "needs__key"):
        needs[key].append(needed)
    refuse_circle(needs)


@transaction.atomic
def take_back_path(path: Path) -> Path:
    """Make the path a draft again. Who follows it and who finished it stays known."""
    path.status, path.updated_at = Path.Status.DRAFT, timezone.now()
    path.save(update_fields=["status", "updated_at"])
    return path


@transaction.atomic
def follow(path: Path, *, by: Member) -> PathEnrolment:
    """Begin to follow a path, or come back to it. Repeating finds the first; a draft is refused.

    What was done before counts, so a path can be complete at once."""
    if path.status != Path.Status.PUBLISHED:
        raise Refused("This path is a draft. You can follow it when it is published.")
    enrolment, _ = PathEnrolment.objects.get_or_create(path=path, member=by)
    if enrolment.left_at:
        enrolment.left_at, enrolment.at = None, timezone.now()
        enrolment.save(update_fields=["left_at", "at"])
    return settle(enrolment)


@transaction.atomic
def leave(path: Path, *, by: Member) -> None:
    """Stop following. What was done stays done, and a finished path stays finished. Repeating changes nothing."""
    PathEnrolment.objects.filter(path=path, member=by, left_at=None).update(left_at=timezone.now())


@transaction.atomic
def settle(enrolment: PathEnrolment) -> PathEnrolment:
    """Note that the path is finished where all it requires is done: once for ever, with one row of the ledger."""
    # The member first, as everywhere: a certificate locks them too, and two orders could wait for each other.
    Member.objects.select_for_update(no_key=True).get(pk=enrolment.member_id)
    locked = PathEnrolment.objects.select_for_update(of=("self",)).select_related("path", "member").get(pk=enrolment.pk)
    if locked.completed_at or locked.left_at or not queries.standing(locked.path, locked.member).is_met:
        return locked
    path, locked.completed_at = locked.path, timezone.now()
    locked.save(update_fields=["completed_at"])
    ledger.record(
        "path-completed", by=locked.member, kind="path", key=path.slug, title=path.title,
        address=path.get_absolute_url(),
    )  # fmt: skip
    notify(
        locked.member, "path-completed", title=f"You have finished the path to {path.role}",
        text=f"At its end stands: {path.ends_with}.", address=path.get_absolute_url(), key=f"path:{locked.pk}",
    )  # fmt: skip
    certificates.award_due(locked.member)
    return locked


def settle_paths(member: Member, *, kind: str, target: str) -> None:
    """Look at the paths that the member follows and that hold this thing; it has just been done."""
    open_ones = PathEnrolment.objects.filter(member=member, left_at=None, completed_at=None)
    held = open_ones.filter(path__items__kind=kind, path__items__target=target, path__status=Path.Status.PUBLISHED)
    for enrolment in held.distinct():
        settle(enrolment)


def settle_path(path: Path) -> int:
    """Everybody who follows the path and has done all of it; returns how many have finished it now."""
    finished = [settle(enrolment) for enrolment in queries.ready(path)]
    return len(finished)


def settle_all() -> dict[str, int]:
    """All published paths; for what is noted in the ledger only, as talks and contributions. Safe to repeat."""
    paths = list(Path.objects.published())
    return {"paths": len(paths), "finished": sum(settle_path(path) for path in paths)}
