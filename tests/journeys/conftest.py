"""A real Chromium on the whole running demo: own servers, web server, worker, beat and mail catcher."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from local import processes
from local.browser import chromium
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
OWN_SETTINGS = (
    "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "SECRET_KEY", "STATIC_ROOT", "DJANGO_SETTINGS_MODULE",
    "DEMO_MAILBOX",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys of one file share a demo and so run in one worker, one after another."""
    for item in items:
        if "journeys" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def demo_state() -> Iterator[str]:
    """The folder in which the demo of these tests keeps its servers."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine")
    folder = tempfile.mkdtemp(prefix="cop-journey-", dir="/var/tmp")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def site(demo_state: str) -> Iterator[str]:
    """The address of a demo that runs for these tests alone."""
    demo = subprocess.Popen(
        [sys.executable, "-m", "local.demo", "--port", "0", "--members", "40"],
        env=environment(demo_state), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=processes.die_with_parent(os.getpid(), signal.SIGTERM),
    )  # fmt: skip
    try:
        yield address_of(demo)
    finally:
        demo.terminate()
        demo.wait(30)


@pytest.fixture(scope="session")
def manage(site: str, demo_state: str) -> Callable[..., str]:
    """Runs a command of the site on that demo, as `./run manage` does, and gives back what it said."""

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "local.manage", *words]
        done = subprocess.run(command, env=environment(demo_state), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def environment(state: str) -> dict[str, str]:
    """Without the settings with which the tests themselves run."""
    return {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS} | {"COP_STATE": state}


def forget_everything(window: Any) -> None:
    if window.url.startswith("http"):
        window.evaluate("localStorage.clear(); sessionStorage.clear()")
    window.goto("about:blank")
    window.context.clear_cookies()
    window.set_viewport_size({"width": 1280, "height": 900})
    window.emulate_media(color_scheme="light")


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


def new_window(browser: Any, site: str, **options: Any) -> Any:
    context = browser.new_context(base_url=site, locale="en-GB", reduced_motion="reduce", **options)
    context.set_default_timeout(10_000)
    return context.new_page()


@pytest.fixture(scope="session")
def window(site: str, browser: Any) -> Any:
    """One page for all visitors: to open a new one each time costs as much as three pages to read."""
    return new_window(browser, site)


@pytest.fixture(scope="session")
def other_window(site: str, browser: Any) -> Any:
    """For somebody else while the visitor is there, with cookies and a storage of its own."""
    return new_window(browser, site)


@pytest.fixture(scope="session")
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
