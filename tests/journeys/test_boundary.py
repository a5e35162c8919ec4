"""Coming into a community that asks for something first: what is missing, the module, the request, a lead's answer."""

from __future__ import annotations

from tests.journeys.answers import take_the_check
from tests.journeys.test_newcomer import PASSWORD, arrive, do_the_lab
from tests.journeys.visitor import Visitor

NAME, ADDRESS = "Nadia Hoffmann", "nadia@example.org"
CIRCLE = "/communities/evaluation-circle/"


def test_a_newcomer_finishes_the_module_asks_and_is_let_in_by_a_lead(visitor):
    arrive(visitor, NAME, ADDRESS)

    the_one_thing_is_missing(visitor)
    visitor.follow("Go to the module")
    visitor.follow("What these systems are")
    visitor.press("Mark as read")
    take_the_check(visitor, "ai-foundations", "ai-foundations-after")
    do_all_labs(visitor)
    ask(visitor)
    a_lead_accepts(visitor)

    visitor.page.context.clear_cookies()
    visitor.log_in(ADDRESS, PASSWORD)
    visitor.page.wait_for_url("**/dashboard/")
    visitor.open(CIRCLE)
    assert "You are in" in visitor.text()


def the_one_thing_is_missing(visitor: Visitor) -> None:
    visitor.open(CIRCLE)
    visitor.follow("What is missing")
    visitor.page.wait_for_url("**/apply/")
    assert "One thing is missing." in visitor.text()
    missing = visitor.page.locator(".checks > li")
    assert missing.count() == 1
    assert "Finish the module “AI Foundations" in missing.inner_text()
    assert visitor.page.get_by_role("button", name="Ask to join").count() == 0
    assert visitor.faults(contrast=True) == []


def do_all_labs(visitor: Visitor) -> None:
    visitor.open("/modules/ai-foundations/")
    links = visitor.page.locator(".ladder a[href^='/labs/']")
    for address in dict.fromkeys(links.evaluate_all("links => links.map(link => link.getAttribute('href'))")):
        do_the_lab(visitor, address)


def ask(visitor: Visitor) -> None:
    visitor.open(f"{CIRCLE}apply/")
    assert "You have all of it." in visitor.text()
    visitor.fill("What do you want to measure", "Whether a drafted answer saves the reader a question")
    visitor.press("Ask to join")
    visitor.sees("You have asked to join")


def a_lead_accepts(visitor: Visitor) -> None:
    visitor.page.context.clear_cookies()
    visitor.sign_in("maria")
    visitor.open(f"{CIRCLE}requests/")
    assert visitor.faults(contrast=True) == []
    request = visitor.page.locator("section.card", has_text=NAME)
    assert "Whether a drafted answer saves the reader a question" in request.inner_text()
    request.get_by_label("A word to Nadia").fill("Good question. Welcome.")
    request.get_by_role("button", name="Accept").click()
    visitor.sees(f"{NAME} belongs to Evaluation Research Circle now")
