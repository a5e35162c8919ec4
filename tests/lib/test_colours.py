"""Every pair of text and ground that the sheets use is readable, light and dark (WCAG 2.2: 4.5 to 1)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

THEME = (Path(settings.BASE_DIR) / "static" / "css" / "theme.css").read_text()
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\)", THEME)
}
GROUNDS = ["bg", "surface", "sunken"]
PAIRS = [
    *((text, ground) for text in ("text", "text-2", "text-3", "accent", "ok", "warn", "bad") for ground in GROUNDS),
    *((text, f"{text}-soft") for text in ("accent", "ok", "warn", "bad", "plum")),
    ("on-accent", "accent"), ("on-accent", "accent-hover"), ("on-bad", "bad"),
]  # fmt: skip


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_standard_says():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable_on_its_ground(text, ground, scheme):
    assert contrast(TOKENS[text][scheme], TOKENS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_border_of_a_field_is_seen(ground, scheme):
    assert contrast(TOKENS["line-strong"][scheme], TOKENS[ground][scheme]) >= 3
