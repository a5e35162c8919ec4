from __future__ import annotations

from typing import Any

from django.core.cache import cache

from cop.home.starter.entries import Entry
from cop.home.starter.kinds.base import Kind, by_slug, plain, saved, values
from cop.site.models import SiteBrand
from members.models import (
    BadgeRule,
    Level,
    LevelRule,
    Persona,
    PlacementOption,
    PlacementQuestion,
    Skill,
    Verb,
    WelcomeStep,
)

BRAND = ("name", "abbreviation", "strapline", "description")
LEVEL = ("order", "title", "action", "reward", "rule_text", "may", "needs_opt_in", "confirmed_by_organizer")
BADGE = ("order", "title", "text", "glyph", "measure", "at_least", "within_days")
WELCOME = ("order", "title", "text", "verb_id", "address", "minutes")


def write_brand(entry: Entry, row: SiteBrand | None) -> SiteBrand:
    brand: SiteBrand = saved(SiteBrand, row, {"pk": 1}, {name: entry[name] for name in BRAND})
    cache.delete("brand")
    return brand


def write_level(entry: Entry, row: Level | None) -> Level:
    level: Level = saved(Level, row, {"slug": entry.key}, {name: entry[name] for name in LEVEL})
    level.rules.all().delete()
    for order, rule in enumerate(entry["rules"]):
        made = LevelRule.objects.create(
            level=level, order=order, measure=rule["measure"], at_least=rule["at_least"],
            within_days=rule["within_days"], text=rule["text"],
        )  # fmt: skip
        made.verbs.set(rule["verbs"])
    return level


def rules_of(level: Level) -> list[Any]:
    return values(
        level.rules.order_by("order", "verbs"), "order", "measure", "at_least", "within_days", "text", "verbs"
    )


def write_badge(entry: Entry, row: BadgeRule | None) -> BadgeRule:
    badge: BadgeRule = saved(BadgeRule, row, {"slug": entry.key}, {name: entry[name] for name in BADGE})
    badge.verbs.set(entry["verbs"])
    return badge


def write_placement(entry: Entry, row: PlacementQuestion | None) -> PlacementQuestion:
    fields = {"order": entry["order"], "text": entry["text"]}
    question: PlacementQuestion = saved(PlacementQuestion, row, {"key": entry.key}, fields)
    question.options.all().delete()
    PlacementOption.objects.bulk_create(
        PlacementOption(question=question, order=order, **option) for order, option in enumerate(entry["options"])
    )
    return question


def write_welcome(entry: Entry, row: WelcomeStep | None) -> WelcomeStep:
    fields = {name: entry[name.removesuffix("_id")] for name in WELCOME}
    step: WelcomeStep = saved(WelcomeStep, row, {"slug": entry.key}, fields)
    return step


KINDS = [
    Kind("brand", lambda entry: SiteBrand.objects.first(), write_brand, BRAND),
    plain("verb", Verb, "kind points title"),
    Kind("level", by_slug(Level), write_level, LEVEL, rules_of),
    Kind(
        "badge",
        by_slug(BadgeRule),
        write_badge,
        BADGE,
        lambda badge: values(badge.verbs.order_by("slug"), "slug"),
    ),
    plain(
        "persona",
        Persona,
        "order title name background goals barriers role_text value reading_mode exposure_ceiling community modules "
        "first_event",
    ),
    Kind(
        "placement",
        by_slug(PlacementQuestion, "key"),
        write_placement,
        ("order", "text"),
        lambda question: values(question.options.order_by("order"), "key", "order", "text", "weights"),
    ),
    Kind("welcome", by_slug(WelcomeStep), write_welcome, WELCOME),
    plain("skill", Skill, "area title text topics aliases is_strategic"),
]
