"""Which persona is closest to a member's answers."""

from __future__ import annotations

from collections.abc import Mapping


def scores_of(answers: Mapping[str, str], weights: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Add up the weights of the chosen options.

    answers: question key to option key. weights: `question/option` to persona and weight (points, whole numbers).
    Returns the sum per persona, highest first; personas without a point are left out. Unknown options add nothing.
    """
    sums: dict[str, int] = {}
    for question, option in answers.items():
        for persona, weight in weights.get(f"{question}/{option}", {}).items():
            sums[persona] = sums.get(persona, 0) + weight
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def closest(scores: Mapping[str, int]) -> list[str]:
    """The personas with the highest sum: one, or several where they tie; none without scores."""
    best = max(scores.values(), default=0)
    return [persona for persona, score in scores.items() if score == best and best > 0]
