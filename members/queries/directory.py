from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from members.models import Activity, LevelAward, Member

FEWEST_COUNTED = 5


def with_level(people: QuerySet[Member]) -> QuerySet[Member]:
    """Adds `level_order` and `level_title` of the highest level held."""
    highest = LevelAward.objects.filter(member=OuterRef("pk"), revoked_at=None).order_by("-level__order")
    return people.annotate(
        level_order=Subquery(highest.values("level__order")[:1]),
        level_title=Subquery(highest.values("level__title")[:1]),
    )


@dataclass(frozen=True)
class Facet:
    """One filter of the directory; fewer people than five are not counted in public."""

    slug: str
    name: str
    people: int

    @property
    def counted(self) -> bool:
        return self.people >= FEWEST_COUNTED


# Filter: where its slug and its name stand, seen from a member, and which rows count.
FILTERS: dict[str, tuple[str, str, Q]] = {
    "community": ("memberships__community__slug", "memberships__community__name", ~Q(memberships__status="left")),
    "level": ("awards__level__slug", "awards__level__title", Q(awards__revoked_at=None)),
    "persona": ("persona__slug", "persona__title", Q()),
}


def search(viewer: Member, *, words: str = "", chosen: Mapping[str, str]) -> QuerySet[Member]:
    """Members in the directory who match every given filter, by name; unknown values match nobody.

    words: each must be in name, headline, town or what they help with; six at most. chosen: filter to slug.
    """
    people = Member.objects.visible_to(viewer).select_related("persona")
    for word in words.split()[:6]:
        people = people.filter(
            Q(name__icontains=word)
            | Q(headline__icontains=word)
            | Q(can_help_with__icontains=word)
            | Q(town__icontains=word)
        )
    for name, slug in chosen.items():
        path, _, counts = FILTERS[name]
        people = people.filter(counts, **{path: slug})
    return with_level(people).order_by("name", "pk")


def facets(viewer: Member) -> dict[str, list[Facet]]:
    """The values of each filter with how many are behind them; one query a filter."""
    found = {}
    for name, (slug, title, counts) in FILTERS.items():
        people = Member.objects.visible_to(viewer).filter(counts).exclude(**{slug: None})
        rows = people.values_list(slug, title).annotate(people=Count("pk", distinct=True)).order_by(title)
        found[name] = [Facet(*row) for row in rows]
    return found


def acts_of(member: Member, *, limit: int) -> list[Activity]:
    """The newest acts of a member that have not been taken back."""
    acts = Activity.objects.filter(actor=member, reversed_by=None, reverses=None)
    return list(acts.select_related("verb", "other").order_by("-occurred_at", "-pk")[:limit])
