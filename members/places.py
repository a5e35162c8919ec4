"""Countries, languages and time zones: which there are, what they are called, and which one somebody means."""

from __future__ import annotations

import functools
import zoneinfo

from django.conf.locale import LANG_INFO
from django_countries import countries

# Old names and names for machines; whoever has one keeps it, but nobody is offered one.
NOT_OFFERED = ("Etc/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/", "SystemV/", "posix/", "right/")


OF_THIS_MACHINE = {"localtime", "Factory", "posixrules"}


@functools.cache
def zones() -> frozenset[str]:
    """All names of time zones, but those that only this machine knows."""
    return frozenset(zoneinfo.available_timezones() - OF_THIS_MACHINE)


@functools.cache
def offered_zones() -> list[str]:
    """Those with a continent and a town, in the order of the alphabet, and UTC."""
    return [*sorted(zone for zone in zones() if "/" in zone and not zone.startswith(NOT_OFFERED)), "UTC"]


@functools.cache
def _zones_by_word() -> dict[str, str]:
    """Each zone by its name, and by the name of its town where only one offered zone has that."""
    towns: dict[str, list[str]] = {}
    for zone in offered_zones():
        towns.setdefault(_plain(zone.rpartition("/")[2]), []).append(zone)
    found = {town: names[0] for town, names in towns.items() if len(names) == 1}
    return found | {_plain(zone): zone for zone in sorted(zones())}


def _plain(words: str) -> str:
    return " ".join(words.replace("_", " ").split()).casefold()


def zone_meant(words: str) -> str | None:
    """The time zone that was typed: in any case, with spaces for underscores, or only its town; else None."""
    return _zones_by_word().get(_plain(words))


@functools.cache
def country_names() -> dict[str, str]:
    """Two letters of ISO 3166 to the name, in the order of the names."""
    return {code: str(name) for code, name in countries}


@functools.cache
def language_names() -> dict[str, str]:
    """The code of each language to its name, in the order of the names; regions of one language count as one."""
    known = {
        code: info["name"]
        for code, info in LANG_INFO.items()
        if "name" in info and ("-" not in code or code.startswith("zh-"))
    }
    return dict(sorted(known.items(), key=lambda item: item[1]))


@functools.cache
def _languages_by_word() -> dict[str, str]:
    own = {LANG_INFO[code]["name_local"]: code for code in language_names()}
    named = {name: code for code, name in language_names().items()}
    more = {"Chinese": "zh-hans", "中文": "zh-hans", "Mandarin": "zh-hans", "Farsi": "fa"}
    words = own | {code: code for code in language_names()} | named | more
    return {word.casefold(): code for word, code in words.items()}


def language_meant(word: str) -> str | None:
    """The code of the language that was typed by its English name, its own name or its code; else None."""
    return _languages_by_word().get(" ".join(word.split()).casefold())
