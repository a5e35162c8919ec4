"""A Builder mends an article: from its page to a proposal, a steward accepts it, readers see it and who wrote it."""

from __future__ import annotations

import re

ARTICLE = "/modules/software-engineering-principles/old-principles-new-authorship/"
SENTENCE = "Nobody is too junior to ask how a line came to be."


def propose(visitor):
    """One section is changed; the preview shows the difference before anything is kept."""
    visitor.open(ARTICLE)
    visitor.follow("Suggest a change")
    visitor.page.wait_for_url("**/propose/**")
    visitor.follow("Beginning")
    text = visitor.page.locator("#id_content")
    first, _, rest = text.input_value().partition("\n\n")
    text.fill(f"{first} {SENTENCE}\n\n{rest}")
    visitor.press("Preview")
    visitor.sees("Nothing is saved yet.")
    assert SENTENCE in visitor.text()
    visitor.press("Propose")
    visitor.sees("Write what you change and why, in one sentence.")
    visitor.fill("What you change and why", "Encourages beginners to ask")
    visitor.page.get_by_label("Context added").check()
    visitor.press("Propose")
    visitor.sees("Proposed. Those who keep the text are told")
    visitor.sees("Nobody decides on wording of their own.")


def accept(steward):
    """From the notice to the decision, with a remark on the way that has to be settled first."""
    steward.open("/me/notices/")
    steward.follow("waits for you")
    steward.sees("Encourages beginners to ask")
    assert SENTENCE in steward.page.locator("ins").inner_text()
    steward.page.locator("#id_body").fill("Is **too junior** the right word?")
    steward.press("Send the remark")
    steward.sees("Your remark stands below.")
    steward.press("Accept")
    steward.sees("1 remark is open. Settle them, or say why they can wait.")
    steward.press("Settled")
    steward.sees("The remark is settled.")
    steward.page.get_by_label("Your words to the author").fill("A sentence that was missing.")
    steward.press("Accept")
    steward.sees("is what readers see now.")


def test_a_builder_proposes_a_fix_and_a_steward_accepts_it(visitor, another):
    visitor.sign_in("kim")
    propose(visitor)

    with another("bart") as steward:
        accept(steward)

    visitor.open(ARTICLE)
    assert SENTENCE in visitor.text()
    assert "Kim Vermeer" in visitor.text()
    visitor.page.locator("a[href$='/history/']").first.click()
    visitor.page.wait_for_url("**/history/")
    words = visitor.text()
    assert re.search(r"Version 2\s", words)
    assert "Encourages beginners to ask" in words
    assert "accepted by Bart de Wit" in words
    visitor.follow("What changed")
    visitor.sees("from version 1 to version 2")
    assert SENTENCE in visitor.page.locator("ins").inner_text()
    visitor.open("/me/notices/")
    visitor.sees("Accepted: your change of")
