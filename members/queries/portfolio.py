"""What a member has to show: accepted work, talks, levels, badges and thanks, as one viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from members.audience import may_know, may_see
from members.kept_back import shown_to
from members.models import Activity, BadgeAward, Kudos, LevelAward, Member, Verb
from members.queries.activity import title_of

TALKS = "talk-given"
REVIEWED = "work-accepted"  # learning by its kind, and yet a piece of work that somebody else has looked at
# Contributions that nobody has accepted, or that are bookkeeping.
NOT_ACCEPTED = ("answer-given", "motion-proposed", "petition-started", "launch-step-done", "correction")
SOMEBODY = "A member"


@dataclass(frozen=True)
class Piece:
    """One accepted piece of work, under the title and address by which the viewer finds it.

    reviewer: who accepted it, where the viewer may know them."""

    act: Activity
    title: str
    address: str
    reviewer: str = ""


@dataclass(frozen=True)
class Thanks:
    """by: the name as the viewer may know it. address: of the giver's page, where the viewer may open it."""

    kudos: Kudos
    by: str
    address: str


@dataclass(frozen=True)
class Portfolio:
    """badges: hidden ones among them for their owner alone."""

    person: Member
    work: list[Piece]
    talks: list[Piece]
    levels: list[LevelAward]
    badges: list[BadgeAward]
    thanks: list[Thanks]
    is_own: bool
    may_thank: bool

    @property
    def is_empty(self) -> bool:
        return not (self.work or self.talks or self.badges or self.thanks or self.levels)


def portfolio(person: Member, viewer: Any) -> Portfolio | None:
    """The portfolio for this viewer, a member or a visitor; None where its audience is narrower. Four queries."""
    if not may_see(person, "portfolio", viewer):
        return None
    is_own = viewer.pk is not None and viewer.pk == person.pk
    pieces = [Piece(act, title_of(act), _address_of(act), _reviewer(act, viewer)) for act in accepted(person, viewer)]
    badges = BadgeAward.objects.filter(member=person).select_related("badge").order_by("badge__order", "pk")
    held = LevelAward.objects.filter(member=person, revoked_at=None).select_related("level").order_by("level__order")
    return Portfolio(
        person,
        work=[piece for piece in pieces if piece.act.verb_id != TALKS],
        talks=[piece for piece in pieces if piece.act.verb_id == TALKS],
        levels=list(held),
        badges=list(badges if is_own else badges.filter(is_hidden=False)),
        thanks=_thanks(person, viewer),
        is_own=is_own,
        may_thank=bool(viewer.is_authenticated and viewer.pk and not is_own and person.in_directory),
    )  # fmt: skip


def accepted(person: Member, viewer: Any) -> list[Activity]:
    """Contributions and work from labs that were accepted and not taken back, the newest first; to others without
    those in communities that they may not know of."""
    counts = Q(verb__kind=Verb.Kind.CONTRIBUTION) | Q(verb=REVIEWED)
    acts = Activity.objects.filter(counts, actor=person, reversed_by=None, reverses=None)
    acts = acts.exclude(verb__in=NOT_ACCEPTED).select_related("verb", "claim", "other")
    if viewer.pk != person.pk:
        acts = shown_to(viewer, acts)
    return list(acts.order_by("-occurred_at", "-pk"))


def piece_to_thank_for(person: Member, viewer: Any, number: int) -> Activity | None:
    """An act in the portfolio, by its number, where the viewer sees it there."""
    if not may_see(person, "portfolio", viewer):
        return None
    return next((act for act in accepted(person, viewer) if act.pk == number), None)


def _address_of(act: Activity) -> str:
    claim = getattr(act, "claim", None)
    return claim.evidence if claim else act.address


def _reviewer(act: Activity, viewer: Any) -> str:
    reviewer = act.other if act.verb_id == REVIEWED else None
    return str(reviewer) if reviewer and (reviewer.erased_at or may_know(reviewer, viewer)) else ""


def _thanks(person: Member, viewer: Any) -> list[Thanks]:
    """Givers are named to who may open their page; the thanks themselves belong to who got them."""
    rows = Kudos.objects.filter(to=person).select_related("by").order_by("-at", "-pk")
    return [Thanks(row, *_giver(row.by, viewer)) for row in rows]


def _giver(giver: Member, viewer: Any) -> tuple[str, str]:
    if giver.erased_at:
        return str(giver), ""
    is_own = viewer.pk is not None and viewer.pk == giver.pk
    listed = giver.is_active and giver.in_directory
    if is_own or (listed and (viewer.is_authenticated or giver.has_public_page)):
        return giver.name, giver.get_absolute_url()
    return SOMEBODY, ""
