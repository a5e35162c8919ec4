"""Finding people in a real browser: with the small script, and without any."""

from __future__ import annotations

import re

from tests.journeys.visitor import Visitor


def names(visitor: Visitor) -> list[str]:
    return list(visitor.page.locator("#found h2").all_inner_texts())


def focused(visitor: Visitor) -> str:
    return str(visitor.page.evaluate("document.activeElement.id"))


def test_people_are_found_by_a_word_with_a_slip_a_filter_and_back_again(visitor: Visitor) -> None:
    visitor.sign_in("kim")
    visitor.open("/members/")
    page = visitor.page
    everybody = page.locator("#count").inner_text()

    page.locator("#id_q").press_sequentially("adrain", delay=30)
    page.wait_for_url("**/members/?q=adrain")
    page.get_by_text("looked for “adrian”").wait_for()
    assert names(visitor)[0] == "Adrian Kowalski"
    assert focused(visitor) == "id_q"
    assert "Name: Adrian" in page.locator("#found").inner_text()

    asked = len(visitor.requests)
    page.locator("#filters a", has_text=re.compile(r"^Mentor\s")).click()
    page.wait_for_url("**/members/?q=adrain&level=mentor")
    page.locator("#by-level-mentor:focus").wait_for()
    assert names(visitor) == ["Adrian Kowalski"]
    assert page.locator("#count").get_attribute("role") == "status"
    assert not any(address.endswith((".css", ".js")) for address in visitor.requests[asked:])  # only a part was fetched

    assert visitor.faults() == []

    page.get_by_role("link", name="Remove: “adrain”").click()
    page.wait_for_url("**/members/?level=mentor")
    page.locator("#count:focus").wait_for()
    assert page.locator("#id_q").input_value() == ""

    page.go_back()
    page.wait_for_url("**/members/?q=adrain&level=mentor")
    page.get_by_role("link", name="Remove: “adrain”").wait_for()
    assert page.locator("#id_q").input_value() == "adrain"

    page.get_by_role("link", name="Clear filters").first.click()
    page.get_by_text(everybody).wait_for()
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Kowalski" not in kept  # nobody's data outlives the session in the browser


def test_a_shared_address_shows_the_same_people_and_a_signed_out_browser_is_led_to_the_log_in(visitor: Visitor) -> None:
    visitor.sign_in("kim")
    visitor.open("/members/?q=kowalski&level=mentor")
    assert names(visitor) == ["Adrian Kowalski"]

    visitor.page.context.clear_cookies()
    visitor.page.locator("#filters a").first.click()

    visitor.page.wait_for_url("**/accounts/login/?next=**")


def test_everything_works_without_javascript(plain: Visitor) -> None:
    plain.sign_in("kim")
    plain.open("/members/")

    plain.fill("Search by name", "kowalsky")
    plain.press("Search")
    plain.page.wait_for_url("**/members/?q=kowalsky")
    assert names(plain)[0] == "Adrian Kowalski"

    plain.page.locator("#filters a", has_text=re.compile(r"^Mentor\s")).click()
    plain.page.wait_for_url("**/members/?q=kowalsky&level=mentor")
    plain.fill("Search by name", "nobody-has-this")
    plain.press("Search")
    assert "Nobody matches all of this" in plain.text()
    plain.page.get_by_role("link", name="Remove “nobody-has-this”").click()
    assert "Adrian Kowalski" in names(plain)
