"""The limits of docs/architecture.md for the size of files, functions and templates."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = [
    "cop",
    "members",
    "communities",
    "editorial",
    "modules",
    "labs",
    "events",
    "governance",
    "newsletters",
    "local",
    "bench",
]
FILES = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 40, 150
INLINE = re.compile(r"\sstyle=\"|<style|<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)|\son\w+=\"")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_is_longer_than_the_plan_allows():
    assert {name(path): lines for path in FILES if (lines := path.read_text().count("\n")) > LONGEST_FILE} == {}


def test_no_function_is_longer_than_the_plan_allows():
    long = {
        f"{name(path)}:{node.name}": length
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.end_lineno and (length := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert long == {}


def test_every_template_is_short():
    assert {name(path): lines for path in TEMPLATES if (lines := path.read_text().count("\n")) > LONGEST_TEMPLATE} == {}


def test_no_template_has_an_inline_script_or_style():
    assert {name(path): found for path in TEMPLATES if (found := INLINE.findall(path.read_text()))} == {}


def test_every_package_says_what_it_is_for():
    silent = [
        app
        for app in APPS
        if app != "bench" and not ast.get_docstring(ast.parse((ROOT / app / "__init__.py").read_text()))
    ]

    assert silent == []
