"""One chain: a Concept is read, labs are done, work is handed in and accepted, and a certificate verifies."""

from __future__ import annotations

import json
import re
from typing import Any

import jwt

from tests.journeys.answers import take_the_check
from tests.journeys.test_newcomer import arrive, do_the_lab
from tests.journeys.visitor import Visitor

NAME, ADDRESS = "Noor Haddad", "noor@example.org"
CONCEPT = "/modules/ai-foundations/what-these-systems-are/"
LABS = ["first-local-model", "map-your-use-case"]
LAB = "Place a use case between commodity and experimental"
LINK = "https://code.example.org/noor/use-case"


def learn(visitor: Visitor) -> None:
    arrive(visitor, NAME, ADDRESS)
    visitor.open(CONCEPT)
    visitor.press("Mark as read")
    take_the_check(visitor, "ai-foundations", "ai-foundations-after")
    runs = [do_the_lab(visitor, f"/labs/{lab}/") for lab in LABS]
    visitor.open(runs[-1])


def hand_in(visitor: Visitor) -> str:
    """A link that is no https address comes back with its fault and all that was typed; then it is right."""
    visitor.follow("Hand in", exact=True)
    visitor.page.wait_for_url("**/hand-in/")
    visitor.fill("Link to your work", "http://code.example.org/noor/use-case")
    visitor.fill("What did you find out?", "Nobody counts the wrong queues today.")
    visitor.press("Hand in", exact=True)
    visitor.sees("The link must start with https://.")
    assert visitor.page.get_by_label("What did you find out?").input_value() == "Nobody counts the wrong queues today."
    visitor.page.locator("#id_link").fill(LINK)
    visitor.press("Hand in", exact=True)
    visitor.page.wait_for_url("**/labs/submissions/*/")
    assert "Waiting for a review" in visitor.text()
    assert re.search(r"pieces? of work waits? longer|It is the next one", visitor.text())
    return str(visitor.page.url)


def review(visitor: Visitor) -> None:
    """The Mentor finds it in the queue, takes it, forgets a mark and keeps every word, then accepts it."""
    visitor.open("/labs/reviews/")
    visitor.follow(LAB)  # by “a member who is not in the directory”
    visitor.press("I look at it now")
    visitor.sees("Yours until")
    assert LINK in visitor.text()
    page = visitor.page
    for mark in range(3):
        page.locator(f"input[name=mark_{mark}]").nth(2).check()
    visitor.fill("Why", "You show the count instead of an opinion.")
    page.get_by_label("Accept it").check()
    visitor.press("Send the review")
    visitor.sees("Choose a mark for")
    assert page.locator("#id_comment").input_value() == "You show the count instead of an opinion."
    page.locator("input[name=mark_3]").nth(1).check()
    visitor.press("Send the review")
    visitor.sees("Sent. Its author hears of it now")


def see_the_acceptance(visitor: Visitor, work: str) -> None:
    visitor.open(work)
    assert "Accepted on" in visitor.text()
    assert "You show the count instead of an opinion." in visitor.text()
    visitor.open("/me/notices/")
    visitor.sees(f"Your work on “{LAB}” is accepted")
    visitor.open("/members/noor-haddad/")
    piece = visitor.page.locator("#portfolio li").filter(has_text=LAB).first.inner_text()
    assert "Had work from a lab accepted · reviewed by Adrian Kowalski" in piece


def see_the_certificate(visitor: Visitor) -> str:
    """It has come by itself; its page gives the address that others look at."""
    visitor.open("/me/certificates/")
    visitor.follow("AI Foundations and Use Cases")
    visitor.page.wait_for_url("**/certificates/*/")
    assert f"Work from the lab “{LAB}”" in visitor.text()
    return str(visitor.page.url)


def verified(stranger: Visitor, certificate: str) -> dict[str, Any]:
    """A stranger sees that it counts, and checks the signature with the keys that the site serves."""
    stranger.open(certificate)
    stranger.sees("Valid")
    assert NAME in stranger.text()
    ask = stranger.page.context.request
    token = ask.get(f"{certificate}credential.jwt").text()
    keys = jwt.PyJWKSet.from_dict(json.loads(ask.get("/certificates/keys.json").text()))
    key = keys[jwt.get_unverified_header(token)["kid"]]
    told: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})
    return told


def test_from_a_concept_to_work_that_a_mentor_accepts_and_a_certificate_that_verifies(visitor, another):
    learn(visitor)
    work = hand_in(visitor)

    with another("adrian") as mentor:
        review(mentor)

    see_the_acceptance(visitor, work)
    certificate = see_the_certificate(visitor)
    with another() as stranger:
        told = verified(stranger, certificate)

    assert "OpenBadgeCredential" in told["type"]


def test_nobody_reviews_their_own_work(visitor):
    visitor.sign_in("leo")
    visitor.open("/labs/submissions/")
    visitor.follow("Run a small model on your own computer")
    visitor.page.wait_for_url("**/labs/submissions/*/")
    number = visitor.page.url.rstrip("/").rsplit("/", 1)[-1]

    visitor.open(f"/labs/reviews/{number}/", status=403)

    assert "Nobody reviews their own work" in visitor.text()
