"""What the page of one module shows, in a number of queries that does not grow with members, items or texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from editorial.models import Revision
from members.audience import MEMBERS, PUBLIC
from members.models import Member
from modules.models import Article, ExternalResource, ItemProgress, Module, SyllabusItem
from modules.queries.resources import further
from modules.queries.standing import Change, ModuleStanding, changes, complete_standings, with_completion
from modules.sections import Filled, sections_of

ON_IT = timedelta(days=30)
FACES = 6
LATEST = 50  # of those who began an item, so many are looked at for who shows it
CHANGES = 5
TEXTS = {SyllabusItem.Kind.CONCEPT: "article", SyllabusItem.Kind.LAB: "lab"}  # kinds of texts with versions


@dataclass(frozen=True)
class Way:
    """Another module to go to."""

    title: str
    address: str

    @classmethod
    def to(cls, module: Mapping[str, str] | None) -> Way | None:
        return cls(module["title"], reverse("modules:detail", args=[module["slug"]])) if module else None


@dataclass(frozen=True)
class ModulePage:
    """following: the next published module that the member has not completed; for one in preparation the first
    published one. changed_at: the newest of the changes, else the day of the module itself."""

    standing: ModuleStanding
    introductions: list[Article]
    changes: list[Change]
    stewards: list[Member]
    on_it: list[Member]
    further: list[ExternalResource]
    following: Way | None
    sections: list[Filled]

    @property
    def changed_at(self) -> datetime:
        return self.changes[0].at if self.changes else self.standing.module.updated_at


def seen_by(member: Member | None) -> QuerySet[Any]:
    """All modules with their subtopics and the member's completion."""
    return with_completion(Module.objects.prefetch_related("subtopics"), member)


def with_ways_on(modules: QuerySet[Any], member: Member | None) -> QuerySet[Any]:
    """Adds `first_open` and `next_open`: slug and title of published modules; the next one that the member has not
    completed, from here on and then from the beginning."""
    named = JSONObject(slug="slug", title="title")
    published = Module.objects.published()
    found: QuerySet[Any] = modules.annotate(
        first_open=Subquery(published.values(named=named)[:1]),
        next_open=Subquery(_not_completed(published, member).values(named=named)[:1]),
    )
    return found


def _not_completed(published: QuerySet[Module], member: Member | None) -> QuerySet[Module]:
    others = published.exclude(pk=OuterRef("pk"))
    if member:
        others = others.exclude(pk__in=Module.objects.filter(completions__member=member).values("pk"))
    from_here = Case(When(order__gt=OuterRef("order"), then=0), default=1)
    return others.annotate(from_here=from_here).order_by("from_here", "order", "pk")


def page(module: Any, member: Member | None) -> ModulePage:
    """module: from `with_ways_on` of what the member sees. Five queries more, and those of other apps’ sections."""
    one = complete_standings([module], member)[0]
    people = people_of(one, member)
    came = sorted((person for person in people if person.began), key=lambda person: person.began, reverse=True)
    return ModulePage(
        standing=one,
        introductions=list(module.articles.published().filter(kind=Article.Kind.HOWTO_INTRO)),
        changes=sorted([*changes(one), *new_versions(one)], key=lambda change: change.at, reverse=True)[:CHANGES],
        stewards=[person for person in people if person.keeps],
        on_it=came[:FACES],
        further=further(module),
        following=following(one),
        sections=sections_of(module, member),
    )


def people_of(one: ModuleStanding, viewer: Member | None) -> list[Any]:
    """Those who keep the module, with `keeps`, and for members those who lately began something in it and show what
    they do here, with `began`. One query; of each item only the newest are looked at."""
    keepers = Module.stewards.through.objects.filter(module=one.module)
    since, items = timezone.now() - ON_IT, [step.item.pk for step in one.steps]
    lately = ItemProgress.objects.filter(started_at__gt=since).order_by("-started_at")
    newest = [lately.filter(item=item).values("member")[:LATEST] for item in items] if viewer else []
    own = lately.filter(member=OuterRef("pk"), item__in=items).values("started_at")[:1]
    found: QuerySet[Any] = Member.objects.active().annotate(
        keeps=Exists(keepers.filter(member=OuterRef("pk"))), began=Subquery(own)
    )
    shown = Q(in_directory=True, audiences__acts__in=[PUBLIC, MEMBERS]) | Q(pk=viewer.pk if viewer else None)
    wanted = Q(pk__in=keepers.values("member").union(*newest, all=True)) & (Q(keeps=True) | shown)
    return list(found.filter(wanted).order_by("name", "pk"))


def following(one: ModuleStanding) -> Way | None:
    """Where to go on: for who has finished the module the next one that they have not, from one in preparation the
    first that is open."""
    module: Any = one.module
    if not module.is_published:
        return Way.to(module.first_open)
    return Way.to(module.next_open) if one.completion else None


def new_versions(one: ModuleStanding) -> list[Change]:
    """The newest versions of the module's texts, after the first of each. One query."""
    keys = {kind: [step.item.key for step in one.steps if step.item.kind == kind] for kind in TEXTS}
    of_module = reduce(or_, (Q(text__kind=TEXTS[kind], text__key__in=names) for kind, names in keys.items()))
    found = Revision.objects.filter(of_module, status=Revision.Status.ACCEPTED, number__gt=1)
    newest = found.select_related("text").defer("content").order_by("-decided_at", "-pk")[:CHANGES]
    return [
        Change(
            row.decided_at or row.created_at, row.text.title,
            reverse("editorial:history", args=[row.text.kind, row.text.key]), row.note,
        )
        for row in newest
    ]  # fmt: skip
