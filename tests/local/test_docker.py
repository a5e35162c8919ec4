"""docs/operations.md, docker/ and the settings name the same variables."""

from __future__ import annotations

import re

import pytest

from local.state import ROOT

# An installation by compose never sets these: the image fills the first, the others are for development and the demo.
NOT_IN_COMPOSE = {"STATIC_ROOT", "DEBUG", "DEMO", "DEMO_MAILBOX"}
COMPOSE = (ROOT / "docker" / "compose.yaml").read_text()
EXAMPLE = (ROOT / "docker" / "env.example").read_text()
PASSED = {*re.findall(r"^    ([A-Z_]+): ", COMPOSE.partition("  depends_on:")[0], re.MULTILINE)}  # block x-app
ASKED = {*re.findall(r"(?<!\$)\$\{([A-Z_]+)", COMPOSE)}
OFFERED = {*re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE)}


def documented() -> list[str]:
    table = (ROOT / "docs" / "operations.md").read_text().partition("## Environment")[2].partition("\n## ")[0]
    return [
        name for row in re.findall(r"^\| (`[^|]+)\|", table, re.MULTILINE) for name in re.findall("`([A-Z_]+)`", row)
    ]


def read() -> set[str]:
    """What the settings, the web server and the compose file take from the environment."""
    settings = (ROOT / "cop" / "settings.py").read_text() + (ROOT / "cop" / "environment.py").read_text()
    calls = re.findall(r"(?:env\.\w+|flag|whole|required)\(\"([A-Z_]+)\"", settings)
    servers = re.findall(r"environ\.get\(\"([A-Z_]+)\"", (ROOT / "docker" / "gunicorn.conf.py").read_text())
    social = re.findall(r"\"\w+\",\s+\"([A-Z]+)\",\s+\{", settings)
    pairs = [f"{prefix}_{end}" for prefix in social for end in ("CLIENT_ID", "SECRET")]
    commands = re.findall(r"command: .*\$\{([A-Z_]+)", COMPOSE)
    return {*calls, *servers, *pairs, *commands}


def test_the_documented_variables_are_those_that_are_read():
    assert sorted(documented()) == sorted(read())


@pytest.mark.parametrize("name", documented())
def test_a_documented_variable_reaches_the_containers(name: str):
    assert name in NOT_IN_COMPOSE or name in PASSED | ASKED


def test_the_example_offers_every_variable_that_compose_asks_for_and_no_other():
    assert OFFERED == ASKED


def test_values_in_compose_are_the_documented_defaults():
    given = dict(re.findall(r"\$\{([A-Z_]+):-([^}]+)\}", COMPOSE))
    offered = dict(re.findall(r"^#([A-Z_]+)=(.+)$", EXAMPLE, re.MULTILINE))

    assert offered == given
