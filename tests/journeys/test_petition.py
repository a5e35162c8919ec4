"""A petition from its start to a group: five people sign in their own browsers, then the launch begins."""

from __future__ import annotations

from tests.journeys.visitor import Visitor

NAME = "Runbooks read aloud"
PURPOSE = "For people who want runbooks that a tired colleague understands. We read one aloud each week and mend it."
ADDRESS = "/communities/petitions/runbooks-read-aloud/"
GROUP = "/communities/runbooks-read-aloud/"


def start(visitor: Visitor) -> None:
    """A name that is nearly taken shows the group that has it; another one opens the petition."""
    visitor.open("/communities/")
    visitor.follow("See the petitions")
    visitor.follow("Start a petition")
    visitor.fill("Name", "Startup Sparks")
    visitor.fill("Purpose", PURPOSE)
    visitor.press("Start the petition")
    visitor.sees("Is it one of these?")
    assert "Startup Spark" in visitor.text()
    visitor.page.locator("#id_name").fill(NAME)
    visitor.press("Start the petition")
    visitor.page.wait_for_url(f"**{ADDRESS}")
    assert "1 of 5" in visitor.text()


def sign(visitor: Visitor) -> None:
    visitor.open(ADDRESS)
    visitor.press("Sign", exact=True)
    visitor.page.wait_for_load_state()


def test_a_petition_of_one_becomes_a_group_of_five(visitor, another):
    visitor.sign_in("sayed")
    start(visitor)
    with another("maria") as other:
        sign(other)
        other.press("Take my signature back")
        other.sees("Your signature is taken back.")
        assert "1 of 5" in other.text()
    for number, name in enumerate(("bart", "leo", "adrian"), 2):
        with another(name) as other:
            sign(other)
            other.sees(f"{number} of 5")

    with another("kim") as last:
        sign(last)
        last.page.wait_for_url(f"**{GROUP}")
        last.sees("has begun with your signature")

    visitor.open(GROUP)
    words = visitor.text()
    assert "Forming" in words
    assert "0 of 7 steps done" in words
    assert "the vote is open" in words
    visitor.page.locator("#step-purpose button").click()
    visitor.sees("1 of 7 steps done")
    visitor.open(f"{GROUP}charter/")
    assert "We read one aloud each week and mend it." in visitor.text()
    assert "A lead for Runbooks read aloud" in visitor.text()
    visitor.open("/me/notices/")
    visitor.sees("Runbooks read aloud has begun, and you are in")
