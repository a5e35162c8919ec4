"""The browser's time zone at sign-up: kept where it is one, and never in anybody's way."""

import pytest

from members.models import Member

pytestmark = pytest.mark.django_db
JOIN = {"name": "Ines Duarte", "email": "ines@example.org", "password1": "four plain unrelated words"}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"time_zone": "Asia/Tokyo"}, "Asia/Tokyo"),
        ({"time_zone": "Mars/Base"}, "Europe/Amsterdam"),
        ({"time_zone": "x" * 5000}, "Europe/Amsterdam"),
        ({}, "Europe/Amsterdam"),
    ],
)
def test_a_time_zone_sent_by_the_browser_is_kept_if_there_is_one(client, sent, kept):
    answer = client.post("/accounts/signup/", JOIN | sent)

    assert answer.status_code == 302
    assert Member.objects.get(email="ines@example.org").time_zone == kept
