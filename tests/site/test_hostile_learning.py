"""What anybody types into the learning part, and in whatever order, breaks nothing and reaches nobody else's things."""

import re
import time
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.core import serializers
from django.db import transaction
from django.test import Client
from django.urls import reverse

from editorial.models import CoAuthor, Revision, SectionComment, Text
from labs.models import Certificate, HandIn, Lab, LabRun, Review, ReviewClaim, StepReport, Submission
from labs.rubric import criteria
from members.models import Activity, Member
from modules.models import (
    Bookmark,
    CheckAttempt,
    ExternalResource,
    ReadingNote,
    ResourceNote,
    ToolReport,
)
from tests.site.learning_world import PIECES, REPORT, build

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


@pytest.fixture
def world():
    return build()


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


@pytest.mark.parametrize("name", SOME)
def test_no_form_breaks_by_an_odd_value_in_any_of_its_fields(world, name):
    browser, value, wrong = world.browser("owner"), VALUES[name], []
    for address, data in world.forms.items():
        for field in [*data, "unknown"]:
            if len(value) > 10_000 and field not in LONG:
                continue
            answer = sent(browser, address, data | {field: value})
            if answer.status_code >= 500 or leaves(answer) or answer.took > ONE_PAGE:
                wrong.append((address, field, answer.status_code, answer.took))

    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_no_form_breaks_in_any_role_where_all_fields_are_odd(world, role):
    browser = world.browser(role)

    answers = {
        (address, name): sent(browser, address, dict.fromkeys(data, VALUES[name])).status_code
        for address, data in world.forms.items() for name in ("empty", "gigantic", "script")
    }  # fmt: skip

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


# Whose things they are


OWNED = (
    Member, ToolReport, ReadingNote, ResourceNote, ExternalResource, LabRun, Submission, HandIn, Review, Revision, Text,
    SectionComment, CoAuthor, Certificate, StepReport, Bookmark, Activity, Lab, ReviewClaim,
)  # fmt: skip


def everything():
    return {model: serializers.serialize("json", model.objects.order_by("pk")) for model in OWNED}


def of_owner(world):
    """Buttons on things of the owner that are nobody else's; feedback is always on one's own run."""
    own = (
        "/changes/",
        "/certificates/",
        "/run/",
        "/submissions/",
        f"/report/{world.things['report'].pk}/",
    )
    allowed = (f"/changes/{world.things['waits'].pk}/remark/", "/restore/")
    return {
        address: data for address, data in world.forms.items()
        if any(part in address for part in own) and not any(part in address for part in allowed)
    }  # fmt: skip


@pytest.mark.parametrize("role", ["visitor", "other"])
def test_nobody_changes_what_is_somebody_elses(world, role):
    browser, before = world.browser(role), everything()

    answers = {address: browser.post(address, data).status_code for address, data in of_owner(world).items()}

    allowed = {302} if role == "visitor" else {302, 403, 404}
    assert {address: status for address, status in answers.items() if status not in allowed} == {}
    assert everything() == before


DECISIONS = ("/accept/", "/refuse/", "/decide/", "/reviews/", "/reports/", "/looked/", "/close/")


@pytest.mark.parametrize("role", ["visitor", "other"])
def test_who_keeps_nothing_decides_on_nothing(world, role):
    browser, before = world.browser(role), everything()

    for address, data in world.forms.items():
        if any(part in address for part in DECISIONS):
            browser.post(address, data)

    assert everything() == before


def test_nobody_decides_on_what_is_their_own_not_even_a_steward(world):
    world.things["module"].stewards.add(world.people["owner"])
    browser, before = world.browser("owner"), everything()

    for address, data in world.forms.items():
        if any(part in address for part in ("/asked/accept/", "/decide/", "/reviews/")):
            browser.post(address, data)

    assert everything() == before


