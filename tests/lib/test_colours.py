"""Text is readable on its ground, light and dark (WCAG 2.2: 4.5 to 1). The pairs come from the sheets themselves:

- every colour of text on the three grounds, `--bg`, `--surface` and `--sunken`;
- every `--x` and plain text on its `--x-soft`;
- every `--on-x` on `--x` and, where there is one, on `--x-hover`;
- every pair that one rule of a sheet names as `color` and `background`.

What is mixed, half transparent or inherited over several rules is measured in the browser, in tests/journeys.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = {sheet.stem: sheet.read_text() for sheet in (Path(settings.BASE_DIR) / "static" / "css").glob("*.css")}
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\)", SHEETS["theme"])
}
GROUNDS = ["bg", "surface", "sunken"]
SOFT = [name.removesuffix("-soft") for name in TOKENS if name.endswith("-soft")]
HOVER = [name for name in TOKENS if name.endswith("-hover")]
TEXTS = [name for name in TOKENS if re.fullmatch(r"text(-\d)?", name)]


def pairs() -> list[tuple[str, str]]:
    """Names of text and ground, each pair once."""
    found = [(text, ground) for text in [*TEXTS, *SOFT, *HOVER] for ground in GROUNDS]
    found += [(text, f"{name}-soft") for name in SOFT for text in ("text", name)]
    for on in (name for name in TOKENS if name.startswith("on-")):
        name = on.removeprefix("on-")
        found += [(on, ground) for ground in (name, f"{name}-hover") if ground in TOKENS]
    return list(dict.fromkeys(found + pairs_of_rules()))


def pairs_of_rules() -> list[tuple[str, str]]:
    """What rules name themselves."""
    found = []
    for rule in re.findall(r"\{([^{}]*)\}", "\n".join(SHEETS.values())):
        text = re.search(r"(?<![\w-])color: var\(--([\w-]+)\)", rule)
        ground = re.search(r"(?<![\w-])background(?:-color)?: var\(--([\w-]+)\)", rule)
        if text and ground and text[1] in TOKENS and ground[1] in TOKENS:
            found.append((text[1], ground[1]))
    return found


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


def test_the_pairs_are_found():
    assert {("text-3", "sunken"), ("plum", "plum-soft"), ("on-bad", "bad"), ("on-accent", "accent-hover")} <= {*pairs()}
    assert len(pairs_of_rules()) >= 10


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), pairs())
def test_text_is_readable_on_its_ground(text, ground, scheme):
    assert contrast(TOKENS[text][scheme], TOKENS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_border_of_a_field_is_seen(ground, scheme):
    assert contrast(TOKENS["line-strong"][scheme], TOKENS[ground][scheme]) >= 3
