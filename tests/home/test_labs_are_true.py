"""The commands of the labs run, and print what the labs say."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

CONTENT = Path(settings.BASE_DIR) / "content"
WITH_COMMANDS = sorted(path for path in CONTENT.glob("modules/*/labs/*.md") if "```sh" in path.read_text())


# Every day the quickest ones, together in about 15 seconds.
QUICK = {"redact-before-send", "measure-retrieval", "test-gate", "review-playbook", "first-local-model", "pr-summary"}


def test_ten_labs_have_commands():
    assert len(WITH_COMMANDS) == 10
    assert {lab.stem for lab in WITH_COMMANDS} > QUICK


LABS = [lab if lab.stem in QUICK else pytest.param(lab, marks=pytest.mark.thorough) for lab in WITH_COMMANDS]


@pytest.mark.slow
@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.stem)
def test_a_lab_prints_what_it_shows(lab):
    run = subprocess.run(["bash", CONTENT / "check_lab.sh", lab], capture_output=True, text=True, timeout=120)

    assert run.returncode == 0, run.stdout + run.stderr
    assert ", 0 differ" in run.stdout
