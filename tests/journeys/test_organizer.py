"""What an organizer does in the admin: an event from draft to registrations, a newsletter to every inbox, the seats."""

from __future__ import annotations

import re

from tests.journeys.visitor import Visitor


def save(visitor: Visitor) -> None:
    visitor.page.locator("input[name='_save']").click()
    visitor.page.wait_for_load_state()


def test_an_event_is_made_published_filled_and_exported(visitor, browser, site):
    visitor.sign_in("bart")
    make_event(visitor)
    publish(visitor)
    member_registers(browser, site)

    visitor.open("/admin/events/event/")
    visitor.follow("Lunch talk on runbooks")
    visitor.sees("Sayed Rahimi")
    visitor.open("/admin/events/event/")
    choose(visitor, "Lunch talk on runbooks", "export")
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=re.compile("Go|Run")).first.click()
    rows = waiting.value.path().read_text().splitlines()
    assert len(rows) == 2
    assert "sayed@demo.invalid" in rows[1]


def make_event(visitor: Visitor) -> None:
    visitor.open("/admin/events/event/add/")
    page = visitor.page
    page.locator("#id_title").fill("Lunch talk on runbooks")
    page.locator("#id_summary").fill("Twenty minutes, three runbooks that were really used.")
    page.locator("#id_starts_at").fill("2027-05-12T12:30")
    page.locator("#id_ends_at").fill("2027-05-12T12:00")
    page.locator("#id_capacity").fill("30")
    save(visitor)
    assert "The end must come after the beginning" in page.content()
    page.locator("#id_ends_at").fill("2027-05-12T13:00")
    save(visitor)
    assert "added successfully" in page.content() or "Lunch talk on runbooks" in page.content()


def publish(visitor: Visitor) -> None:
    visitor.open("/admin/events/event/?q=runbooks")
    choose(visitor, "Lunch talk on runbooks", "publish")
    visitor.page.get_by_role("button", name=re.compile("Go|Run")).first.click()
    visitor.page.wait_for_load_state()


def choose(visitor: Visitor, row: str, action: str) -> None:
    page = visitor.page
    page.locator("#result_list tr").filter(has_text=row).locator("input.action-select").check()
    values = page.eval_on_selector_all("select[name='action'] option", "options => options.map(o => o.value)")
    page.locator("select[name='action']").select_option(next(value for value in values if action in value))


def member_registers(browser, site) -> None:
    context = browser.new_context(base_url=site)
    sayed = Visitor(context.new_page(), site)
    sayed.sign_in("sayed")
    sayed.open("/events/lunch-talk-on-runbooks/")
    sayed.press("Register")
    assert "You are in" in sayed.text()
    context.close()


def test_a_newsletter_is_written_previewed_tested_and_delivered_by_the_worker(visitor):
    visitor.sign_in("bart")
    page = visitor.page
    visitor.open("/admin/newsletters/issue/add/")
    page.locator("#id_subject").fill("Three runbooks that were used")
    page.locator("#id_body").fill("## This month\n\nThree people wrote down what they did.\n\n- [Events](/events/)")
    visitor.press("Save and preview")

    page.wait_for_url("**/preview/")
    assert "Three people wrote down" in page.frame_locator("iframe").locator("body").inner_text()
    preview = page.url
    visitor.press("Send me a test")
    visitor.open_mail("bart@demo.invalid", "Three runbooks")

    page.goto(preview)
    visitor.follow("Approve", exact=True)
    visitor.press("Approve and send to")
    page.wait_for_load_state()
    arrives_everywhere(visitor, preview.replace("/preview/", "/change/"))


def arrives_everywhere(visitor: Visitor, issue: str) -> None:
    page = visitor.page
    for _ in range(100):
        page.goto(issue)
        found = re.search(r"(\d+) of (\d+)", page.inner_text("#content"))
        if found and found[1] == found[2]:
            break
        page.wait_for_timeout(150)
    visitor.open_mail("kim@demo.invalid", "Three runbooks that were used")
    source = page.content()
    assert "List-Unsubscribe-Post" in source
    assert "/newsletters/unsubscribe/" in source


def test_the_seats_of_the_committee_are_listed_with_terms(visitor):
    visitor.sign_in("bart")

    visitor.open("/admin/governance/seat/")

    text = visitor.page.inner_text("#content")
    assert "Maria Santos" in text
    assert "7 seats" in text


def test_the_runs_of_jobs_are_visible(visitor):
    visitor.sign_in("bart")

    visitor.open("/admin/site/jobrun/")

    assert visitor.page.locator("#result_list").count() + visitor.page.get_by_text("0 job runs").count() > 0
