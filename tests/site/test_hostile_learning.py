"""What anybody types into the learning part, and in whatever order, breaks nothing."""

import re
import time
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client

from labs.models import Certificate, Lab
from tests.site.learning_world import PIECES, REPORT

pytestmark = pytest.mark.django_db
ROLES = ["visitor", "owner", "other", "mentor", "steward", "organizer"]
VALUES = {
    "empty": "", "spaces": " \t\r\n ", "huge": "a" * 200_000, "words": "word " * 40_000,
    "control": "a\x01\x0b\x1f\x7fb", "surrogate": "\ud800".encode("utf-8", "surrogatepass"), "not utf-8": b"\xff\xfe",
    "emoji": "\U0001f469\u200d\U0001f4bb" * 50, "other way": "\u202e\u05d0\u0627\u2066evil\u2069",
    "script": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "sql": "'; DROP TABLE members_member; --", "typst": '#read("/etc/passwd") $ x^2', "negative": "-1",
    "yaml": "---\na: &a [x, x]\ntitle: [*a, *a]\nminutes: 0x" + "f" * 6_000 + "\n---\n", "gigantic": "9" * 40,
    "tags": '---\ntitle: "\\0"\nminutes: !!int ""\naim: !!bool x\n---\n', "endless": "9" * 5000, "nan": "NaN",
    "quotes": ">" * 19_900, "brackets": "[" * 19_000, "stars": "*a _b " * 3_000, "lists": "- " * 9_000 + "x",
    "javascript": "javascript:alert(1)", "other site": "//evil.example/\\@x", "exponent": "1e999999999",
    "lines": "a\r\nSet-Cookie: x=1\r\n\r\n<b>", "json": '{"$gt": ""}', "digits": "\u0663\u00b2",
    "dots": "../../etc/passwd", "format": "%s%n{0}{{7*7}}",
}  # fmt: skip
USUAL = ["empty", "script", "gigantic", "tags", "exponent"]
SOME = [pytest.param(name, marks=[] if name in USUAL else pytest.mark.thorough) for name in VALUES]
LONG = {
    "content",
    "body",
    "text",
    "steps",
    "comment",
    "own_0",
    "notes",
    "title",
    "url",
    "reason",
    "q-words",
    "expected",
}
ONE_PAGE = 2  # seconds; twice what a page may take, because tests run beside each other


def sent(browser, address, data):
    """The answer to one press of a button, all of which is undone afterwards."""
    began = time.perf_counter()
    with transaction.atomic():
        answer = browser.post(address, data)
        transaction.set_rollback(True)
    answer.took = time.perf_counter() - began
    return answer


def leaves(answer):
    return answer.get("Location", "").startswith(("//", "http", "javascript", "\\"))


def faults(browser, address, data):
    """The status and the seconds, where an answer breaks, leads away or takes too long."""
    answer = sent(browser, address, data)
    broken = answer.status_code >= 500 or leaves(answer) or answer.took > ONE_PAGE
    return [(answer.status_code, answer.took)] if broken else []


@pytest.mark.parametrize("name", SOME)
def test_no_form_breaks_by_an_odd_value_in_any_of_its_fields(world, name):
    browser, value = world.browser("owner"), VALUES[name]
    odd = [
        (address, field) for address, data in world.forms.items() for field in data
        if len(value) <= 10_000 or field in LONG
    ]  # fmt: skip

    found = {
        (address, field): faults(browser, address, world.forms[address] | {field: value}) for address, field in odd
    }

    assert {key: fault for key, fault in found.items() if fault} == {}


def test_no_form_breaks_by_odd_values_of_fields_that_it_does_not_have(world):
    browser = world.browser("owner")
    unknown = {f"unknown-{name}": value for name, value in VALUES.items() if len(value) <= 10_000}

    found = {address: faults(browser, address, data | unknown) for address, data in world.forms.items()}

    broken = {address for address, fault in found.items() if fault}
    each = {
        (address, field): faults(browser, address, world.forms[address] | {field: value})
        for address in broken for field, value in unknown.items()
    }  # fmt: skip
    assert {key: fault for key, fault in each.items() if fault} == {}
    assert broken == set()


