from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from members.operations import sessions
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def log_in(key, member, ends):
    Session.objects.create(session_key=key, session_data="", expire_date=ends)
    UserSession.objects.create(user=member, session_key=key, ip="127.0.0.1", user_agent="Browser", data={})


def test_ended_log_ins_are_forgotten_with_their_devices_and_open_ones_stay():
    member, now = MemberFactory(), timezone.now()
    log_in("ended", member, now - timedelta(minutes=1))
    log_in("open", member, now + timedelta(days=1))

    counts = sessions.forget_ended()

    assert counts == {"sessions": 1, "devices": 1}
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["open"]
