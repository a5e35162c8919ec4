"""Nobody reaches the things that somebody else has in the learning part, by whatever form it is sent."""

import pytest
from django.core import serializers

from editorial.models import CoAuthor, Revision, SectionComment, Text
from labs.models import Certificate, HandIn, Lab, LabRun, Review, ReviewClaim, StepReport, Submission
from members.models import Activity, Member
from modules.models import (
    Bookmark,
    CheckAttempt,
    ExternalResource,
    ReadingNote,
    ResourceNote,
    ToolReport,
)

pytestmark = pytest.mark.django_db
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

    seen = {page: browser.get(page).content for page in dict.fromkeys(pages)}

    told = [(page, secret) for page, content in seen.items() for secret in secrets if secret.encode() in content]
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
