"""Bringing in what another community, or this one, once exported about a member."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cop.lib.errors import Refused
from members.audience import USUAL, WIDTH
from members.models import Member, MemberLink, MemberSkill, Skill
from members.operations import directory
from members.queries.export import FORMAT, PROFILE, VERSION
from members.queries.rules import member_rules

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_LINKS = 6
NOT_OURS = "This is not a file that this software exported. Choose the ZIP that you downloaded."


@dataclass
class BroughtIn:
    """What was taken over, and which skills are not known here."""

    fields: int = 0
    links: int = 0
    skills: int = 0
    unknown_skills: list[str] = field(default_factory=list)


def read(packed: bytes) -> dict[str, Any]:
    """The profile inside an exported ZIP. Refused where it is too large, broken, or something else."""
    if len(packed) > LARGEST:
        raise Refused("The file is larger than 5 MB. Choose the ZIP that you downloaded.")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as file:
            if file.getinfo("member.json").file_size > LARGEST_UNPACKED:
                raise Refused(NOT_OURS)
            data = json.loads(file.read("member.json"))
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise Refused(NOT_OURS) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("profile"), dict):
        raise Refused(NOT_OURS)
    if data.get("version") != VERSION:
        raise Refused(f"The file is of version {data.get('version')}; this site reads version {VERSION}.")
    profile: dict[str, Any] = data["profile"]
    return profile


@transaction.atomic
def bring_in(profile: dict[str, Any], *, by: Member) -> BroughtIn:
    """Take over profile, links and skills into the member's own profile; all of it or nothing.

    What the file leaves empty does not empty what stands here. Links and skills are added; known ones stay.
    Refused, with the field's name, where a value is not allowed here.
    """
    member = Member.objects.select_for_update().get(pk=by.pk)
    done = BroughtIn()
    wanted = {name: profile[name] for name in PROFILE if profile.get(name) not in (None, "", [], {}, False)}
    for name, value in wanted.items():
        if not _is_kind_of(value, Member._meta.get_field(name)):
            raise Refused(f"The file cannot be taken over: {name.replace('_', ' ')} is not what it should be.")
    if "audiences" in wanted:
        wanted["audiences"] = member.audiences | _audiences(wanted["audiences"])
    for name, value in wanted.items():
        setattr(member, name, value)
    _check(member, exclude=[column.name for column in Member._meta.fields if column.name not in wanted])
    member.save(update_fields=list(wanted))
    done.fields = len(wanted)
    done.links = _links(member, _list_of_records(profile, "links"))
    done.skills, done.unknown_skills = _skills(member, _list_of_records(profile, "skills"))
    directory.touch(member.pk)
    return done


def _is_kind_of(value: Any, column: Any) -> bool:
    """Whether the value is a text, list, number, mapping or yes or no, as the column wants it."""
    if hasattr(column, "base_field"):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    kinds = {"PositiveSmallIntegerField": int, "BooleanField": bool, "JSONField": dict}
    return isinstance(value, kinds.get(column.get_internal_type(), str))


def _audiences(value: dict[str, Any]) -> dict[str, str]:
    return {name: width for name, width in value.items() if name in (*USUAL, "page") and width in WIDTH}


def _list_of_records(profile: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = profile.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Refused(f"The file cannot be taken over: {name} is not what it should be.")
    return value


def _links(member: Member, links: list[dict[str, Any]]) -> int:
    known = set(member.links.values_list("url", flat=True))
    added = 0
    for link in links[:MOST_LINKS]:
        new = MemberLink(member=member, order=len(known), title=link.get("title", ""), url=link.get("url", ""))
        if new.url in known or len(known) >= MOST_LINKS:
            continue
        _check(new)
        new.save()
        known.add(new.url)
        added += 1
    return added


def _skills(member: Member, skills: list[dict[str, Any]]) -> tuple[int, list[str]]:
    here = {skill.slug: skill for skill in Skill.objects.accepted()}
    known = set(MemberSkill.objects.filter(member=member).values_list("skill__slug", flat=True))
    added, unknown, most = 0, [], member_rules().most_skills
    for one in skills[:most]:
        slug = one.get("skill__slug")
        if not isinstance(slug, str) or slug not in here:
            unknown.append(str(one.get("skill__title") or slug)[:80])
        elif slug not in known and len(known) < most:
            depths = {name: one.get(name) or 0 for name in ("claimed", "wants", "helps")}
            new = MemberSkill(member=member, skill=here[slug], **depths)
            _check(new)
            new.save()
            known.add(slug)
            added += 1
    return added, unknown


def _check(row: Any, exclude: list[str] | None = None) -> None:
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as error:
        name, faults = next(iter(error.message_dict.items()))
        raise Refused(f"The file cannot be taken over: {name.replace('_', ' ')}: {faults[0]}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise Refused("The file cannot be taken over: a value in it is of another kind than it should be.") from error
