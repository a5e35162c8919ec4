import pytest

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
        "rubric": "", "troubleshooting": "Slow.\r\nWait.",
        "steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "1", "steps-MIN_NUM_FORMS": "0", "steps-MAX_NUM_FORMS": "1000",
        "steps-0-id": only.pk, "steps-0-lab": made.pk, "steps-0-order": "1", "steps-0-title": only.title,
        "steps-0-key": only.key, "steps-0-minutes": "8", "steps-0-body": "Do **more**.",
    } | ({"steps-0-required": "on"} if required else {}) | fields  # fmt: skip


def act(client, action, *rows):
    return client.post(
        "/admin/labs/lab/", {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True
    )


def test_the_pages_of_the_admin_open(organizer_client):
    made = lab(prerequisites=["Python", "A terminal"])
    addresses = ["/admin/labs/lab/", "/admin/labs/lab/add/", f"/admin/labs/lab/{made.pk}/change/"]

    assert [organizer_client.get(address).status_code for address in addresses] == [200] * 3
    assert "Python\nA terminal</textarea>" in organizer_client.get(addresses[-1]).content.decode()


def test_a_change_in_the_admin_renders_the_steps_and_keeps_lists(organizer_client):
    made = lab(steps=["plant"])

    answer = organizer_client.post(f"/admin/labs/lab/{made.pk}/change/", lab_form(made, title="Other"))

    saved = Lab.objects.get()
    assert answer.status_code == 302
    assert saved.steps.get().html == "<p>Do <strong>more</strong>.</p>\n"
    assert saved.prerequisites == ["Python", "A terminal"]
    assert saved.troubleshooting == [{"problem": "Slow.", "cure": "Wait."}]
    assert SyllabusItem.objects.get().title == "Other"


def test_a_published_lab_that_lacks_a_step_after_a_change_becomes_a_draft_and_says_why(organizer_client):
    made = lab(steps=["plant"], title="Redact")

    page = organizer_client.post(f"/admin/labs/lab/{made.pk}/change/", lab_form(made, required=False), follow=True)

    assert (
        "Your changes are kept, but the lab is a draft now. “Redact” cannot be published yet. "
        "It still needs one required step."
    ) in page.content.decode()
    assert not Lab.objects.get().is_published
    assert not SyllabusItem.objects.placed().exists()


def test_a_published_lab_without_exposure_is_refused_at_its_field(organizer_client):
    made = lab(steps=["plant"])

    answer = organizer_client.post(f"/admin/labs/lab/{made.pk}/change/", lab_form(made, exposure=""))

    assert answer.status_code == 200
    assert "Choose where data goes; a published lab says it." in answer.content.decode()
    assert Lab.objects.get().exposure == "local-only"


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
