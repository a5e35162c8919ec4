"""Bringing in what another community, or this one, once exported about a member."""

from __future__ import annotations

import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from cop.lib.errors import Refused
from members import places
from members.audience import ME, USUAL, WIDTH
from members.models import Member, MemberLink, MemberSkill, Skill
from members.operations import directory
from members.queries.export import FORMAT, PROFILE, VERSION
from members.queries.rules import member_rules

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_CONTAINERS, MOST_VALUES = 200_000, 1_000_000  # of a file; each takes many times its place in memory
MOST_LINKS, MOST_TOOLS, MOST_LANGUAGES = 6, 30, 12
NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # what no text of a person holds and the database has no place for
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, KeyError, ValueError, RuntimeError, NotImplementedError,
    EOFError,
)  # fmt: skip
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
            data = _values(file.read("member.json"))
    except BROKEN as error:
        raise Refused(NOT_OURS) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("profile"), dict):
        raise Refused(NOT_OURS)
    profile: dict[str, Any] = data["profile"]
    if any(NO_TEXT.search(text) for text in _texts([data.get("version"), profile])):
        raise Refused("The file cannot be taken over: a text in it holds signs that no text has.")
    if data.get("version") != VERSION:
        raise Refused(f"The file is of version {str(data.get('version'))[:20]}; this site reads version {VERSION}.")
    return profile


def _values(unpacked: bytes) -> Any:
    """What the JSON says; ValueError where that would fill the memory."""
    text = unpacked.decode("utf-8-sig")
    if text.count("[") + text.count("{") > MOST_CONTAINERS or text.count(",") > MOST_VALUES:
        raise ValueError("The file holds more values than a member has.")
    return json.loads(text)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value of JSON, names of fields too."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one


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
        if not _is_kind_of(value, Member._meta.get_field(name)) or (name in FITS and not FITS[name](value)):
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
    """Whether the value is a list, number, mapping, yes or no, or a text not too long, as the column wants it."""
    if hasattr(column, "base_field"):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    kinds = {"PositiveSmallIntegerField": int, "BooleanField": bool, "JSONField": dict}
    is_kind = isinstance(value, kinds.get(column.get_internal_type(), str))
    longest = column.max_length  # a long text has one for its form alone
    return is_kind and (longest is None or len(value) <= longest)


# Rules of the form for the profile that the model does not know.
FITS: dict[str, Callable[[Any], bool]] = {
    "country": lambda code: code in places.country_names(),
    "languages": lambda codes: len(codes) <= MOST_LANGUAGES and set(codes) <= places.language_names().keys(),
    "tools": lambda tools: len(tools) <= MOST_TOOLS,
    "hours_per_week": lambda hours: not isinstance(hours, bool),
}


def _audiences(value: dict[str, Any]) -> dict[str, str]:
    """Those that are known here. A page is not for its owner alone: who wants that leaves the directory."""
    known = {name: width for name, width in value.items() if name in USUAL and str(width) in WIDTH}
    return {name: width for name, width in known.items() if (name, width) != ("page", ME)}


def _list_of_records(profile: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = profile.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Refused(f"The file cannot be taken over: {name} is not what it should be.")
    return value


def _links(member: Member, links: list[dict[str, Any]]) -> int:
    known = set(member.links.values_list("url", flat=True))
    added = 0
    for link in links[:MOST_LINKS]:
        title, url = (str(link.get(name) or "") for name in ("title", "url"))
        new = MemberLink(member=member, order=len(known), title=title, url=url)
        if new.url in known or len(known) >= MOST_LINKS:
            continue
        _check(new)
        if "@" in urlsplit(url).netloc:
            raise Refused("The file cannot be taken over: url: a name stands before the address of a link.")
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
            if not all(isinstance(depth, int) for depth in depths.values()):
                raise Refused("The file cannot be taken over: a depth of a skill is not a number from 0 to 4.")
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
        where = "" if name == NON_FIELD_ERRORS else f"{name.replace('_', ' ')}: "
        raise Refused(f"The file cannot be taken over: {where}{faults[0]}"[:300]) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise Refused("The file cannot be taken over: a value in it is of another kind than it should be.") from error
