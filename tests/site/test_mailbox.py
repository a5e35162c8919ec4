"""The demo's mailbox: what the catcher keeps, and how the pages show it."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DEMO, settings.DEMO_MAILBOX = True, str(tmp_path)
    return tmp_path


def put(folder: Path, number: int, *, to: str = "kim@demo.invalid", subject: str = "Welcome", html: str = "") -> str:
    """A caught mail in the folder; returns its key."""
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = "community@example.org", to, subject
    mail.set_content("Confirm: https://example.org/confirm/abc\n")
    if html:
        mail.add_alternative(html, subtype="html")
    mail.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename='ev"ent.ics')
    key = f"{1_790_000_000_000_000_000 + number:020d}-{number:06d}"
    (folder / f"{key}.eml").write_bytes(f"X-Envelope-From: a@b\r\nX-Envelope-To: {to}\r\n".encode() + mail.as_bytes())
    return key


def test_the_newest_mail_stands_first(client: Client, folder: Path):
    put(folder, 1, subject="First")
    put(folder, 2, subject="Second")

    page = client.get("/mailbox/").content.decode()

    assert page.index("Second") < page.index("First")


def test_the_filter_shows_only_mail_to_this_address(client: Client, folder: Path):
    put(folder, 1, to="kim@demo.invalid", subject="For Kim")
    put(folder, 2, to="leo@demo.invalid", subject="For Leo")

    page = client.get("/mailbox/", {"to": "KIM@"}).content.decode()

    assert ("For Kim" in page, "For Leo" in page) == (True, False)


def test_a_page_of_the_list_holds_25_mails(client: Client, folder: Path):
    for number in range(26):
        put(folder, number)

    sizes = [client.get("/mailbox/", {"page": page}).content.count(b"To kim@demo.invalid") for page in (1, 2)]

    assert sizes == [25, 1]


def test_the_page_of_a_mail_links_what_its_text_names(client: Client, folder: Path):
    key = put(folder, 1)

    page = client.get(f"/mailbox/{key}/").content.decode()

    assert '<a href="https://example.org/confirm/abc"' in page


def test_the_html_part_can_run_and_fetch_nothing(client: Client, folder: Path):
    key = put(folder, 1, html="<script>alert(1)</script><p>Hello</p>")

    answer = client.get(f"/mailbox/{key}/html/")

    policy = dict(part.partition(" ")[::2] for part in answer["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "data:", "base-uri": "'none'",
        "form-action": "'none'", "object-src": "'none'", "frame-ancestors": "'self'",
        "sandbox": "allow-popups allow-popups-to-escape-sandbox",
    }  # fmt: skip
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "<p>Hello</p>" in answer.content.decode()


def test_an_attachment_is_handed_out_as_a_file_and_never_shown(client: Client, folder: Path):
    key = put(folder, 1)

    answer = client.get(f"/mailbox/{key}/files/1/")

    assert answer.content == b"BEGIN:VCALENDAR"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="ev-ent.ics"'


@pytest.mark.parametrize("path", ["", "01790000000000000001-000001/", "01790000000000000001-000001/html/"])
def test_outside_the_demo_there_is_no_mailbox(client: Client, folder: Path, settings: Any, path: str):
    put(folder, 1, html="<p>x</p>")
    settings.DEMO = False

    assert client.get(f"/mailbox/{path}").status_code == 404


@pytest.mark.parametrize("key", ["x", "..%2F..%2Fetc%2Fpasswd", "99999999999999999999-000001"])
def test_an_unknown_mail_answers_404(client: Client, folder: Path, key: str):
    assert client.get(f"/mailbox/{key}/").status_code == 404


def test_an_empty_mailbox_says_how_mail_gets_there(client: Client, folder: Path):
    assert "Mail will be here" in client.get("/mailbox/").content.decode()
