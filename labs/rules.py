"""What a lab must have before everybody sees it, and what a run must have before it is finished."""

from __future__ import annotations

from collections.abc import Iterable

from labs.models import Lab, LabStep
from modules.rules import images_without_words


def missing_to_publish(lab: Lab) -> list[str]:
    """What a lab still lacks, in words; empty where nothing is missing."""
    steps = list(lab.steps.all())
    lacks = {
        "a data exposure class": not lab.exposure,
        "a local alternative (where there is none: “None is known.”)": lab.leaves_the_machine
        and not lab.local_alternative.strip(),
        "an expected result": not lab.expected.strip(),
        "its minutes": not lab.minutes,
        "one required step": not any(step.required for step in steps),
    }
    texts = [lab.introduction_html, lab.expected_html, *(step.html for step in steps)]
    images = [image for text in texts for image in images_without_words(text)]
    return [words for words, is_missing in lacks.items() if is_missing] + [
        f"words that describe the image {image}" for image in images
    ]


def open_required(steps: Iterable[LabStep], ticked: set[str]) -> list[LabStep]:
    return [step for step in steps if step.required and step.key not in ticked]
