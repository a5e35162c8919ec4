"""A real Chromium on the whole running demo: own servers, web server, worker, beat and mail catcher."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from local.browser import chromium
from tests.journeys.visitor import Visitor

playwright_api = pytest.importorskip("playwright.sync_api", reason="the browser packages are not installed")
CHROMIUM = chromium()
SWITCHES = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
OWN_SETTINGS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "DJANGO_SETTINGS_MODULE", "DEMO_MAILBOX")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys of one file share a demo and so run in one worker, one after another."""
    for item in items:
        if "journeys" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a demo that runs for these tests alone."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine")
    folder = tempfile.mkdtemp(prefix="cop-journey-", dir="/var/tmp")
    environment = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    demo = subprocess.Popen(
        [sys.executable, "-m", "local.demo", "--port", "0", "--members", "40"],
        env=environment | {"COP_STATE": folder}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield address_of(demo)
    finally:
        demo.terminate()
        demo.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def address_of(demo: subprocess.Popen[str]) -> str:
    """Read the demo's own words until it names its address."""
    said: list[str] = []
    assert demo.stdout is not None
    for line in demo.stdout:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    raise AssertionError("the demo did not start:\n" + "".join(said))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver keeps an event loop in this thread
    with playwright_api.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(site: str, browser: Any) -> Iterator[Visitor]:
    """A fresh browser; afterwards its console was silent and no other host was asked for anything."""
    context = browser.new_context(
        base_url=site, viewport={"width": 1280, "height": 900}, locale="en-GB", reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    visitor = Visitor(context.new_page(), site)
    yield visitor
    context.close()
    assert visitor.complaints == []
    assert {urlsplit(address).netloc for address in visitor.requests} <= {urlsplit(site).netloc, ""}
