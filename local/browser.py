"""The Chromium of this machine."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Its path, or None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)