@pytest.mark.parametrize("role", ROLES)
def test_no_form_breaks_in_any_role_where_all_fields_are_odd(world, role):
    browser = world.browser(role)
    odd = [
        (address, name) for address, data in world.forms.items()
        for name in (("empty", "gigantic", "script") if data else ("no fields",))
    ]  # fmt: skip

    answers = {
        (address, name): sent(browser, address, dict.fromkeys(world.forms[address], VALUES.get(name))).status_code
        for address, name in odd
    }

    assert {key: status for key, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("role", ["visitor", "owner"])
@pytest.mark.parametrize("name", ["gigantic", "script"])
def test_no_question_in_an_address_breaks_a_page(world, role, name):
    browser = world.browser(role)

    answers = {page: browser.get(page.format(quote(VALUES[name]))).status_code for page in world.pages}

    assert {page: status for page, status in answers.items() if status >= 500} == {}


def test_what_was_typed_stays_in_a_form_that_is_refused(world):
    browser, typed = world.browser("owner"), "Words that I do not want to write again"
    refused = {
        "/modules/tools/tool/report/": REPORT | {"version": "", "body": typed},
        "/modules/resources/suggest/": {"url": "nothing", "why": typed},
        "/labs/count/feedback/": {"clarity": "9", "comment": typed},
        "/labs/count/hand-in/": PIECES | {"link": "http://10.0.0.1/", "text": typed},
        "/labs/contribute/": {"title": "", "expected": typed},
        "/texts/article/security/concept/propose/": {"content": typed, "note": "", "base": "1", "do": "propose"},
        f"/texts/changes/{world.things['waits'].pk}/remark/": {"section": "nowhere", "body": typed},
        "/modules/security/concept/note/": {"text": typed, "seen": "earlier"},
        "/labs/redact/run/notes/": {"notes": typed, "seen": "earlier"},
        "/modules/security/checks/after/": {"seed": "old", "q-words": typed},
        "/modules/resources/shown/note/": {"text": typed + "." * 600},
    }  # fmt: skip

    lost = [address for address, data in refused.items() if typed not in sent(browser, address, data).text]

    assert lost == []


def test_names_of_files_say_nothing_that_a_browser_obeys(world):
    title = 'a"; filename=evil.exe\r\nX-Evil: 1; \u202egpj.exe'
    Certificate.objects.update(title=title)
    Lab.objects.update(title=title)
    browser, code = world.browser("owner"), world.things["certificate"].code
    pages = [f"/certificates/{code}/{name}" for name in ("certificate.pdf", "badge.png", "badge.svg", "credential.jwt")]
    pages += [
        "/labs/notes.md",
        "/labs/redact/run/notes.md",
        "/me/learning/notes.md",
        "/modules/security/concept/notes.md",
    ]

    names = [browser.get(page)["Content-Disposition"] for page in pages]

    assert [name for name in names if not re.fullmatch(r'(attachment|inline); filename="[-a-z0-9_.]+"', name)] == []


@pytest.mark.parametrize(
    "onward", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "\t//evil.example"]
)
def test_no_form_leads_to_another_site(world, onward):
    browser = world.browser("owner")

    answers = [
        sent(browser, address, data | dict.fromkeys(["next", "address", "goal", "then", "step"], onward))
        for address, data in world.forms.items()
    ]  # fmt: skip

    places = [answer["Location"] for answer in answers if answer.status_code == 302]
    assert [place for place in places if not re.match(r"/(?![/\\])", place)] == []


def test_a_visitor_of_the_place_of_a_reader_is_answered_whatever_the_length_says():
    assert Client().post("/me/learning/place/", "x", content_type="text/plain", CONTENT_LENGTH="1").status_code == 204
