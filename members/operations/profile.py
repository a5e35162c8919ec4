"""What members change about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from cop.lib.errors import Refused
from members.models import Level, LevelWish, Member, Persona, PlacementAnswer
from members.operations import ledger, levels
from members.placement import scores_of


@transaction.atomic
def save_profile(member: Member, fields: Mapping[str, Any], *, by: Member) -> None:
    """Save the given fields; a profile with a name and a headline counts as finished, once."""
    if by != member:
        raise Refused("Only the owner changes a profile.")
    for name, value in fields.items():
        setattr(member, name, value)
    try:
        with transaction.atomic():
            member.save(update_fields=list(fields))
    except IntegrityError as error:
        raise Refused("Somebody took this handle a moment ago. Choose another one.", lost_race=True) from error
    if member.name and member.headline:
        ledger.record(
            "profile-completed", by=member, kind="profile", key="own", title="Own profile", address="/me/profile/"
        )


@transaction.atomic
def choose_persona(member: Member, persona: Persona | None, *, by: Member) -> None:
    """Take a persona, or none; it changes suggestions and no right."""
    if by != member:
        raise Refused("Only you choose your persona.")
    member.persona = persona
    member.save(update_fields=["persona"])
    PlacementAnswer.objects.update_or_create(member=member, defaults={"chosen": persona})
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
