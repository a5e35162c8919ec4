"""The admin's index in the order of an organizer's week, not of the alphabet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

register = template.Library()


@dataclass(frozen=True)
class Part:
    """A part of the admin. title: what organizers call it; text: what they do there."""

    title: str
    text: str
    rare: bool = False


PARTS = {
    "events": Part("Events", "Plan meetings, announce them, see who comes."),
    "newsletters": Part("Newsletter", "Write an issue, test it, send it."),
    "members": Part("Members", "People, levels and what they have done."),
    "communities": Part("Communities", "Groups, and the places where they talk."),
    "modules": Part("Modules", "What is taught: topics, articles, checks, tools and outside resources."),
    "labs": Part("Labs", "What is tried out, step by step: labs, reviews, paths, certificates."),
    "editorial": Part("Texts", "Versions of articles and labs, and changes that were proposed."),
    "governance": Part("Governance", "Committee, seats, terms and documents."),
    "site": Part("This site", "The community's name, mails on their way, runs of the jobs."),
    "account": Part("Addresses", "Which address belongs to whom, and whether it is confirmed.", rare=True),
    "auth": Part("Groups of organizers", "Who may do what in this admin.", rare=True),
    "mfa": Part("Second steps", "Apps and keys with which members log in.", rare=True),
    "usersessions": Part("Sessions", "Where members are logged in.", rare=True),
    "socialaccount": Part("Accounts elsewhere", "Log-in by other sites.", rare=True),
    "taggit": Part("Tags", "Words under which things are found.", rare=True),
}


@register.filter
def by_use(app_list: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The admin's list of apps with our titles and texts, what is used most first; unknown apps come last."""
    order = {label: place for place, label in enumerate(PARTS)}
    named = [app | {"part": PARTS.get(app["app_label"], Part(str(app["name"]), "", rare=True))} for app in app_list]
    return sorted(named, key=lambda app: order.get(app["app_label"], len(order)))
