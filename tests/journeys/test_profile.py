"""The own profile by keyboard alone, who sees what of it, the browser's time zone, and a picture."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from tests.journeys.conftest import Another
from tests.journeys.visitor import Visitor

MOST_TABS = 150


def tab_to(page: Any, wanted: str) -> None:
    """Press Tab until the element with this id has the focus, as a person without a mouse would."""
    for _ in range(MOST_TABS):
        if page.evaluate("document.activeElement.id") == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {wanted}")


def type_into(page: Any, field: str, words: str) -> None:
    tab_to(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def test_a_profile_is_edited_by_keyboard_alone_and_its_organisation_vanishes_from_the_public_page(visitor, another):
    visitor.sign_in("member-0003")
    visitor.open("/me/profile/")
    page = visitor.page

    type_into(page, "id_headline", "Keeps three clusters calm")
    type_into(page, "id_time_zone", "Mars/Base")
    type_into(page, "id_organisation", "Nobody Should Read This Ltd")
    tab_to(page, "id_audience_organisation")
    page.keyboard.type("Everybody")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    visitor.sees("“Mars/Base” is not a time zone")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    kept = [page.locator(f"#id_{name}").input_value() for name in ("headline", "organisation", "audience_organisation")]
    assert kept == ["Keeps three clusters calm", "Nobody Should Read This Ltd", "public"]

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    type_into(page, "id_time_zone", "lisbon")
    if not page.locator("#id_in_directory").is_checked():
        tab_to(page, "id_in_directory")
        page.keyboard.press("Space")
    tab_to(page, "id_audience_page")
    page.keyboard.type("Everybody")
    tab_to(page, "id_audience_acts")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    visitor.sees("Your profile is saved.")
    assert page.locator("#id_time_zone").input_value() == "Europe/Lisbon"
    assert "Nobody Should Read This Ltd" in public_page(another)

    page.locator("#id_audience_organisation").focus()
    page.keyboard.type("Only")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    visitor.sees("Your profile is saved.")
    assert "Nobody Should Read This Ltd" not in public_page(another)


def public_page(another: Another) -> str:
    with another() as stranger:
        stranger.open("/members/member-0003/")
        return stranger.text()


def test_the_browsers_time_zone_is_offered_and_the_person_decides(site, browser):
    context = browser.new_context(base_url=site, timezone_id="Asia/Tokyo", locale="en-GB")
    traveller = Visitor(context.new_page(), site)
    traveller.sign_in("member-0004")
    traveller.open("/me/profile/")
    page = traveller.page
    before = page.locator("#id_time_zone").input_value()

    traveller.sees("Your browser is in Asia/Tokyo.")
    page.get_by_role("button", name="Use this time zone").press("Enter")

    assert before != "Asia/Tokyo"
    assert page.locator("#id_time_zone").input_value() == "Asia/Tokyo"
    traveller.press("Save")
    traveller.sees("Your profile is saved.")
    assert page.get_by_role("button", name="Use this time zone").count() == 0
    page.context.clear_cookies()
    traveller.open("/accounts/signup/")
    assert page.locator("#id_time_zone").input_value() == "Asia/Tokyo"
    assert traveller.complaints == []
    context.close()


def test_a_picture_is_chosen_shown_and_removed(visitor):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "JPEG")
    visitor.sign_in("member-0005")
    visitor.open("/me/profile/")
    visitor.follow("Choose a picture")
    page = visitor.page

    page.locator("#id_picture").set_input_files({"name": "me.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()})
    visitor.press("Use this picture")
    visitor.sees("This is your picture now.")
    drawn = page.locator(".account-link img")
    drawn.evaluate("image => image.decode()")
    assert drawn.evaluate("image => image.naturalWidth") == 256

    visitor.press("Remove the picture")
    visitor.sees("Your picture is removed. Others see your initials.")
    assert page.locator(".account-link img").count() == 0


def test_the_pages_of_the_own_profile_have_no_fault(visitor):
    visitor.sign_in("kim")

    for address in ["/me/profile/", "/me/picture/", "/members/kim/?as=visitor", "/members/kim/?as=member"]:
        visitor.page.set_viewport_size({"width": 1280, "height": 800})
        visitor.open(address)
        assert visitor.page.evaluate("document.querySelectorAll('*').length") <= 1200, address
        for width in (1280, 320):
            visitor.page.set_viewport_size({"width": width, "height": 800})
            assert visitor.faults(contrast=True) == [], f"{address} at {width}"
            assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width, address
