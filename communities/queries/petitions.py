"""What the list of petitions and the page of one show, and which names are taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from communities.models import Community, Petition, Signature
from communities.nearness import edits, plain
from communities.queries.motions import shown
from communities.queries.people import Viewer
from members import places
from members.models import Member

State = Petition.State
TAKEN = {"petitions", "new"}  # addresses of this site's own pages
COUNTED = Q(signatures__member__is_active=True)


@dataclass(frozen=True)
class Near:
    """Something whose name is so near that it may be what somebody wants to start."""

    name: str
    why: str
    address: str
    is_petition: bool
    distance: int


@dataclass(frozen=True)
class Entry:
    """A petition in the list."""

    petition: Petition
    signed: int
    mine: bool

    @property
    def missing(self) -> int:
        return max(0, self.petition.needed - self.signed)


@dataclass(frozen=True)
class PetitionPage:
    entry: Entry
    language: str
    people: list[Member]
    hidden: int
    is_own: bool
    may_withdraw: bool
    group: Community | None

    @property
    def is_open(self) -> bool:
        return self.entry.petition.state == State.OPEN


def with_signatures(petitions: QuerySet[Petition]) -> QuerySet[Petition]:
    """Adds `signed`, the number of signatures that count."""
    return petitions.annotate(signed=Count("signatures", filter=COUNTED))


def entries(viewer: Viewer, *, now: datetime | None = None) -> tuple[list[Entry], list[Entry]]:
    """Open petitions, soonest end first, and the last thirty that have ended; three queries for members."""
    now = now or timezone.now()
    known = with_signatures(Petition.objects.select_related("community", "by"))
    signed = _signed_by(viewer)
    is_open = Q(state=State.OPEN, closes_at__gt=now)
    running = known.filter(is_open).order_by("closes_at", "pk")
    ended = known.exclude(is_open).exclude(state=State.WITHDRAWN).order_by("-closes_at", "-pk")[:30]
    return [_entry(one, signed) for one in running], [_entry(one, signed) for one in ended]


def page_of(petition: Petition, viewer: Viewer) -> PetitionPage:
    """The page of one petition; names of those who signed to members, where they show themselves in the directory."""
    member = viewer if isinstance(viewer, Member) else None
    rows = Signature.objects.filter(petition=petition, member__is_active=True).select_related("member").order_by("at")
    signers = [row.member for row in rows]
    people = [one for one in signers if member and shown(one, member)]
    is_own = member is not None and petition.by_id == member.pk
    group = petition.community
    may_see = group is not None and Community.objects.visible_to(viewer).filter(pk=group.pk).exists()
    return PetitionPage(
        entry=Entry(petition, len(signers), member in signers),
        language=places.language_names().get(petition.language, petition.language),
        people=people,
        hidden=len(signers) - len(people),
        is_own=is_own,
        may_withdraw=petition.state == State.OPEN and (is_own or (member is not None and member.is_staff)),
        group=group if may_see else None,
    )


def near_names(name: str, viewer: Viewer, *, at_most: int, now: datetime | None = None) -> list[Near]:
    """Live groups that the viewer may know of, and open petitions, whose name is near; nearest first, groups first."""
    now = now or timezone.now()
    groups = Community.objects.live().visible_to(viewer).only("slug", "name", "why")
    petitions = Petition.objects.filter(state=State.OPEN, closes_at__gt=now).only("slug", "name", "purpose")
    found = [
        Near(group.name, group.why, group.get_absolute_url(), is_petition=False, distance=far)
        for group in groups
        if (far := _distance(name, group.name, group.slug, at_most)) is not None
    ]
    found += [
        Near(petition.name, petition.purpose, petition.get_absolute_url(), is_petition=True, distance=far)
        for petition in petitions
        if (far := _distance(name, petition.name, petition.slug, at_most)) is not None
    ]
    return sorted(found, key=lambda near: (near.is_petition, near.distance, near.name))


def free_slug(name: str) -> str:
    """An address that neither a group nor a petition has: from the name, with a number where it is taken."""
    base = slugify(name)[:40].strip("-") or "group"
    like = Q(slug__startswith=base)
    taken = TAKEN | set(Community.objects.filter(like).values_list("slug", flat=True))
    taken |= set(Petition.objects.filter(like).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _distance(name: str, known: str, slug: str, at_most: int) -> int | None:
    by_name = edits(plain(name), plain(known), at_most=at_most)
    by_slug = edits(slugify(name), slug, at_most=at_most) if slugify(name) else None
    return min((far for far in (by_name, by_slug) if far is not None), default=None)


def _signed_by(viewer: Viewer) -> set[int]:
    if not isinstance(viewer, Member):
        return set()
    return set(Signature.objects.filter(member=viewer).values_list("petition", flat=True))


def _entry(petition: Petition, signed: set[int]) -> Entry:
    return Entry(petition, getattr(petition, "signed", 0), petition.pk in signed)
