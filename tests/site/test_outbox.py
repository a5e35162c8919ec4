from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cop.site import delivery, outbox
from cop.site.letters import Letter, one_line
from cop.site.models import Mail

pytestmark = pytest.mark.django_db
LETTER = Letter("Hello Zoë", "Text part", "<p>HTML part</p>")


def queue(key="hello:1", to="kim@example.org"):
    return outbox.queue(LETTER, to=to, kind="hello", key=key)


def test_a_queued_mail_arrives_with_both_parts_and_its_text_is_forgotten(mail_server):
    queue()

    counts = delivery.send_due()

    (letter,) = mail_server.to("kim@example.org")
    assert counts == {"sent": 1, "failed": 0, "later": 0}
    assert letter["Subject"] == "Hello Zoë"
    assert [part.get_content_type() for part in letter.walk() if not part.is_multipart()] == ["text/plain", "text/html"]
    assert Mail.objects.values_list("state", "text", "html").get() == ("sent", "", "")


def test_the_same_occasion_sends_once(mail_server):
    assert queue() is True
    assert queue() is False

    delivery.send_due()

    assert len(mail_server.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_sends_nothing(mail_server):
    def change():
        with transaction.atomic():
            queue()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()

    assert delivery.send_due()["sent"] == 0
    assert mail_server.letters == []


def test_while_the_mail_server_is_away_the_mail_waits_and_follows(settings, mail_server):
    queue()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    assert delivery.send_due() == {"sent": 0, "failed": 0, "later": 1}

    settings.EMAIL_PORT = port
    counts = delivery.send_due(timezone.now() + timedelta(minutes=1))

    assert counts["sent"] == 1
    assert len(mail_server.to("kim@example.org")) == 1


def test_an_address_that_refuses_for_ever_fails_and_stops_nobody_else(mail_server):
    mail_server.refusals["gone@example.org"] = "550 No such user"
    queue("gone", "gone@example.org")
    queue("kim")

    counts = delivery.send_due()

    assert counts == {"sent": 1, "failed": 1, "later": 0}
    assert "550" in Mail.objects.get(key="gone").error


def test_a_mail_stuck_in_a_killed_worker_is_tried_again(mail_server):
    queue()
    Mail.objects.update(state="sending", changed_at=timezone.now() - timedelta(minutes=11))

    assert delivery.send_due()["sent"] == 1


def test_the_log_is_forgotten_after_thirty_days():
    queue("old")
    queue("new")
    Mail.objects.filter(key="old").update(state="sent", changed_at=timezone.now() - timedelta(days=31))

    assert delivery.forget_old() == 1
    assert Mail.objects.values_list("key", flat=True).get() == "new"


def test_a_subject_never_breaks_the_header():
    assert one_line("Hello\r\nBcc: all@example.org") == "Hello Bcc: all@example.org"
