"""What the pages about paths show, each in a number of queries that does not grow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, FilteredRelation, Func, IntegerField, OuterRef, Q, QuerySet

from communities.models import Membership
from cop.lib.figures import FEWEST_COUNTED
from labs.models import Path, PathEnrolment, PathItem
from labs.path_map import PathMap, path_map
from labs.queries import recommending
from labs.queries.path_things import things_of
from labs.queries.paths import PathStanding, ladder, standings, with_needs
from members.audience import MEMBERS, PUBLIC
from members.models import Member
from modules.queries.ceilings import NO_CEILING, Ceiling, ceiling_of

FACES = 6
LATEST = 500  # of those who follow a path, so many are looked at for who shows it
MOST_COUNTED = 1000


@dataclass(frozen=True)
class PathPage:
    """One path as one viewer sees it. followers: None where it may not be said."""

    standing: PathStanding
    map: PathMap
    faces: list[Member]
    followers: str
    ceiling: Ceiling
    advice: recommending.Advice | None

    @property
    def above(self) -> set[str]:
        """Keys of the things that go further than the viewer's ceiling."""
        return {
            rung.item.key for rung in self.standing.rungs
            if rung.thing and not self.ceiling.allows(rung.thing.exposure)
        }  # fmt: skip


@dataclass(frozen=True)
class RecommendationPage:
    goals: list[recommending.Goal]
    chosen: recommending.Goal | None
    advice: recommending.Advice | None = None
    ceiling: Ceiling = field(default=NO_CEILING)


def catalogue(member: Member | None) -> list[PathStanding]:
    """All published paths, those that the member follows first, then those of the member's communities. Six queries."""
    paths = with_followers(Path.objects.published()).select_related("community")
    if member is not None:
        mine = Membership.objects.current().filter(member=member, community=OuterRef("community"))
        paths = paths.annotate(is_near=Exists(mine))
    found = standings(paths, member)
    return sorted(found, key=lambda one: (not one.is_followed, not getattr(one.path, "is_near", False)))


def _with_nearness(paths: QuerySet[Path], member: Member) -> QuerySet[Any]:
    """Adds `is_followed`, by the member now, and `is_home`: of their primary community."""
    now = PathEnrolment.objects.filter(path=OuterRef("pk"), member=member, left_at=None, completed_at=None)
    home = Membership.objects.current().filter(member=member, is_primary=True, community=OuterRef("community"))
    return paths.annotate(is_followed=Exists(now), is_home=Exists(home))


def _first_choice(paths: list[Any]) -> str:
    """Key of the goal to begin with; empty where none is nearer than the others."""
    near = [path for path in paths if path.goal and (path.is_followed or path.is_home)]
    return min(near, key=lambda path: not path.is_followed).slug if near else ""


def with_followers(paths: QuerySet[Path]) -> QuerySet[Any]:
    """Adds `followers`: how many are on it now, counted to a thousand and one."""
    now = PathEnrolment.objects.filter(path=OuterRef("pk"), left_at=None, completed_at=None)
    some = ArraySubquery(now.order_by("-at").values("pk")[: MOST_COUNTED + 1])
    return paths.annotate(followers=Func(some, function="CARDINALITY", output_field=IntegerField()))


def in_words(followers: int) -> str:
    """Empty for fewer than five: who is in a smaller group could be guessed."""
    if followers < FEWEST_COUNTED:
        return ""
    number = f"More than {MOST_COUNTED:,}" if followers > MOST_COUNTED else f"{followers}"
    return f"{number} members are on it now."


def seen_by(member: Member | None) -> QuerySet[Any]:
    """The paths that this viewer may open, each with the viewer's own enrolment as `own`."""
    found = with_followers(Path.objects.visible_to(member)).select_related("community")
    if member is None:
        return found
    own = FilteredRelation("enrolments", condition=Q(enrolments__member=member))
    mine: QuerySet[Any] = found.annotate(own=own).select_related("community", "own")
    return mine


def page(path: Any, member: Member | None) -> PathPage:
    """path: from `seen_by`. Seven queries more for members, four for visitors."""
    items = list(with_needs(PathItem.objects.filter(path=path)))
    things = things_of(items, member, teaching=list(path.goal) if member else ())
    one = PathStanding(path, ladder(items, things), getattr(path, "own", None), things)
    advice, ceiling = None, ceiling_of(member)
    if member is not None and path.goal:
        skills = recommending.skills_for(member, list(path.goal))
        advice = recommending.advise(recommending.goal_of(path), things, skills, items=items, ceiling=ceiling)
    return PathPage(one, path_map(one.rungs), on_it(path, member), in_words(path.followers), ceiling, advice)


def on_it(path: Path, viewer: Member | None) -> list[Member]:
    """Up to six who follow the path now and show what they do here, those who came last first; for members."""
    if viewer is None:
        return []
    now = PathEnrolment.objects.filter(path=path, left_at=None, completed_at=None).order_by("-at")
    shown = Q(member__in_directory=True, member__is_active=True, member__audiences__acts__in=[PUBLIC, MEMBERS])
    found = PathEnrolment.objects.filter(pk__in=now.values("pk")[:LATEST]).filter(shown | Q(member=viewer))
    return [row.member for row in found.select_related("member").order_by("-at", "-pk")[:FACES]]


def recommendations(member: Member, chosen: str) -> RecommendationPage:
    """What closes the gap to the chosen goal: a path, or the member's own wishes. Who chose none yet begins with the
    path that they follow, else with that of their primary community. Eight queries at most."""
    paths = list(_with_nearness(Path.objects.published(), member))
    chosen = chosen or _first_choice(paths)
    goals = [recommending.goal_of(path) for path in paths if path.goal]
    skills = recommending.skills_for(member, {slug for goal in goals for slug in goal.depths}, with_wishes=True)
    own = recommending.wishes(skills)
    goals = [own, *goals] if own.depths else goals
    goal = next((one for one in goals if one.key == chosen), None)
    if goal is None:
        return RecommendationPage(goals, None)
    items = list(with_needs(PathItem.objects.filter(path=goal.path))) if goal.path else []
    ceiling, away = ceiling_of(member), recommending.dismissed(member)
    things = things_of(items, member, teaching=list(goal.depths))
    return RecommendationPage(
        goals, goal, recommending.advise(goal, things, skills, items=items, ceiling=ceiling, away=away), ceiling
    )