@pytest.mark.parametrize("role", ["visitor", "other", "steward"])
def test_private_words_stand_on_no_page_of_others(world, role):
    things, browser = world.things, world.browser(role)
    secrets = ["MY SECRET NOTE", "MY SECRET RUN", "MY SECRET DRAFT"]
    secrets += [] if role == "steward" else ["MY SECRET WORK", "MY SECRET REPORT"]
    pages = [page.format("x") for page in world.pages] + [*world.forms]
    pages += [
        f"/texts/changes/{things['draft'].pk}/",
        "/modules/security/",
        "/labs/redact/",
        "/dashboard/",
        "/members/olga/",
    ]

    told = [(page, secret) for page in pages for secret in secrets if secret.encode() in browser.get(page).content]

    assert told == []


# How a form is sent


def test_a_plain_visit_presses_no_button(world):
    browser, before = world.browser("owner"), everything()

    statuses = {browser.get(address).status_code for address in world.forms}

    assert statuses <= {200, 302, 403, 404, 405}
    assert everything() == before


@pytest.mark.parametrize("role", ["visitor", "owner", "organizer"])
def test_no_form_is_taken_from_another_site(world, role):
    browser, before = world.browser(role, enforce_csrf_checks=True), everything()

    answers = {address: browser.post(address, data).status_code for address, data in world.forms.items()}

    assert set(answers.values()) == {403}
    assert everything() == before


MORE = {
    "id": "1", "pk": "1", "member": "1", "member_id": "1", "by": "1", "author": "1", "owner": "1", "status": "accepted",
    "number": "99", "html": "<script>alert(1)</script>", "hidden_at": "", "hidden_for": "x", "suggested_by": "1",
    "slug": "mine", "key": "mine", "round": "9", "is_shared": "on", "is_staff": "on", "is_superuser": "on",
    "decided_by": "1", "as_peer": "on", "percent": "100", "right": "9", "points": "99", "wrote_at": "2026-01-01",
}  # fmt: skip


def test_fields_that_a_form_does_not_have_are_not_taken(world):
    browser, owner = world.browser("owner"), world.people["owner"]
    world.things["draft"].delete()
    for address in (
        "/modules/tools/tool/report/", "/modules/resources/suggest/", "/labs/contribute/", "/labs/redact/run/tick/",
        "/texts/article/security/concept/propose/", "/me/learning/", "/modules/security/checks/after/",
    ):  # fmt: skip
        assert browser.post(address, MORE | world.forms[address]).status_code == 302

    report, asked = ToolReport.objects.latest("pk"), ExternalResource.objects.latest("pk")
    draft = Revision.objects.filter(text__key="security/concept").latest("pk")
    assert (report.member, report.hidden_for, report.html) == (owner, "", "<p>It did what it says.</p>\n")
    assert (asked.suggested_by, asked.status, asked.slug, asked.decided_by) == (owner, "suggested", "new", None)
    assert (draft.author, draft.status, draft.is_shared, draft.number) == (owner, "draft", False, None)
    assert not Member.objects.get(pk=owner.pk).is_staff
    assert CheckAttempt.objects.get(member=owner).percent < 100


# What others read


PAYLOAD = """<script>alert(1)</script> <img src=x onerror=alert(1)> <a href="javascript:alert(1)">x</a>

[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,<script>alert(1)</script>) [d](vbscript:x)
![e](javascript:alert(1)) <javascript:alert(1)> [f]: javascript:alert(1) [f]

```"><script>alert(1)</script>
code
```

| "onmouseover="alert(1) | <svg/onload=alert(1)> |
|---|---|
| a[^"><script>] | `</code><script>alert(1)</script>` |

[^"><script>]: note <iframe src="//evil.example"></iframe>

## Heading <b onclick=alert(1)> {#x" onclick="alert(1)}
"""


