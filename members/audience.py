"""Who sees which field of a profile: everybody, signed-in members, or only its owner."""

from __future__ import annotations

from typing import Any

PUBLIC, MEMBERS, ME = "public", "members", "me"
WIDTH = {PUBLIC: 0, MEMBERS: 1, ME: 2}

# Field of a profile to its audience while the owner has not chosen another one. Name and handle follow the profile.
USUAL = {
    "picture": MEMBERS, "headline": MEMBERS, "pronouns": MEMBERS, "biography": MEMBERS, "town": MEMBERS,
    "country": MEMBERS, "time_zone": MEMBERS, "languages": MEMBERS, "organisation": MEMBERS, "unit": ME,
    "function": MEMBERS, "sector": MEMBERS, "tools": MEMBERS, "workflows": MEMBERS, "challenges": ME,
    "motivations": ME, "goals": ME, "hours_per_week": MEMBERS, "can_help_with": MEMBERS, "looks_for": MEMBERS,
    "links": MEMBERS, "skills": MEMBERS, "communities": MEMBERS, "portfolio": MEMBERS, "quote": PUBLIC,
}  # fmt: skip


def audience_of(member: Any, field: str) -> str:
    """The audience of a field; an unknown value in the data counts as the narrowest one."""
    chosen = member.audiences.get(field, USUAL.get(field, ME))
    return chosen if chosen in WIDTH else ME


def may_see(member: Any, field: str, viewer: Any) -> bool:
    """Whether the viewer (a member, or a visitor who is not signed in) sees this field of the member's profile."""
    if viewer.is_authenticated and viewer.pk == member.pk:
        return True
    allowed = audience_of(member, field)
    return allowed == PUBLIC or (allowed == MEMBERS and viewer.is_authenticated)
