import uuid
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from cop.site.models import Mail
from newsletters import operations, tokens
from newsletters.delivery import content
from newsletters.delivery.message import Template, Unwritable, plain_address
from tests.factories.members import MemberFactory
from tests.factories.newsletters import IssueFactory, SubscriptionFactory, issue_in_sending
from tests.newsletters.conftest import send

pytestmark = pytest.mark.django_db
LINK = "http://127.0.0.1:8000/newsletters/unsubscribe/"


def parts(letter):
    return {part.get_content_type(): part.get_content() for part in letter.walk() if not part.is_multipart()}


def filled(body="Text", subject="Subject", key=None):
    made = Template(content.of(IssueFactory.build(body=body, subject=subject)))
    raw = made.fill(number=7, key=key or uuid.uuid4(), to="a@example.org", now=timezone.now())
    assert raw.endswith(b"\r\n.\r\n")
    return raw[:-3]


def parsed(raw):
    return message_from_bytes(raw.replace(b"\r\n..", b"\r\n."), policy=policy.default)


def test_every_mail_has_both_parts_its_headers_and_its_own_way_out(mail_server):
    reader = SubscriptionFactory(email="lea@example.org")
    SubscriptionFactory()
    issue = issue_in_sending()
    send()

    (letter,) = mail_server.to("lea@example.org")
    address = f"{LINK}{tokens.for_unsubscribing(reader.key)}/"
    row = issue.deliveries.get(email="lea@example.org")
    said = parts(letter)
    assert letter["Subject"] == "What ten questions taught us"
    assert letter["From"] == "Community of Practitioners for AI <community@localhost>"
    assert letter["To"] == "lea@example.org"
    assert letter["Message-ID"] == f"<newsletter-{row.pk}@127.0.0.1>"
    assert letter["List-Id"] == "CoP-AI newsletter <newsletter.127.0.0.1>"
    assert letter["List-Unsubscribe"] == f"<{address}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Date"].datetime.tzinfo is not None
    assert list(said) == ["text/plain", "text/html"]
    assert address in said["text/plain"]
    assert f'href="{address}"' in said["text/html"]
    assert "[the lab]" not in said["text/plain"]
    assert "the lab: http://127.0.0.1:8000/labs/" in said["text/plain"]
    assert 'href="http://127.0.0.1:8000/labs/"' in said["text/html"]


def test_no_two_readers_share_an_unsubscribe_address(mail_server):
    SubscriptionFactory.create_batch(5)
    issue_in_sending()
    send()

    assert len({letter["List-Unsubscribe"] for letter in mail_server.letters}) == 5


def test_a_subject_cannot_bring_a_header_with_it():
    letter = parsed(filled(subject="Hello\r\nBcc: all@example.org"))

    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hello Bcc: all@example.org"


def test_letters_of_other_alphabets_arrive():
    letter = parsed(filled(subject="Grüße 日本 ✓", body="Größe: 5 €. 日本"))

    assert letter["Subject"] == "Grüße 日本 ✓"
    assert "Größe: 5 €. 日本" in parts(letter)["text/plain"]


def test_a_dot_alone_on_a_line_does_not_end_the_mail(mail_server):
    SubscriptionFactory()
    issue_in_sending(body="Before\n\n.\n\n..two\n\nAfter")
    send()

    (letter,) = mail_server.letters
    text = parts(letter)["text/plain"].replace("\r\n", "\n")
    assert "Before\n\n.\n\n..two\n\nAfter" in text


def test_no_line_is_longer_than_a_mail_line_may_be():
    raw = filled(body="word " * 2000 + "\n\n" + "x" * 3000)

    head, _, body = raw.partition(b"\r\n\r\n")
    assert max(len(line) for line in head.split(b"\r\n")) <= 200
    assert max(len(line) for line in body.split(b"\r\n")) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_markdown_with_scripts_is_clean_in_the_mail_and_on_the_page():
    body = '<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n<img src=x onerror="alert(1)">'

    made = content.of(IssueFactory.build(body=body))

    for html in (made.web, made.html):
        assert "<script" not in html
        assert "<img" not in html
        assert 'href="javascript' not in html


@pytest.mark.parametrize(
    "body",
    ["Line  \nbreak", "![a](/x.png)", "---", "```sh\necho 1 < 2 && true\n```", "| a | b |\n|---|---|\n| 1 | 2 |",
     "> quote", "{{ brand }} {% now %} </mj-text>", "<mj-text>", "&amp; & &lt;mj-raw&gt;", "a[^1]\n\n[^1]: note"],
)  # fmt: skip
def test_every_kind_of_markdown_survives_the_frame_of_the_mail(body):
    made = content.of(IssueFactory.build(body=f"before\n\n{body}\n\nafter"))

    assert made.html.index("before") < made.html.index("after") < made.html.index("Unsubscribe with one click")


def test_an_address_with_a_foreign_domain_is_written_in_ascii():
    assert plain_address("info@bücher.example") == "info@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "address", ["a b@example.org", "a@b\r\nX: y", "<a@example.org>", "ü@example.org", "nobody", ""]
)
def test_an_address_that_could_break_a_header_is_refused(address):
    with pytest.raises(Unwritable):
        plain_address(address)


def test_a_test_mail_stops_nothing(mail_server):
    issue = IssueFactory()
    organizer = MemberFactory()

    operations.send_test(issue, to=organizer)

    mail = Mail.objects.get(to=organizer.email)
    assert mail.subject == "Test: What ten questions taught us"
    assert content.UNSUBSCRIBE not in mail.html + mail.text
    assert "unsubscribe/" not in mail.html + mail.text