class Danger(HTMLParser):
    """Collects whatever of a page could run."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            runs = re.sub(r"[\x00-\x20]", "", value or "").lower().startswith(("javascript:", "vbscript:", "data:text"))
            if name.startswith("on") or (name in ("href", "src", "action", "formaction") and runs):
                self.found.append((tag, name, value))
        if tag in ("iframe", "object", "embed", "base") or (tag == "script" and "src" not in dict(attributes)):
            kind = dict(attributes).get("type", "")
            if kind not in ("application/json", "application/ld+json"):
                self.found.append((tag, attributes))


def dangers(browser, page):
    answer = browser.get(page, follow=True)
    reader = Danger()
    if "html" in answer.get("Content-Type", ""):
        reader.feed(answer.text)
    return [(page, found) for found in reader.found]


@pytest.fixture
def attacked(world):
    """Every field that others read, filled with what would run if it could."""
    things, owner, short = world.things, world.browser("owner"), '"><script>alert(1)</script>'
    world.people["owner"].name = short
    world.people["owner"].save(update_fields=["name"])
    forms = world.forms
    number = things["waits"].pk
    posts = {
        "/modules/tools/tool/report/": REPORT | {"body": PAYLOAD, "version": short},
        "/modules/resources/suggest/": forms["/modules/resources/suggest/"] | {"title": short, "why": short},
        "/modules/resources/shown/note/": {"text": PAYLOAD[:600]},
        "/modules/security/concept/note/": {"text": PAYLOAD, "seen": "x"},
        "/me/learning/bookmark/": {"address": '/"><script>alert(1)</script>', "keep": "1", "title": short},
        "/labs/redact/run/notes/": {"notes": PAYLOAD, "seen": ""},
        "/labs/count/feedback/": forms["/labs/count/feedback/"] | {"comment": PAYLOAD},
        "/labs/redact/steps/plant/report/": {"text": PAYLOAD},
        f"/labs/submissions/{things['work'].pk}/withdraw/": {},
        "/labs/count/hand-in/": PIECES | {"text": PAYLOAD, "reflection": PAYLOAD, "is_shown": "on"},
        f"/texts/changes/{number}/remark/": {"section": "", "body": PAYLOAD},
        f"/texts/changes/{things['draft'].pk}/edit/": forms[f"/texts/changes/{things['draft'].pk}/edit/"]
        | {"content": things["version"].content + PAYLOAD, "note": short, "do": "propose"},
        "/labs/contribute/": forms["/labs/contribute/"]
        | {"title": short, "steps": f"{PAYLOAD.split('## ')[0]}\n\n## One {{#one minutes=8}}\n", "expected": PAYLOAD},
    }  # fmt: skip
    statuses = {address: owner.post(address, data).status_code for address, data in posts.items()}
    assert {address: status for address, status in statuses.items() if status not in (200, 302, 409)} == {}
    mentor = world.browser("mentor")
    review = f"/labs/reviews/{things['work'].pk}/"
    assert mentor.post(f"{review}claim/").status_code == 302
    marks = {f"mark_{number}": "1" for number, _ in enumerate(criteria(things["work"].lab.rubric))}
    answer = mentor.post(review, marks | {"round": "2", "comment": PAYLOAD, "decision": "changes-asked"})
    assert answer.status_code == 302
    return world


@pytest.mark.parametrize("role", ["visitor", "other", "steward", "organizer"])
def test_nothing_that_somebody_wrote_runs_in_the_browser_of_another(attacked, role):
    browser = attacked.browser(role)
    pages = [page.format("x") for page in attacked.pages] + [*attacked.forms]
    pages += ["/dashboard/", "/modules/security/", "/labs/redact/", "/members/olga/", "/me/notices/"]
    pages += [f"/texts/changes/{pk}/" for pk in Revision.objects.values_list("pk", flat=True)]
    pages += [f"/texts/changes/{pk}/edit/" for pk in Revision.objects.values_list("pk", flat=True)]
    pages += [one.get_absolute_url() for one in ExternalResource.objects.all()]

    assert [found for page in dict.fromkeys(pages) for found in dangers(browser, page)] == []


def test_nothing_that_somebody_wrote_runs_in_the_admin(attacked):
    browser, found = attacked.browser("organizer"), []
    for model in admin.site._registry:
        if model._meta.app_label in ("modules", "labs", "editorial"):
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            found += dangers(browser, reverse(f"{name}_changelist"))
            for row in model._default_manager.all()[:20]:
                found += dangers(browser, reverse(f"{name}_change", args=[row.pk]))

    assert found == []


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
