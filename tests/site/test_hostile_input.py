"""What people may send must not stop what others wait for."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cop.home.queries import mailbox
from cop.lib.addresses import validate_plain_address
from cop.site import delivery, outbox
from cop.site.letters import Letter, write
from tests.factories.events import EventFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def test_a_mail_that_cannot_be_written_fails_alone_and_the_others_leave(mail_server):
    letter = Letter("Hello", "Text", "<p>Text</p>")
    outbox.queue(letter, to="=?utf-8?q?=0d=0a?=@example.org", kind="hello", key="poison")
    outbox.queue(letter, to="kim@example.org", kind="hello", key="kim")

    counts = delivery.send_due(timezone.now() + timedelta(minutes=1))

    assert counts == {"sent": 1, "failed": 1, "later": 0}


@pytest.mark.parametrize(
    "address",
    ["=?utf-8?q?=0d=0a?=@example.org", "leo@demo.ınvalid", "a b@example.org", "a\x0bb@example.org", "ſ@example.org"],
)
@pytest.mark.parametrize("form", ["/newsletters/subscribe/", "/accounts/signup/"])
def test_an_address_that_is_not_plain_is_refused_at_the_form(address, form):
    answer = Client().post(form, {"email": address, "name": "Kim", "password1": "four plain unrelated words"})

    assert answer.status_code == 200
    assert "email" in answer.context["form"].errors


def test_a_plain_address_is_taken():
    assert validate_plain_address("kim.o'neil+news@sub.example.org") is None


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\x0b", "\x01"])
def test_a_letter_survives_signs_that_its_frame_has_no_place_for(sign):
    member = MemberFactory.build(name=f"Say{sign}ed Rahimi")
    event = EventFactory.build(title=f"Cir{sign}cle", slug="circle")

    letter = write("email/events/cancelled.md", {"member": member, "event": event, "waited": True}, why="why")

    assert sign not in letter.html + letter.text + letter.subject
    assert "Say" in letter.html


def test_words_of_people_do_not_become_links_in_letters():
    member = MemberFactory.build(name="evil.example.com")
    event = EventFactory.build(slug="circle")

    letter = write("email/events/cancelled.md", {"member": member, "event": event, "waited": True}, why="why")

    assert 'href="http://evil' not in letter.html


@pytest.mark.parametrize("address", ["/members/?q=%00", "/members/%00/", "/welcome/place/?persona=%00", "/?x=%00"])
def test_a_nul_is_refused_before_it_reaches_a_view(member_client, address):
    assert member_client.get(address).status_code == 400


def test_a_nul_in_a_form_is_refused(member_client):
    assert member_client.post("/welcome/hello/", {"hello": "a\x00b"}).status_code == 400


@pytest.mark.parametrize("onward", ["abc", "//evil.example", "https://evil.example/", "", "javascript:alert(1)"])
def test_the_way_back_is_an_address_of_this_site(client, onward):
    answer = client.post("/appearance/", {"theme": "dark", "next": onward})

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_social_sites_that_are_not_set_up_have_no_address(client):
    assert client.get("/accounts/github/login/").status_code == 404


@pytest.mark.parametrize(
    ("list_page", "question"),
    [("members/member", "password__startswith=pbkdf2"), ("site/mail", "text__contains=key"),
     ("newsletters/subscription", "key__gte=00000000-0000-0000-0000-000000000000")],
)  # fmt: skip
def test_lists_of_the_admin_answer_no_questions_to_secret_columns(organizer_client, list_page, question):
    assert organizer_client.get(f"/admin/{list_page}/?{question}").status_code == 400


@pytest.mark.parametrize(
    "source",
    [b'From: "\nTo: \nSubject: x\n\nbody', b"Message-ID: <[\n\nbody", b"From: =?utf-8?q?=0d=0a?= <a@b>\n\nbody"],
)
def test_the_demo_mailbox_shows_mails_that_break_the_rules(tmp_path, source):
    (tmp_path / "01795169026439043671-000001.eml").write_bytes(source)

    found = mailbox.newest(tmp_path)[0]

    assert found is not None
    assert "body" in found.text
