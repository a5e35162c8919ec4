"""The badge of a module or a path: its sign on a round seal. Shapes only, so that it is the same in every language."""

from __future__ import annotations

import functools
import math
from xml.sax.saxutils import escape, quoteattr

import typst

# The signs of modules in 16 × 16, as the sprite of the site draws them.
SIGNS = {
    "ai": "M7 7h-7a7 7 0 0 1 7-7zM9 7v-7a7 7 0 0 1 7 7zM0 9h7v7h-7zM9 9h7a7 7 0 0 1-7 7z",
    "sec": "M0 0h7v7h-7zM9 0h7v7h-7zM7 9v7a7 7 0 0 1-7-7zM9 9h7a7 7 0 0 1-7 7z",
    "code": "M0 7v-7a7 7 0 0 1 7 7zM9 7v-7a7 7 0 0 1 7 7zM0 9h7a7 7 0 0 1-7 7zM9 9h7a7 7 0 0 1-7 7z",
    "eng": "M0 0h7v7h-7zM9 3.5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0zM0 12.500a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z"
    "M9 9h7v7h-7z",
    "infra": "M0 0h7v7h-7zM9 0h7v7h-7zM0 9h7v7h-7zM9 12.500a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
    "rag": "M7 7h-7a7 7 0 0 1 7-7zM9 7v-7a7 7 0 0 1 7 7zM7 9v7a7 7 0 0 1-7-7zM9 9h7a7 7 0 0 1-7 7z",
    "inc": "M0 0h7a7 7 0 0 1-7 7zM16 0v7a7 7 0 0 1-7-7zM7 9v7a7 7 0 0 1-7-7zM9 9h7a7 7 0 0 1-7 7z",
    "path": "M0 12h4v4h-4zM6 6h4v10h-4zM12 0h4v16h-4z",  # steps upwards
}
INK, PAPER, ACCENT = "#171B18", "#FAFAF7", "#1B56C4"
TEETH = 40  # on the rim of the seal
WIDTH = 640  # of the PNG, in points of the screen


def svg(sign: str, title: str) -> str:
    """The badge as an SVG with its title in words."""
    body = [
        f'<path fill="{INK}" stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" d="{_rim()}"/>',
        f'<circle cx="128" cy="128" r="100" fill="{PAPER}"/>',
        f'<circle cx="128" cy="128" r="92" fill="none" stroke="{ACCENT}" stroke-width="4"/>',
        f'<g transform="translate(80 80) scale(6)"><path fill="{INK}" d="{SIGNS.get(sign, SIGNS["path"])}"/></g>',
    ]  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="512" height="512" role="img" '
        f"aria-label={quoteattr(title)}><title>{escape(title)}</title>{''.join(body)}</svg>"
    )


@functools.lru_cache(maxsize=32)
def png(sign: str) -> bytes:
    """The badge as a PNG; the title is no part of the picture."""
    source = (
        '#set page(width: 256pt, height: 256pt, margin: 0pt, fill: none)\n'
        '#image(bytes(sys.inputs.at("svg")), format: "svg", width: 100%, alt: "")'
    )  # fmt: skip
    made = typst.compile(source.encode(), format="png", ppi=72 * WIDTH / 256, sys_inputs={"svg": svg(sign, "")})
    assert isinstance(made, bytes)  # noqa: S101 - one page
    return made


def _rim() -> str:
    """The outline of a seal: a circle whose edge goes in and out."""
    points = []
    for number in range(2 * TEETH):
        reach = 123 if number % 2 else 117
        angle = math.pi * number / TEETH
        points.append(f"{128 + reach * math.sin(angle):.1f} {128 - reach * math.cos(angle):.1f}")
    return f"M{'L'.join(points)}Z"
