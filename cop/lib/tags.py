"""Template words that every page has without loading them: icons, bars, dates and counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cop.lib import markdown as md
from cop.lib import words

register = template.Library()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite; always with a word beside it, so it is hidden from screen readers."""
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="#i-{}"/></svg>', extra, name)


@register.simple_tag
def glyph(name: str) -> SafeString:
    return format_html('<svg class="glyph" aria-hidden="true"><use href="#g-{}"/></svg>', name)


@register.inclusion_tag("components/bar.html")
def bar(done: int, total: int, label: str) -> dict[str, Any]:
    """A progress bar; the words that say the same stand beside it."""
    width = round(100 * min(done, total) / total, 1) if total else 0
    return {"done": done, "total": total, "label": label, "width": f"{width:g}", "complete": total and done >= total}


@register.inclusion_tag("components/date_block.html")
def date_block(moment: datetime) -> dict[str, Any]:
    return {"moment": timezone.localtime(moment)}


@register.inclusion_tag("components/avatar.html", takes_context=True)
def avatar(context: Any, person: Any, size: str = "") -> dict[str, Any]:
    """The person's picture where whoever looks may see it, else initials on one of five grounds, always the same.

    Who looks is `viewer` where the page names one, otherwise the one signed in. Costs no query."""
    looks = context.get("viewer") or context.get("user")
    picture = person.picture_for(looks) if looks is not None else ""
    return {"person": person, "picture": picture, "size": size, "ground": person.pk % 5 if person.pk else 0}


@register.simple_tag(takes_context=True)
def shown(context: Any, person: Any, field: str) -> Any:
    """A field of a profile where whoever looks may see it, else nothing: `{% shown host "headline" as line %}`."""
    looks = context.get("viewer") or context.get("user")
    return person.shown(field, looks) if looks is not None else ""


@register.inclusion_tag("components/level.html")
def level(order: int, title: str) -> dict[str, Any]:
    return {"order": order, "title": title}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All faults of a form on top, each linked to its field; takes the focus."""
    faults = [(form[name], error) for name, errors in form.errors.items() if name in form.fields for error in errors]
    return {"form": form, "faults": faults, "number": len(faults) + len(form.non_field_errors())}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Any, page: Any) -> dict[str, Any]:
    """Links to the pages of a list that keep the other parts of the address."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "query": query.urlencode(), "numbers": numbers, "gap": page.paginator.ELLIPSIS}


@register.filter
def markdown(text: str) -> SafeString:
    return mark_safe(md.render(text).html)  # noqa: S308 - cleaned by nh3


@register.filter
def day(moment: datetime | None) -> str:
    return words.day(moment) if moment else ""


@register.filter
def clock(moment: datetime | None) -> str:
    return words.clock(moment) if moment else ""


@register.filter
def day_and_clock(moment: datetime | None) -> str:
    return words.day_and_clock(moment) if moment else ""


@register.filter
def lately(moment: datetime | None) -> str:
    return words.lately(moment) if moment else ""


@register.filter
def zone(moment: datetime) -> str:
    return words.zone_name(moment)


@register.filter
def span(minutes: int) -> str:
    return words.span(minutes)


@register.filter
def counted(number: int, nouns: str) -> str:
    """`{{ 3|counted:"lab" }}` gives `3 labs`, `{{ 2|counted:"person,people" }}` gives `2 people`."""
    return words.count(number, *nouns.split(","))


@register.filter
def minus(number: int, other: int) -> int:
    return number - other
