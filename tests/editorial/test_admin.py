import pytest

from tests.factories.editorial import TextFactory, VersionFactory, draft, proposal

pytestmark = pytest.mark.django_db


def test_organizers_find_texts_and_changes_with_their_pages_but_no_drafts(organizer_client):
    version = VersionFactory()
    draft(version, "One", "No")
    proposed = proposal(version, note="Clearer")

    texts = organizer_client.get("/admin/editorial/text/").content.decode()
    rows = organizer_client.get("/admin/editorial/revision/").content.decode()

    assert f'href="/texts/memo/{version.text.key}/history/"' in texts
    assert f'href="/texts/changes/{proposed.pk}/"' in rows
    assert "2 revisions" in rows
    assert organizer_client.get(f"/admin/editorial/revision/{proposed.pk}/change/").status_code == 200
    assert organizer_client.post(f"/admin/editorial/revision/{proposed.pk}/change/", {"note": "x"}).status_code == 403
    assert organizer_client.get("/admin/editorial/text/add/").status_code == 403


def test_organizers_say_where_a_text_comes_from(organizer_client):
    text, other = TextFactory(), TextFactory()

    answer = organizer_client.post(
        "/admin/editorial/textlink/add/", {"text": text.pk, "kind": "adapted-from", "other": other.pk}
    )
    itself = organizer_client.post(
        "/admin/editorial/textlink/add/", {"text": text.pk, "kind": "adapted-from", "other": text.pk}
    )

    assert (answer.status_code, itself.status_code) == (302, 200)
    assert [link.other for link in text.links.all()] == [other]
