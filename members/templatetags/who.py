"""People on pages, as whoever looks may know them."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.html import format_html
from django.utils.safestring import SafeString

from members import audience
from members.models import Member

register = template.Library()


@register.simple_tag(takes_context=True)
def who(context: Any, person: Member, css: str = "") -> SafeString:
    """The person's name, with a link to their page where whoever looks may open it; hidden people have none.

    Who looks is the one signed in, or nobody. Costs no query."""
    looks = context.get("user") or AnonymousUser()
    name = audience.name_for(person, looks)
    opens = looks.is_authenticated or person.has_public_page
    if person.erased_at or not audience.may_know(person, looks) or not opens:
        return format_html("{}", name)
    start = format_html(' class="{}"', css) if css else ""
    return format_html('<a{} href="{}">{}</a>', start, person.get_absolute_url(), name)


@register.filter
def known_to(person: Member | None, looks: Any) -> bool:
    """Whether the person is named to whoever looks."""
    return person is not None and audience.may_know(person, looks or AnonymousUser())
