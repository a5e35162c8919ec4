"""Where others find what a credential names. All of them are whole addresses, because they leave the site."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def whole(path: str) -> str:
    """A path of this site, or an address elsewhere, as a whole address."""
    return path if path.startswith(("https://", "http://")) else settings.SITE_URL + path


def certificate(code: str) -> str:
    return whole(reverse("certificates:detail", args=[code]))


def issuer() -> str:
    return whole(reverse("certificates:issuer"))


def key(kid: str) -> str:
    return whole(reverse("certificates:key", args=[kid]))


def key_set() -> str:
    return whole(reverse("certificates:keys"))


def status_list(number: int) -> str:
    return whole(reverse("certificates:status", args=[number]))


def criteria(number: int) -> str:
    return whole(reverse("certificates:criteria", args=[number]))


def badge(number: int) -> str:
    return whole(reverse("certificates:criteria_png", args=[number]))
