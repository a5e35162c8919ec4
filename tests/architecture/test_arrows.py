"""What the import linter does not see: relations and signals that point upwards."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ORDER = [
    "cop.site",
    "members",
    "communities",
    "editorial",
    "modules",
    "labs",
    "events",
    "governance",
    "newsletters",
    "cop.home",
]
SHIPPED_RELATIONS_UPWARDS: set[str] = set()
OWN = [config for config in apps.get_app_configs() if config.name in ORDER]
SOURCES = [
    path for name in {app.split(".")[0] for app in ORDER} for path in (Path(settings.BASE_DIR) / name).rglob("*.py")
]
# signal: the apps whose receivers answer it. An app announces; only apps above it answer.
OWN_SIGNALS: dict[str, list[str]] = {
    "members.member_erased": ["events", "governance", "newsletters"],
    "members.member_wants_to_leave": ["communities"],
    "modules.item_done": ["labs"],
    "modules.module_done": ["labs"],
    "modules.resource_done": ["labs"],
}


def test_every_app_has_its_place_in_the_order():
    assert sorted(config.name for config in OWN) == sorted(ORDER)


@pytest.mark.parametrize("config", OWN, ids=lambda config: config.name)
def test_relations_of_an_app_point_downwards(config):
    height = ORDER.index(config.name)

    upward = [
        f"{model.__name__}.{field.name}"
        for model in config.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model
        if (target := field.related_model._meta.app_config.name) in ORDER and ORDER.index(target) > height
    ]

    assert upward == []


def test_no_file_listens_to_model_signals():
    listening = [
        str(path)
        for path in SOURCES
        if "migrations" not in path.parts and "django.db.models.signals" in path.read_text()
    ]

    assert listening == []


def test_the_table_of_own_signals_is_complete():
    announced = {
        f"{path.parent.name}.{target.id}"
        for path in SOURCES
        if path.name == "signals.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    assert announced == set(OWN_SIGNALS)


@pytest.mark.parametrize("signal", OWN_SIGNALS)
def test_the_receivers_of_an_own_signal_are_those_in_the_table(signal):
    name = signal.split(".")[1]

    answering = {
        path.parts[-2] for path in SOURCES if path.name == "receivers.py" and f"@receiver({name})" in path.read_text()
    }

    assert answering == set(OWN_SIGNALS[signal])


def test_migrations_import_no_project_code():
    own = {name.split(".")[0] for name in ORDER}
    importing = [
        f"{path}: {module}"
        for path in SOURCES
        if "migrations" in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
        if module.split(".")[0] in own
    ]

    assert importing == []
