"""How large the pictures are that the site itself brings, so that a page keeps their place free before they arrive."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from PIL import Image, UnidentifiedImageError

HEAD = 4_000  # characters of an SVG in which its size stands
SVG = re.compile(r"<svg\b[^>]*>")
NUMBER = r'\b{name}="(\d+(?:\.\d+)?)(?:px)?"'
VIEW_BOX = re.compile(r'\bviewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')


@lru_cache(maxsize=512)
def size_of(address: str) -> tuple[int, int] | None:
    """Width and height in pixels of a picture among our own static files; None for every other address.

    Read once for as long as the program runs, because these files come with a release."""
    name = address.removeprefix(settings.STATIC_URL)
    if name == address:
        return None
    try:
        found = finders.find(name)
        return _size(Path(found)) if isinstance(found, str) else None
    except (SuspiciousFileOperation, OSError, ValueError, UnidentifiedImageError):
        return None


def _size(file: Path) -> tuple[int, int] | None:
    if file.suffix == ".svg":
        return _size_of_svg(file)
    with Image.open(file) as picture:
        return picture.size


def _size_of_svg(file: Path) -> tuple[int, int] | None:
    with file.open(encoding="utf-8") as lines:
        tag = SVG.search(lines.read(HEAD))
    if tag is None:
        return None
    width, height = (re.search(NUMBER.format(name=name), tag[0]) for name in ("width", "height"))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = VIEW_BOX.search(tag[0])
    return (round(float(box[1])), round(float(box[2]))) if box else None
