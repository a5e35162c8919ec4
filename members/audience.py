"""Who sees which field of a profile: everybody, signed-in members, or only its owner."""

from __future__ import annotations

from typing import Any

PUBLIC, MEMBERS, ME = "public", "members", "me"
WIDTH = {PUBLIC: 0, MEMBERS: 1, ME: 2}
HIDDEN = "A member who is not in the directory"

# Field of a profile to its audience while the owner has not chosen another one. Name and handle follow the page:
# visitors get it only where "page" is public, and who is not in the directory has a page for nobody else.
USUAL = {
    "page": MEMBERS, "acts": ME,
    "picture": MEMBERS, "headline": MEMBERS, "pronouns": MEMBERS, "biography": MEMBERS, "town": MEMBERS,
    "country": MEMBERS, "time_zone": MEMBERS, "languages": MEMBERS, "organisation": MEMBERS, "unit": ME,
    "function": MEMBERS, "sector": MEMBERS, "tools": MEMBERS, "workflows": MEMBERS, "challenges": ME,
    "motivations": ME, "goals": ME, "hours_per_week": MEMBERS, "can_help_with": MEMBERS, "looks_for": MEMBERS,
    "links": MEMBERS, "skills": MEMBERS, "communities": MEMBERS, "portfolio": MEMBERS,
    "persona": MEMBERS, "quote": PUBLIC,
}  # fmt: skip


def audience_of(member: Any, field: str) -> str:
    """The audience of a field; an unknown value in the data counts as the narrowest one."""
    chosen = member.audiences.get(field, USUAL.get(field, ME))
    return chosen if isinstance(chosen, str) and chosen in WIDTH else ME


def may_see(member: Any, field: str, viewer: Any) -> bool:
    """Whether the viewer (a member, or a visitor who is not signed in) sees this field of the member's profile."""
    if viewer.is_authenticated and viewer.pk == member.pk:
        return True
    allowed = audience_of(member, field)
    return allowed == PUBLIC or (allowed == MEMBERS and viewer.is_authenticated)


def may_see_picture(member: Any, viewer: Any) -> bool:
    """As for each field; a picture also gives away that somebody is here, so it follows the directory too."""
    is_own = viewer.is_authenticated and viewer.pk == member.pk
    return is_own or (may_know(member, viewer) and may_see(member, "picture", viewer))


def may_know(member: Any, viewer: Any) -> bool:
    """Whether the member is named to this viewer at all: who is not in the directory is named to nobody else."""
    is_own = viewer.is_authenticated and viewer.pk == member.pk
    return bool(is_own or (member.is_active and member.in_directory))


def name_for(member: Any, viewer: Any) -> str:
    """The name under which the viewer may know the member; erased members are “Former member” to everybody."""
    return str(member) if member.erased_at or may_know(member, viewer) else HIDDEN
