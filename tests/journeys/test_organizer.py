"""What an organizer does in the admin: an event from draft to registrations, a newsletter to every inbox, the seats."""

from __future__ import annotations

import csv
import html
import json
import re

import pytest

from tests.journeys.sweep import Sweep
from tests.journeys.visitor import Visitor

SUBJECT = "Three runbooks that were used"
RUNS = "/admin/site/jobrun/?name=send+waiting+mail&all="

RUN = '<th class="field-name'  # the first cell of a row in the list


def save(visitor: Visitor) -> None:
    visitor.page.locator("input[name='_save']").click()
    visitor.page.wait_for_load_state()


@pytest.mark.everyday
def test_an_event_is_made_published_filled_and_exported(visitor, another):
    sweep = Sweep(visitor)
    visitor.log_in("bart@demo.invalid", "demo")
    visitor.page.wait_for_url("**/dashboard/")
    make_event(visitor, sweep)
    publish(visitor)
    with another("sayed") as member:
        register(member)

    visitor.open("/admin/events/event/")
    visitor.follow("Lunch talk on runbooks")
    visitor.sees("Sayed Rahimi")
    visitor.open("/admin/events/event/")
    choose(visitor, "Lunch talk on runbooks", "export")
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=re.compile("Go|Run")).first.click()
    head, *rows = csv.reader(waiting.value.path().read_text().splitlines())
    assert head == ["Event", "Name", "Handle", "E-mail", "Status", "Position", "Registered at", "Attended"]
    registered_at = rows[0].pop(6)
    assert rows == [["Lunch talk on runbooks", "Sayed Rahimi", "sayed", "sayed@demo.invalid", "Registered", "", ""]]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", registered_at)
    assert sweep.found == {}


def make_event(visitor: Visitor, sweep: Sweep) -> None:
    visitor.open("/admin/events/event/add/")
    sweep.glance("/admin/events/event/add/")
    page = visitor.page
    page.locator("#id_title").fill("Lunch talk on runbooks")
    page.locator("#id_summary").fill("Twenty minutes, three runbooks that were really used.")
    page.locator("#id_starts_at").fill("2027-05-12T12:30")
    page.locator("#id_ends_at").fill("2027-05-12T12:00")
    page.locator("#id_capacity").fill("30")
    save(visitor)
    assert "The end must come after the beginning" in page.content()
    sweep.glance("event with faults")
    page.locator("#id_ends_at").fill("2027-05-12T13:00")
    save(visitor)
    assert "added successfully" in page.inner_text(".messagelist")


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


def register(member: Visitor) -> None:
    member.open("/events/lunch-talk-on-runbooks/")
    member.press("Register")
    member.page.wait_for_load_state()
    assert "You are in" in member.text()


@pytest.mark.everyday
def test_a_newsletter_is_written_previewed_tested_and_delivered_to_each_reader_once(visitor, another):
    with another("maria") as maria:
        keep_no_quiet_hours(maria)
    sweep = Sweep(visitor)
    visitor.sign_in("bart")
    page = visitor.page
    write_issue(visitor, SUBJECT)
    assert "Three people wrote down" in page.frame_locator("iframe").locator("body").inner_text()
    preview = page.url
    visitor.press("Send me a test")
    visitor.gets_mail("bart@demo.invalid", f"Test: {SUBJECT}")

    visitor.follow("Approve", exact=True)
    page.wait_for_url("**/approve/")
    sweep.glance("newsletter: approve")
    button = page.locator("input[name='send']")
    audience = int(re.fullmatch(r"Approve and send to (\d+) people", button.get_attribute("value"))[1])
    button.click()
    page.wait_for_load_state()
    settle(visitor, preview.replace("/preview/", "/change/"), audience)

    receivers = receivers_of(visitor, SUBJECT)
    assert len(receivers) == len(set(receivers)) == audience > 30
    visitor.gets_mail("kim@demo.invalid", SUBJECT)
    source = visitor.post.source
    assert "List-Unsubscribe-Post" in source
    assert "/newsletters/unsubscribe/" in source
    assert sweep.found == {}


def keep_no_quiet_hours(member: Visitor) -> None:
    """At night a newsletter waits for the morning of whoever wants it quiet."""
    member.post.get("/me/notices/settings/")
    member.post.send("Save", quiet_from="", quiet_until="")


def write_issue(visitor: Visitor, subject: str) -> None:
    """From an empty form to the preview."""
    page = visitor.page
    visitor.open("/admin/newsletters/issue/add/")
    page.locator("#id_subject").fill(subject)
    page.locator("#id_body").fill("## This month\n\nThree people wrote down what they did.\n\n- [Events](/events/)")
    visitor.press("Save and preview")
    page.wait_for_url("**/preview/")


def settle(visitor: Visitor, issue: str, audience: int) -> None:
    """Wait until the issue's page says that all of its mails are settled, and as sent."""
    settled = f"{audience} of {audience} are settled"
    visitor.wait_until(issue.removeprefix(visitor.site), lambda page: settled in re.sub(r"<[^>]+>", "", page))
    visitor.open(issue)
    assert re.search(rf"Sent\s+{audience}\s", visitor.page.inner_text("#content table"))


def receivers_of(visitor: Visitor, subject: str) -> list[str]:
    """To whom the catcher got a mail with exactly this subject, from all pages of the mailbox."""
    listed = re.compile(r'<a [^>]*href="/mailbox/[^"]+">([^<]*)</a></h2>\s*<p class="meta">To (\S+) ')
    last = max([1, *(int(number) for number in re.findall(r"[?&;]page=(\d+)", visitor.post.get("/mailbox/")))])
    pages = [visitor.post.get(f"/mailbox/?page={number}") for number in range(1, last + 1)]
    return [to for page in pages for title, to in listed.findall(page) if html.unescape(title) == subject]


@pytest.mark.everyday
def test_the_seats_of_the_committee_are_listed_with_terms(visitor):
    visitor.sign_in("bart")

    visitor.open("/admin/governance/seat/")

    text = visitor.page.inner_text("#content")
    assert "Maria Santos" in text
    assert "7 seats" in text


def test_the_run_of_a_job_is_listed_with_its_counts(visitor):
    visitor.sign_in("bart")
    page = visitor.page
    for state in ("waiting", "sending"):  # mails of the journeys before this one
        visitor.wait_until(f"/admin/site/mail/?state__exact={state}", lambda page: RUN not in page)
    before = visitor.post.get(RUNS).count(RUN)

    visitor.open("/newsletters/subscribe/")
    page.locator("#id_email").fill("runs@example.org")
    page.locator("main form button").click()
    visitor.gets_mail("runs@example.org", "Confirm that you want our newsletter")

    visitor.wait_until(RUNS, lambda page: page.count(RUN) > before)
    visitor.open(RUNS)
    newest = page.locator("#result_list tbody tr").first.locator("th, td").all_inner_texts()
    assert (newest[0], newest[3], newest[5]) == ("send waiting mail", "Done", "-")
    counts = json.loads(newest[4])  # mails that others wait for go with the same run
    assert counts.pop("sent") >= 1
    assert counts == {"later": 0, "failed": 0}
