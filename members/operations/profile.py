"""What members change about themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from cop.lib.errors import Refused
from members import audience
from members.models import Level, LevelWish, Member, MemberLink, Persona, PlacementAnswer
from members.operations import ledger, levels
from members.operations.directory import touch
from members.placement import scores_of


@transaction.atomic
def save_profile(
    member: Member,
    fields: Mapping[str, Any],
    *,
    by: Member,
    audiences: Mapping[str, str] | None = None,
    links: Sequence[tuple[str, str]] | None = None,
) -> None:
    """Save the given fields; a profile with a name and a headline counts as finished, once.

    audiences: who sees which part; parts that are not named stay as they are. links: all of them, as address and
    words, in their order; None leaves them alone. Two savings at once come one after the other."""
    if by != member:
        raise Refused("Only the owner changes a profile.")
    kept = Member.objects.select_for_update().get(pk=member.pk)
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.audiences = {**kept.audiences, **_known(audiences or {})}
    try:
        with transaction.atomic():
            kept.save(update_fields=[*fields, "audiences"])
    except IntegrityError as error:
        if "one_member_per_handle" not in str(error):
            raise
        raise Refused("Somebody took this handle a moment ago. Choose another one.", lost_race=True) from error
    if links is not None:
        _keep_links(kept, links)
    touch(kept.pk)
    if kept.name and kept.headline:
        ledger.record(
            "profile-completed", by=kept, kind="profile", key="own", title="Own profile", address="/me/profile/"
        )


def _known(audiences: Mapping[str, str]) -> dict[str, str]:
    for part, who in audiences.items():
        if part not in audience.USUAL or who not in audience.WIDTH:
            raise Refused(f"Nobody can choose “{who}” for “{part}”.")
    return dict(audiences)


def _keep_links(member: Member, links: Sequence[tuple[str, str]]) -> None:
    member.links.all().delete()
    MemberLink.objects.bulk_create(
        MemberLink(member=member, order=order, url=url, title=title) for order, (url, title) in enumerate(links)
    )


@transaction.atomic
def choose_persona(member: Member, persona: Persona | None, *, by: Member) -> None:
    """Take a persona, or none; it changes suggestions and no right."""
    if by != member:
        raise Refused("Only you choose your persona.")
    member.persona = persona
    member.save(update_fields=["persona"])
    PlacementAnswer.objects.update_or_create(member=member, defaults={"chosen": persona})
    touch(member.pk)
    ledger.record(
        "place-chosen",
        by=member,
        kind="persona",
        key="place",
        title="Place in the community",
        address="/welcome/place/",
    )


def answer_placement(
    member: Member, answers: Mapping[str, str], weights: Mapping[str, Mapping[str, int]]
) -> PlacementAnswer:
    """Keep the answers and the sums that come out of them."""
    placed, _ = PlacementAnswer.objects.update_or_create(
        member=member, defaults={"answers": dict(answers), "scores": scores_of(answers, weights)}
    )
    return placed


@transaction.atomic
def wish_for_level(level: Level, *, by: Member) -> None:
    """Say that one wants a level that nobody gets unasked; it is awarded at once where its rules are met."""
    if not level.needs_opt_in:
        raise Refused(f"{level.title} needs no wish; it comes by itself when its conditions are met.")
    LevelWish.objects.get_or_create(member=by, level=level)
    levels.recompute([by])
