"""From the home page to the first finished lab, a registration and a place in a waiting list."""

from __future__ import annotations

import re

from tests.journeys.visitor import Visitor

ADDRESS = "fatima@example.org"
PASSWORD = "four plain unrelated words"


def join(visitor: Visitor, name: str = "Fatima El Idrissi", address: str = ADDRESS) -> None:
    visitor.open("/")
    visitor.follow("Join the community")
    visitor.fill("Your name", name)
    visitor.fill("E-mail address", address)
    visitor.fill("Password", PASSWORD)
    visitor.press("Join")
    visitor.page.wait_for_url("**/accounts/confirm-email/")


def confirm(visitor: Visitor, address: str = ADDRESS) -> None:
    visitor.open_mail(address, "onfirm")
    visitor.open(visitor.address_on_page("/accounts/confirm-email/"))
    visitor.press("Confirm")
    visitor.page.wait_for_url("**/welcome/conduct/**")


def accept_and_choose(visitor: Visitor) -> None:
    visitor.press("I will keep to it")
    visitor.page.get_by_label(re.compile("^Kim, Senior ICT Advisor")).check()
    visitor.page.get_by_label(re.compile("^Data Science and Machine Learning")).check()
    visitor.press("Go to my start page")
    visitor.page.wait_for_url("**/dashboard/")


def test_a_newcomer_joins_reads_a_concept_does_a_lab_and_registers(visitor):
    join(visitor)
    confirm(visitor)
    accept_and_choose(visitor)
    visitor.sees("Fatima")
    assert "Read “What these systems are, and which parts are already ordinary”" in visitor.text()

    visitor.follow("Read the concept")
    visitor.press("Mark as read")
    visitor.open("/modules/ai-foundations/")
    assert "1 of 2" in visitor.text()
    do_the_lab(visitor)

    visitor.open("/modules/ai-foundations/")
    assert "2 of 2" in visitor.text()
    visitor.open("/dashboard/")
    assert "2 of 2 done" in visitor.text()
    register_for_the_webinar(visitor)
    wait_for_the_workshop(visitor)
    look_at_the_own_page(visitor)


def do_the_lab(visitor: Visitor) -> None:
    visitor.open("/labs/map-your-use-case/")
    visitor.press("Start")
    page = visitor.page
    page.wait_for_url("**/run/**")
    steps = page.locator("form[action$='/tick/']")
    for number in range(steps.count()):
        steps.nth(number).get_by_role("button").click()
        page.wait_for_load_state()
        assert f"{number + 1} of {steps.count()} steps" in page.inner_text("main")
    visitor.press("Finish")
    page.wait_for_load_state()


def register_for_the_webinar(visitor: Visitor) -> None:
    visitor.open("/events/welcome-webinar/")
    visitor.press("Register")
    visitor.page.wait_for_load_state()
    assert "You are in" in visitor.text()
    visitor.open_mail(ADDRESS, "Welcome webinar")
    assert ".ics" in visitor.text()


def wait_for_the_workshop(visitor: Visitor) -> None:
    visitor.open("/events/small-workshop/")
    assert "3rd" in visitor.text()
    visitor.press("Join the waiting list")
    visitor.page.wait_for_load_state()
    assert "3rd" in visitor.text()


def look_at_the_own_page(visitor: Visitor) -> None:
    visitor.open("/dashboard/")
    visitor.page.locator(".account-link").click()
    visitor.follow("My page")
    text = visitor.text()
    assert "What opens Builder" in text
    assert "Finished a lab" in text
    assert "Place a use case between commodity and experimental" in text


def test_the_six_questions_propose_a_persona_and_show_the_sums(visitor):
    visitor.sign_in("sayed")
    visitor.open("/welcome/questions/")
    for answer in ["operations", "recipe", "scripts", "partly", "quick-wins", "under-1h"]:
        visitor.page.locator(f"input[value='{answer}']").check()
    visitor.press("See who comes closest")
    visitor.page.wait_for_url("**/welcome/place/")
    assert "Sayed comes closest" in visitor.text()
