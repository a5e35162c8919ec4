"""What the values of the directory's filters are called."""

from __future__ import annotations

from members import places
from members.directory_wish import DEPTHS, Filter
from members.models import Member

OPEN = {"mentor": "mentoring", "pairing": "pairing"}


def value_label(name: str, value: str, title: str = "") -> str:
    """Below the heading of its facet: “Dutch”, “2 hours or more”. An unknown value is called as it was typed.

    title: what the index knows of it."""
    match name:
        case "language":
            return places.language_names().get(value, value)
        case "country":
            return places.country_names().get(value, value)
        case "function":
            return dict[str, str](Member.Function.choices).get(value, value)
        case "sector":
            return dict[str, str](Member.Sector.choices).get(value, value)
        case "open":
            return OPEN.get(value, value).capitalize()
        case "hours" | "overlap":
            return f"{_hours(value)} or more"
    return title or value


def filter_label(chosen: Filter, title: str = "", depth: str = "") -> str:
    """Standing alone: “Speaks Dutch”, “Knows Ansible (leads in it, or deeper)”, “Has 2 hours a week or more”."""
    name, value = chosen
    label = value_label(name, value, title)
    match name:
        case "q":
            return f"“{value}”"
        case "skill":
            deep = DEPTHS.get(int(depth), depth) if depth.isdecimal() else depth
            return f"Knows {label} ({deep}, or deeper)" if depth else f"Knows {label}"
        case "language":
            return f"Speaks {label}"
        case "overlap":
            return f"Works {_hours(value)} a day or more while I work"
        case "hours":
            return f"Has {_hours(value)} a week or more"
        case "open":
            return f"Open to {label.lower()}"
        case "persona":
            return f"Close to {label}"
    return label


def _hours(number: str) -> str:
    return "1 hour" if number == "1" else f"{number} hours"
