"""From the home page to the first finished lab, a registration and a place in a waiting list."""

from __future__ import annotations

import re

import pytest

from tests.journeys.answers import take_the_check
from tests.journeys.sweep import Sweep
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


def arrive(visitor: Visitor, name: str, address: str) -> None:
    """All of this without showing it, for the journeys that begin where this one ends."""
    post = visitor.post
    post.get("/accounts/signup/")
    post.send("Join", name=name, email=address, password1=PASSWORD)
    visitor.gets_mail(address, "onfirm")
    post.follow(f"{visitor.site}/accounts/confirm-email/")
    post.send("Confirm")
    post.send("I will keep to it")
    persona = post.value_beside("Kim, Senior ICT Advisor")
    post.send("Go to my start page", persona=persona, community=post.value_beside("Data Science and Machine Learning"))
    assert post.address == f"{visitor.site}/dashboard/"


@pytest.mark.everyday
def test_a_newcomer_joins_reads_a_concept_does_the_labs_and_registers(visitor):
    sweep = Sweep(visitor)
    somebody_is_willing(visitor)
    join(visitor)
    confirm(visitor)
    sweep.glance("code of conduct")
    accept_and_choose(visitor)
    look_at_the_start_page(visitor)

    visitor.follow("Read the concept")
    visitor.press("Mark as read")
    take_the_check(visitor, "ai-foundations", "ai-foundations-after")
    do_the_module(visitor, sweep)

    register_for_the_webinar(visitor)
    wait_for_the_workshop(visitor)
    put_a_suggestion_away(visitor)
    look_at_the_own_page(visitor)
    assert sweep.found == {}


def somebody_is_willing(visitor: Visitor) -> None:
    """Kim, of the community that the newcomer will choose, offers to look after one."""
    visitor.sign_in("kim")
    visitor.post.get("/me/profile/")
    visitor.post.send("Save", open_to_buddy="on")
    visitor.post.says("Your profile is saved.")
    visitor.page.context.clear_cookies()


def look_at_the_start_page(visitor: Visitor) -> None:
    """What somebody has on the first day: the next step, a buddy, suggestions with their reasons, and letters."""
    visitor.sees("Fatima")
    text = visitor.text()
    assert "Read “What these systems are, and which parts are already ordinary”" in text
    assert "Ask what you would not ask in front of everybody." in text
    assert re.search(r"Your buddy\s+KV\s+Kim Vermeer", text)
    assert "It grew out of Data Science and Machine Learning, where you belong." in text
    visitor.gets_mail(ADDRESS, "Kim Vermeer is your buddy")
    visitor.gets_mail(ADDRESS, "Welcome")


def do_the_module(visitor: Visitor, sweep: Sweep) -> None:
    """All of its labs, each from the end of the one before; the module and the start page count with."""
    visitor.open("/modules/ai-foundations/")
    total = visitor.page.locator(".ladder > li").count()
    assert f"2 of {total} steps done" in visitor.text()
    visitor.follow("Open lab 1")
    do_the_lab_in_the_browser(visitor, sweep)
    for _ in range(4, total + 1):
        visitor.follow("Go on to the next lab")
        visitor.page.wait_for_url("**/labs/*/")
        visitor.open(do_the_lab(visitor, visitor.page.url))
    visitor.follow("See the module")
    visitor.sees(f"{total} of {total} steps done")
    visitor.open("/dashboard/")
    assert f"{total} of {total} done" in visitor.text()


def do_the_lab_in_the_browser(visitor: Visitor, sweep: Sweep) -> None:
    """The lab whose page is open: its start, the first tick and its end by hand."""
    visitor.press("Start")
    page = visitor.page
    page.wait_for_url("**/run/**")
    sweep.glance("lab run")
    steps = page.locator("form[action$='/tick/']").count()
    page.locator("form[action$='/tick/']").first.get_by_role("button").click()
    page.wait_for_load_state()
    assert f"1 of {steps} steps" in page.inner_text("main")
    tick(visitor, page.url, done=1)
    page.reload()
    visitor.press("Finish")
    page.locator("#run-box h2").filter(has_text="Done on").wait_for()  # each step says when it was done, too


def do_the_lab(visitor: Visitor, address: str) -> str:
    """The same without showing it; gives back the address of the run."""
    post = visitor.post
    post.get(address)
    post.send("Start")
    tick(visitor, post.address, done=0)
    post.send("Finish")
    assert re.search(r'<h2[^>]*id="run-h">Done on', post.source), post.source
    return post.address


def tick(visitor: Visitor, run: str, *, done: int) -> None:
    """All steps of the run but those that are done already; after each the run says how many are."""
    source = visitor.post.get(run)
    steps = len(re.findall(r'<form[^>]*action="[^"]*/tick/"', source))
    assert steps > done
    for number in range(done + 1, steps + 1):
        visitor.post.send(f"Step {number} is done")
        visitor.post.says(f"{number} of {steps} steps")


def register_for_the_webinar(visitor: Visitor) -> None:
    visitor.open("/events/welcome-webinar/")
    visitor.press("Register")
    visitor.page.wait_for_load_state()
    assert "You are in" in visitor.text()
    visitor.gets_mail(ADDRESS, "Welcome webinar")
    visitor.post.says(".ics")


def wait_for_the_workshop(visitor: Visitor) -> None:
    visitor.open("/events/small-workshop/")
    assert "3rd" in visitor.text()
    visitor.press("Join the waiting list")
    visitor.page.wait_for_load_state()
    assert "3rd" in visitor.text()


def put_a_suggestion_away(visitor: Visitor) -> None:
    visitor.open("/dashboard/")
    visitor.press("Dismiss: Evaluation Research Circle")
    visitor.page.wait_for_load_state()
    assert "Evaluation Research Circle" not in visitor.page.locator("#suggestions").inner_text()


def look_at_the_own_page(visitor: Visitor) -> None:
    """By the menu of the start page, which is open."""
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
