"""The main tasks with JavaScript switched off."""

from __future__ import annotations


def test_signing_in_reading_ticking_and_registering_work_without_javascript(plain):
    plain.log_in("sayed@demo.invalid", "demo")
    plain.page.wait_for_url("**/dashboard/")

    plain.open("/labs/pr-summary/")
    plain.page.locator("form[action$='/start/'] button").first.click()
    plain.page.wait_for_url("**/run/**")
    plain.page.locator("form[action$='/tick/'] button").first.click()
    assert "1 of " in plain.text()

    plain.open("/events/sprint-playbooks/")
    plain.press("Register")
    assert "You are in" in plain.text()
    plain.page.get_by_role("button", name="Cancel").first.click()
    assert "You are in" not in plain.text()


def test_a_faulty_form_lists_its_faults_without_javascript(plain):
    plain.open("/accounts/signup/")
    plain.fill("Your name", "Kim <Vermeer>")
    plain.fill("E-mail address", "kim.example.org")
    plain.fill("Password", "short")
    plain.press("Join")

    summary = plain.page.locator("#error-summary").inner_text()
    assert "Three things need another look" in summary
    assert plain.page.locator("#id_name").input_value() == "Kim <Vermeer>"
