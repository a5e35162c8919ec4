"""A real Chromium on the whole running demo: own servers, web server, worker, beat and mail catcher."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from local import journeys
from local.browser import chromium
from local.suite import PREFIX, folder_for_tests
from tests.journeys.visitor import Visitor

playwright_api = pytest.importorskip("playwright.sync_api", reason="the browser packages are not installed")
CHROMIUM = chromium()
# What Playwright switches off itself and counts here, and two things that make another frame or process for each page.
FEATURES_OFF = [
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
    "RenderDocument", "SpareRendererForSitePerProcess",
]  # fmt: skip
SWITCHES = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
    "--disable-features=" + ",".join(FEATURES_OFF),
    "--js-flags=--no-opt",  # no page lives long enough to earn back the last optimising of its scripts
]  # fmt: skip
Another = Callable[..., AbstractContextManager[Visitor]]
PLATFORM = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys of one file share a demo and so run in one worker, one after another."""
    for item in items:
        if "journeys" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="package")
def demo_state() -> Iterator[Path]:
    """The folder of the demo of these tests: of the test command's, or of one that is started here."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine")
    if started := os.environ.get(journeys.STATE):
        yield Path(started)
        journeys.end(Path(started))
        return
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=folder_for_tests()))
    with journeys.demo(folder):
        yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def site(demo_state: Path) -> str:
    """The address of a demo that runs for these tests alone."""
    return journeys.address(demo_state)


@pytest.fixture(scope="package")
def manage(site: str, demo_state: Path) -> Callable[..., str]:
    """Runs a command of the site on that demo, as `./run manage` does, and gives back what it said."""

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "local.manage", *words]
        done = subprocess.run(command, env=journeys.environment(demo_state), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def forget_everything(window: Any) -> None:
    if window.url.startswith("http"):
        window.evaluate("localStorage.clear(); sessionStorage.clear()")
    window.goto("about:blank")
    window.context.clear_cookies()
    window.set_viewport_size({"width": 1280, "height": 900})
    window.emulate_media(color_scheme="light")


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver keeps an event loop in this thread
    with playwright_api.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


def new_window(browser: Any, site: str, **options: Any) -> Any:
    context = browser.new_context(base_url=site, locale="en-GB", reduced_motion="reduce", **options)
    context.set_default_timeout(10_000)
    return context.new_page()


@pytest.fixture(scope="package")
def window(site: str, browser: Any) -> Any:
    """One page for all visitors: to open a new one each time costs as much as three pages to read."""
    return new_window(browser, site)


@pytest.fixture(scope="package")
def other_window(site: str, browser: Any) -> Any:
    """For somebody else while the visitor is there, with cookies and a storage of its own."""
    return new_window(browser, site)


@pytest.fixture(scope="package")
def plain_window(site: str, browser: Any) -> Any:
    return new_window(browser, site, java_script_enabled=False)


@contextmanager
def somebody(window: Any, site: str) -> Iterator[Visitor]:
    """Whom the site does not know; afterwards the console was silent and no other host was asked."""
    forget_everything(window)
    visitor = Visitor(window, site)
    try:
        yield visitor
    finally:
        visitor.leave()
    assert visitor.complaints == []
    assert {urlsplit(address).netloc for address in visitor.requests} <= {urlsplit(site).netloc, ""}


@pytest.fixture
def visitor(site: str, window: Any) -> Iterator[Visitor]:
    with somebody(window, site) as visitor:
        yield visitor


@pytest.fixture
def plain(site: str, plain_window: Any) -> Iterator[Visitor]:
    """Somebody whose browser runs no JavaScript."""
    with somebody(plain_window, site) as visitor:
        yield visitor


@pytest.fixture
def another(site: str, other_window: Any) -> Another:
    """Makes somebody else in a browser of their own, signed in where a name is given; one at a time."""

    @contextmanager
    def made(name: str = "") -> Iterator[Visitor]:
        with somebody(other_window, site) as visitor:
            if name:
                visitor.sign_in(name)
            yield visitor

    return made


@pytest.fixture
def owner(site: str, browser: Any) -> Iterator[Visitor]:
    """Somebody at a device that keeps passkeys; the site is opened by a name, because bare addresses have no keys."""
    by_name = f"http://localhost:{urlsplit(site).port}"
    page = new_window(browser, by_name)
    owner, context = Visitor(page, by_name), page.context
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM})
    yield owner
    context.close()
    assert owner.complaints == []
