"""What anybody wrote in the learning part runs in nobody's browser."""

import copy
import re
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.urls import reverse

from editorial.models import Revision
from labs.rubric import criteria
from modules.models import ExternalResource
from tests.kept import kept_for_many
from tests.site.learning_world import PIECES, REPORT

pytestmark = pytest.mark.django_db
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


def runs(address):
    return re.sub(r"[\x00-\x20]", "", address).lower().startswith(("javascript:", "vbscript:", "data:text"))


class Danger(HTMLParser):
    """Collects whatever of a page could run."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name.startswith("on") or (name in ("href", "src", "action", "formaction") and runs(value or "")):
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


def attack(world):
    """Fill every field that others read with what would run if it could."""
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


@pytest.fixture(scope="module")
def attacked_once(built_once, django_db_blocker):
    with kept_for_many(django_db_blocker):
        made = copy.deepcopy(built_once)
        with django_db_blocker.unblock():
            attack(made)
        yield made


@pytest.fixture
def attacked(attacked_once, db):
    """A world in which every field that others read holds what would run if it could."""
    return copy.deepcopy(attacked_once)


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
