"""The README's pictures, taken from a running demo: python -m local.pictures http://127.0.0.1:8000

Needs the browser packages, which `./run test` installs where there is a Chromium."""

from __future__ import annotations

import base64
import sys
from typing import Any

from local.browser import chromium
from local.state import ROOT

FOLDER = ROOT / "docs" / "screenshots"
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 860}
SIDE_BY_SIDE = """<body style="margin:0;padding:32px;display:flex;gap:32px;background:#ddd;width:max-content">
<img height="860" src="data:image/png;base64,{desktop}"><img height="860" src="data:image/png;base64,{phone}"></body>"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    site = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--headless", "--no-sandbox"])
        (FOLDER / "dashboard.png").write_bytes(picture(browser, site, "/dashboard/", DESKTOP, "light"))
        desktop = picture(browser, site, "/events/small-workshop/", DESKTOP, "light")
        phone = picture(browser, site, "/events/small-workshop/", PHONE, "dark")
        (FOLDER / "event.png").write_bytes(beside(browser, desktop, phone))
        browser.close()


def picture(browser: Any, site: str, address: str, size: dict[str, int], scheme: str) -> bytes:
    """The page as Kim sees it."""
    context = browser.new_context(base_url=site, viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"/accounts/login/?next={address}")
    page.fill("#id_login", "kim@demo.invalid")
    page.fill("#id_password", "demo")
    page.click("main form button[type=submit]")
    page.wait_for_url(f"**{address}")
    taken: bytes = page.screenshot()
    context.close()
    return taken


def beside(browser: Any, *pictures: bytes) -> bytes:
    desktop, phone = (base64.b64encode(taken).decode() for taken in pictures)
    page = browser.new_page(viewport={"width": 1800, "height": 930})
    page.set_content(SIDE_BY_SIDE.format(desktop=desktop, phone=phone))
    taken: bytes = page.locator("body").screenshot()
    return taken


if __name__ == "__main__":
    main()
