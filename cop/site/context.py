"""What every template knows about the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from cop.site.models import SiteBrand

THEMES = ("light", "dark")


def brand() -> SiteBrand:
    """The community's name and words; from the cache for a minute, so that a page costs no query for it."""
    found: SiteBrand | None = cache.get("brand")
    if found is None:
        found = SiteBrand.objects.first() or SiteBrand()
        cache.set("brand", found, 60)
    return found


def site(request: HttpRequest) -> dict[str, Any]:
    theme, own = request.COOKIES.get("theme", ""), brand()
    return {
        "brand": own,
        "contact": own.contact or settings.DEFAULT_FROM_EMAIL,
        "site_url": settings.SITE_URL,
        "demo": settings.DEMO,
        "theme": theme if theme in THEMES else "",
    }
