import pytest

from editorial.models import Revision
from labs.models import Lab
from modules.models import SyllabusItem
from tests.factories.labs import lab
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def lab_form(made, *, required=True, **fields):
    """What the browser sends for a lab with one step."""
    only = made.steps.get()
    return {
        "module": made.module_id, "title": made.title, "slug": made.slug, "order": "1", "aim": made.aim,
        "minutes": "40", "exposure": made.exposure, "expected": made.expected, "introduction": "",
        "prerequisites": "Python\r\nA terminal", "environment": "", "local_alternative": "", "reflection": "",
        "rubric": "", "licence": "CC-BY-4.0", "teaches": "", "author": "", "author_name": "", "review_by": "",
        "troubleshooting": "Slow.\r\nWait.",
        "steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "1", "steps-MIN_NUM_FORMS": "0", "steps-MAX_NUM_FORMS": "1000",
        "steps-0-id": only.pk, "steps-0-lab": made.pk, "steps-0-order": "1", "steps-0-title": only.title,
        "steps-0-key": only.key, "steps-0-minutes": "8", "steps-0-body": "Do **more**.",
    } | ({"steps-0-required": "on"} if required else {}) | fields  # fmt: skip


def act(client, action, *rows):
    return client.post(
        "/admin/labs/lab/", {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True
    )


def test_the_pages_of_the_admin_open(organizer_client):
    made = lab(prerequisites=["Python", "A terminal"], publish=False)
    addresses = ["/admin/labs/lab/", "/admin/labs/lab/add/", f"/admin/labs/lab/{made.pk}/change/"]

    assert [organizer_client.get(address).status_code for address in addresses] == [200] * 3
    assert "Python\nA terminal</textarea>" in organizer_client.get(addresses[-1]).content.decode()


def test_a_change_of_a_draft_renders_the_steps_keeps_lists_and_a_version(organizer_client):
    made = lab(steps=["plant"], publish=False)

    answer = organizer_client.post(f"/admin/labs/lab/{made.pk}/change/", lab_form(made, title="Other"))

    saved = Lab.objects.get()
    assert answer.status_code == 302
    assert saved.steps.get().html == "<p>Do <strong>more</strong>.</p>\n"
    assert saved.prerequisites == ["Python", "A terminal"]
    assert saved.troubleshooting == [{"problem": "Slow.", "cure": "Wait."}]
    versions = Revision.objects.order_by("number").values_list("number", "note")
    assert list(versions) == [(1, "Written by its author"), (2, "Written in the admin")]
    assert not SyllabusItem.objects.exists()


def test_the_text_of_a_published_lab_is_read_only_and_leads_to_a_proposal(organizer_client):
    made = lab(steps=["plant"])

    page = organizer_client.get(f"/admin/labs/lab/{made.pk}/change/").content.decode()
    organizer_client.post(f"/admin/labs/lab/{made.pk}/change/", lab_form(made, title="Other", exposure="", order="4"))

    saved = Lab.objects.get()
    assert 'href="/texts/lab/redact/propose/"' in page
    assert "steps-0-body" not in page
    assert (saved.title, saved.exposure, saved.order) == ("Try redact", "local-only", 4)
    assert saved.steps.get().body == "Do **it**."
    assert SyllabusItem.objects.get().order == 4


def test_a_published_lab_may_get_an_author_and_a_day_of_review(organizer_client):
    made, writer = lab(steps=["plant"]), MemberFactory()

    organizer_client.post(
        f"/admin/labs/lab/{made.pk}/change/", lab_form(made, author=writer.pk, review_by="2027-05-20", licence="X")
    )

    saved = Lab.objects.get()
    assert (saved.author, str(saved.review_by), saved.licence) == (writer, "2027-05-20", "CC-BY-4.0")


def test_a_skill_that_nobody_knows_is_refused_at_its_field(organizer_client):
    made = lab(steps=["plant"], publish=False)

    answer = organizer_client.post(f"/admin/labs/lab/{made.pk}/change/", lab_form(made, teaches='{"magic": 2}'))

    assert "There is no skill “magic”." in answer.content.decode()


def test_labs_are_published_and_made_drafts_by_actions(organizer_client):
    good, bad = lab("good", publish=False), lab("bad", title="Bad", exposure="", publish=False)

    page = act(organizer_client, "publish", good, bad).content.decode()
    back = act(organizer_client, "take_back", good).content.decode()

    assert "1 lab is published." in page
    assert "“Bad” cannot be published yet. It still needs a data exposure class." in page
    assert "1 lab is a draft again." in back
    assert not SyllabusItem.objects.placed().exists()


def test_a_lab_without_runs_can_be_deleted_and_leaves_its_module(organizer_client):
    one, other = lab("one"), lab("other")

    organizer_client.post(f"/admin/labs/lab/{one.pk}/delete/", {"post": "yes"})
    organizer_client.post(
        "/admin/labs/lab/", {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    )

    assert not Lab.objects.exists()
    assert not SyllabusItem.objects.placed().exists()


def test_a_lab_with_runs_is_not_deleted(organizer_client):
    made = lab()
    made.runs.create(member=MemberFactory())

    answer = organizer_client.post(f"/admin/labs/lab/{made.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 200
    assert Lab.objects.get().is_published
