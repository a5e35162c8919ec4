from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery

from members.models import Activity, LevelAward, Member


def with_level(people: QuerySet[Member]) -> QuerySet[Member]:
    """Adds `level_order` and `level_title` of the highest level held."""
    highest = LevelAward.objects.filter(member=OuterRef("pk"), revoked_at=None).order_by("-level__order")
    return people.annotate(
        level_order=Subquery(highest.values("level__order")[:1]),
        level_title=Subquery(highest.values("level__title")[:1]),
    )


def search(viewer: Member, *, words: str = "", persona: str = "", level: str = "") -> QuerySet[Member]:
    """Members in the directory who match every given filter, by name; unknown values match nobody."""
    people = Member.objects.visible_to(viewer).select_related("persona")
    for word in words.split()[:6]:
        people = people.filter(
            Q(name__icontains=word)
            | Q(headline__icontains=word)
            | Q(can_help_with__icontains=word)
            | Q(town__icontains=word)
        )
    if persona:
        people = people.filter(persona__slug=persona)
    if level:
        people = people.filter(awards__level=level, awards__revoked_at=None)
    return with_level(people).order_by("name", "pk")


def acts_of(member: Member, *, limit: int) -> list[Activity]:
    """The newest acts of a member that have not been taken back."""
    acts = Activity.objects.filter(actor=member, reversed_by=None, reverses=None)
    return list(acts.select_related("verb", "other").order_by("-occurred_at", "-pk")[:limit])
