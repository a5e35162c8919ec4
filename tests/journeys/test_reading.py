"""Reading in a real browser: nothing moves, notes save themselves, bookmarks stay on the page, print is text alone."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Visitor

ARTICLE = "/modules/security-privacy-ip/what-leaves-your-walls/"
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry.value);
  }).observe({ type: "layout-shift", buffered: true });
}"""
THROUGH = """async () => {
  for (let top = 0; top < document.body.scrollHeight; top += 400) {
    scrollTo(0, top);
    await new Promise((done) => setTimeout(done, 40));
  }
  await Promise.all([...document.images].map((image) => image.decode()));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
}"""


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_while_an_article_with_figures_and_code_loads(visitor: Visitor, width: int) -> None:
    visitor.sign_in("kim")
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 844})

    for address in (ARTICLE, "/modules/coding-with-ai/how-coding-agents-work/"):
        visitor.open(address)
        page.evaluate(SHIFTS)
        page.evaluate(THROUGH)
        assert page.evaluate("document.querySelectorAll('.reading img').length") >= 1
        assert page.evaluate("shifts.reduce((sum, value) => sum + value, 0)") < 0.01, address
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "address", [f"{ARTICLE}?read=compact", "/modules/coding-with-ai/how-coding-agents-work/", "/me/learning/"]
)
def test_the_page_of_an_article_and_that_of_learning_are_accessible(visitor: Visitor, address: str) -> None:
    visitor.sign_in("kim")
    visitor.open(address)

    for width in (390, 1440):
        visitor.page.set_viewport_size({"width": width, "height": 844})
        visitor.page.emulate_media(color_scheme="light")
        assert visitor.faults() == [], width
        visitor.page.emulate_media(color_scheme="dark")
        assert visitor.faults(colours_only=True) == [], f"{width}, in the dark"


def test_notes_are_saved_on_leaving_and_by_themselves(visitor: Visitor) -> None:
    visitor.sign_in("bart")
    page = visitor.page
    page.clock.install()
    visitor.open(ARTICLE)
    page.locator("#notes-box > summary").click()
    note = page.get_by_label("Only you see this")

    note.fill("Ask who keeps the logs")
    page.clock.run_for(10_500)
    page.locator("#notes-box [role=status]", has_text="Saved ").wait_for()
    note.press_sequentially(" and for how long")
    visitor.open("/modules/")

    visitor.wait_until(ARTICLE, lambda source: "Ask who keeps the logs and for how long</textarea>" in source)
    visitor.open("/me/learning/")
    assert "Ask who keeps the logs and for how long" in visitor.text()
    visitor.open(ARTICLE)
    note.fill("")
    visitor.press("Save the notes")
    page.wait_for_url("**#notes-box")


def test_a_bookmark_is_set_on_the_page_without_leaving_it(visitor: Visitor) -> None:
    visitor.sign_in("bart")
    visitor.open(ARTICLE)
    button = visitor.page.get_by_role("button", name="Bookmark “Who owns the result”")

    button.focus()
    assert button.evaluate("button => getComputedStyle(button.form).opacity") == "1"
    button.press("Enter")
    visitor.page.locator("[aria-pressed=true]").wait_for()
    assert visitor.page.url.endswith(ARTICLE)

    visitor.open("/me/learning/")
    visitor.page.locator("#bookmarks a", has_text="Who owns the result").click()
    visitor.page.wait_for_url("**/what-leaves-your-walls/#who-owns-the-result")
    button.press("Enter")
    visitor.page.locator(".part [aria-pressed=true]").wait_for(state="detached")


def test_the_end_counts_as_read_only_for_who_agreed(visitor: Visitor) -> None:
    visitor.sign_in("sayed")
    address = "/modules/incubators-sigs/from-idea-to-group-to-project/"
    visitor.open(address)
    visitor.page.evaluate(THROUGH)
    visitor.open(address)
    assert "Mark as read" in visitor.text()

    visitor.open("/me/learning/")
    visitor.page.get_by_label("Mark a Concept as read when I reach its end").check()
    visitor.press("Save how I read")
    visitor.open(address)
    visitor.page.evaluate(THROUGH)

    visitor.sees("Marked as read.")
    visitor.open(address)
    assert "Mark as read" not in visitor.text()
    visitor.open("/me/learning/")
    visitor.page.get_by_label("Mark a Concept as read when I reach its end").uncheck()
    visitor.press("Save how I read")


@pytest.mark.parametrize("address", [ARTICLE, "/labs/redact-before-send/?steps=all"])
def test_print_shows_the_text_alone_with_its_links_written_out(visitor: Visitor, address: str) -> None:
    visitor.sign_in("kim")
    visitor.open(address)
    page = visitor.page
    page.emulate_media(media="print", color_scheme="dark")

    seen = page.evaluate(
        "[...document.querySelectorAll('nav, button, form, aside')].filter(one => one.checkVisibility()).length"
    )
    assert seen == 0
    assert page.locator("h1").is_visible()
    wraps = "[...document.querySelectorAll('pre')].every(one => getComputedStyle(one).whiteSpace === 'pre-wrap')"
    assert page.evaluate(wraps)
    link = "link => getComputedStyle(link, '::after').content"
    for href in page.eval_on_selector_all(".prose a[href^=http]", f"links => links.map({link})"):
        assert "http" in href
    ground = "getComputedStyle(document.body).color"
    assert page.evaluate(ground) == "rgb(23, 27, 24)"  # the dark words of the light page
    page.emulate_media(media="screen")


def test_without_javascript_there_are_contents_notes_and_bookmarks(plain: Visitor) -> None:
    plain.sign_in("leo")
    plain.open(ARTICLE)

    plain.follow("On premises or cloud")
    assert plain.page.url.endswith("#on-premises-or-cloud")
    plain.page.locator("#notes-box > summary").click()
    plain.fill("Only you see this", "By hand")
    plain.press("Save the notes")
    plain.page.wait_for_url("**#notes-box")
    assert "Saved today at" in plain.text()
    plain.press("Bookmark “Follow the text”")
    plain.page.wait_for_url("**#follow-the-text")
    plain.open("/me/learning/")
    assert "By hand" in plain.text()
    plain.press("Remove “What leaves your walls")
    plain.page.wait_for_url("**#bookmarks")
    plain.open(ARTICLE)
    plain.fill("Only you see this", "")
    plain.press("Save the notes")
