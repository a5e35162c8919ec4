from pathlib import Path

import pytest
import yaml
from django.conf import settings

from members.placement import closest, scores_of

QUESTIONS = yaml.safe_load((Path(settings.BASE_DIR) / "content" / "placement.yaml").read_text())
WEIGHTS = {
    f"{question['key']}/{option['key']}": option["weights"] for question in QUESTIONS for option in question["options"]
}
OWN_ANSWERS = {
    "bart": ["infra-design", "architecture", "scripts", "partly", "designs", "over-10h"],
    "kim": ["strategy", "concept", "little", "allowed", "strategy-guide", "1-4h"],
    "adrian": ["pipelines", "risk", "daily", "forbidden", "local-pipeline", "4-10h"],
    "sayed": ["operations", "recipe", "scripts", "partly", "quick-wins", "under-1h"],
    "maria": ["policy", "risk", "little", "partly", "checklists", "1-4h"],
    "leo": ["product", "build", "daily", "allowed", "prototype", "4-10h"],
}


@pytest.mark.parametrize("persona", OWN_ANSWERS)
def test_the_own_answers_of_each_persona_propose_that_persona(persona):
    answers = dict(zip([question["key"] for question in QUESTIONS], OWN_ANSWERS[persona], strict=True))

    assert closest(scores_of(answers, WEIGHTS)) == [persona]


def test_a_tie_proposes_both():
    weights = {"q/a": {"kim": 2, "leo": 1}, "r/b": {"leo": 1}}

    assert closest(scores_of({"q": "a", "r": "b"}, weights)) == ["kim", "leo"]


def test_no_answers_propose_nobody():
    assert closest(scores_of({}, WEIGHTS)) == []
