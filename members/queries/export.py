"""Everything that is held about one member, as a file that they can read, keep and bring in elsewhere."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignKey, Model, Q
from django.utils import timezone

from members.holdings import Holding, holdings
from members.models import Avatar, Member

FORMAT, VERSION = "community-member", 1
# What another community (or this one, after coming back) can take over as it is.
PROFILE = (
    "name", "pronouns", "headline", "biography", "town", "country", "time_zone", "languages", "organisation", "unit",
    "function", "sector", "tools", "workflows", "challenges", "motivations", "goals", "hours_per_week",
    "can_help_with", "looks_for", "quote", "open_to_mentor", "open_to_pairing", "open_to_buddy", "audiences",
)  # fmt: skip
READ_ME = """This file holds everything that the site keeps about you, made on {day}.

member.json   "profile" can be brought in again on the page Privacy of any site that runs this software;
              "tables" lists every row that leads to you, table by table, with what the table is for.
              Left out are your password and keys, which nobody can read, and your picture, which lies beside it.
picture.webp  your picture, where you have one.
"""


def archive(member: Member, *, now: datetime | None = None) -> bytes:
    """A ZIP with everything held about the member. Costs one query for each declared table."""
    now, addresses = now or timezone.now(), addresses_of(member)
    tables = {one.model: {"what": one.what, "rows": rows_of(one, member, addresses)} for one in holdings()}
    data = {
        "format": FORMAT, "version": VERSION, "made_at": now, "profile": profile_of(member), "tables": tables,
    }  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("READ-ME.txt", READ_ME.format(day=now.date().isoformat()))
        file.writestr("member.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        picture = Avatar.objects.filter(member=member).first()
        if picture:
            file.writestr("picture.webp", bytes(picture.image))
    return packed.getvalue()


def addresses_of(member: Member) -> list[str]:
    """All e-mail addresses under which the member is known here."""
    others = apps.get_model("account.EmailAddress")._default_manager.filter(user=member)
    return sorted({member.email, *others.values_list("email", flat=True)})


def profile_of(member: Member) -> dict[str, Any]:
    """The part that can be brought in again: profile, links, skills."""
    profile = {name: getattr(member, name) for name in PROFILE}
    profile["links"] = list(member.links.values("title", "url"))
    skills = member.skills.order_by("skill__slug")
    profile["skills"] = list(skills.values("skill__slug", "skill__title", "claimed", "wants", "helps"))
    return profile


def rows_of(holding: Holding, member: Member, addresses: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of a table that lead to the member, without its secrets; other people stand as their handle."""
    model = apps.get_model(holding.model)
    wanted = Q()
    for path in holding.people.keys() - set(holding.handled):
        wanted |= Q(**{path: member.pk})
    for path in holding.addresses:
        for address in addresses:
            wanted |= Q(**{f"{path}__iexact": address})
    if not wanted:
        return []
    columns = [column for column in model._meta.concrete_fields if _shown(column, holding)]
    names = {_person(column) if leads_to_a_member(column) else column.attname: column.name for column in columns}
    rows = model._default_manager.filter(wanted).order_by("pk").values(*names)
    return [{names[key]: value for key, value in row.items()} for row in rows]


def _shown(column: Any, holding: Holding) -> bool:
    return column.name not in holding.secret and column.get_internal_type() != "BinaryField"


def leads_to_a_member(column: Any) -> bool:
    related: type[Model] | None = column.related_model
    return isinstance(column, ForeignKey) and related is Member


def _person(column: Any) -> str:
    return f"{column.name}__handle"
