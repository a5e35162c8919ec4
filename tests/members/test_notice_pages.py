from datetime import time, timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cop.site import delivery
from cop.site.models import Mail
from members import emails, jobs
from members.models import AttentionBudget, AttentionSpent, Notice, NoticePreference
from members.notice_kinds import all_kinds
from members.operations.notices import notify
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
INBOX, SETTINGS = "/me/notices/", "/me/notices/settings/"


def told(member, number=1, **more):
    return [
        Notice.objects.create(
            member=member, kind="petition", title=f"Petition {n}", address="/communities/", key=str(n), **more
        )
        for n in range(number)
    ]  # fmt: skip


def choices(**changed):
    usual = {kind.slug: kind.usual for kind in all_kinds() if not kind.fixed}
    return usual | {"quiet_from": "", "quiet_until": "", "most_a_week": "", "digest_hour": "8"} | changed


# The inbox


def test_the_inbox_shows_own_notices_newest_first_and_nobody_elses(member_client, member):
    told(member)
    told(MemberFactory())
    notify(member, "duty", title="Your <turn> comes", text="On **Monday**.")

    page = member_client.get(INBOX).content.decode()

    assert page.index("Your &lt;turn&gt; comes") < page.index("Petition 0")
    assert page.count("Petition 0</a>") == 1
    assert "<p>On **Monday**.</p>" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_inbox_takes_the_same_queries_however_long(member_client, member, number, django_assert_num_queries):
    told(member, number)
    member_client.get(INBOX)

    with django_assert_num_queries(4):
        page = member_client.get(INBOX)

    assert len(page.context["page"].object_list) == number


def test_an_empty_inbox_names_one_way_on(member_client):
    assert "Open the Welcome Kit" in member_client.get(INBOX).content.decode()
    assert "You have read everything" in member_client.get(INBOX, {"show": "unread"}).content.decode()


@pytest.mark.parametrize(("unread", "shown"), [(0, None), (2, " 2<"), (120, " 99+<")])
def test_the_bell_of_every_page_counts_what_is_unread_without_a_query(
    member_client, member, unread, shown, django_assert_num_queries
):
    told(member, unread)
    told(member, 1, read_at=timezone.now())
    member_client.get("/personas/")

    with django_assert_num_queries(3):  # session, member, personas
        page = member_client.get("/personas/").content.decode()

    assert ("bell-count" in page) == bool(shown)
    assert shown is None or f'bell-count">{shown}' in page


def test_following_a_notice_reads_it_and_leads_where_it_points(member_client, member):
    [notice] = told(member)

    answer = member_client.get(f"{INBOX}{notice.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, "/communities/")
    assert Notice.objects.get().read_at is not None


def test_a_notice_leads_to_no_other_site(member_client, member):
    notice = Notice.objects.create(member=member, kind="petition", title="x", key="x", address="//evil.example/")

    assert member_client.get(f"{INBOX}{notice.pk}/")["Location"] == INBOX


def test_marking_one_and_all_as_read(member_client, member):
    first, *_ = told(member, 3)

    member_client.post(f"{INBOX}{first.pk}/read/")
    assert Notice.objects.filter(read_at=None).count() == 2
    page = member_client.post(f"{INBOX}read/", follow=True)

    assert "Marked as read: 2 notices." in page.content.decode()
    assert not Notice.objects.filter(read_at=None).exists()


@pytest.mark.parametrize("address", ["{}/", "{}/read/"])
def test_a_notice_of_somebody_else_is_not_found(member_client, address):
    [other] = told(MemberFactory())

    answer = member_client.get if address == "{}/" else member_client.post
    assert answer(INBOX + address.format(other.pk)).status_code == 404
    assert Notice.objects.get().read_at is None


@pytest.mark.parametrize("address", [INBOX, SETTINGS, f"{INBOX}1/"])
def test_visitors_sign_in_first(client, address):
    assert client.get(address)["Location"].startswith("/accounts/login/")


def test_a_plain_visit_marks_nothing_as_read(member_client, member):
    told(member)

    assert member_client.get(f"{INBOX}read/").status_code == 405


def test_old_notices_and_counted_mails_are_forgotten(member):
    now = timezone.now()
    told(member, created_at=now - timedelta(days=181))
    Notice.objects.create(member=member, kind="duty", title="Kept", key="k", created_at=now - timedelta(days=179))
    AttentionSpent.objects.create(member=member, kind="duty", key="1", at=now - timedelta(days=9))

    assert jobs.forget_old_notices() == {"notices": 1, "counted_mails": 1}
    assert Notice.objects.get().title == "Kept"


# Settings


def test_choices_are_saved_and_shown_again(member_client, member):
    wanted = choices(petition="mail", duty="site", quiet_from="22:00", quiet_until="07:30", most_a_week="5")

    member_client.post(SETTINGS, wanted | {"digest_hour": "18"})

    budget = AttentionBudget.objects.get(member=member)
    kept = dict(NoticePreference.objects.values_list("kind", "way"))
    form = member_client.get(SETTINGS).context["form"]
    assert (kept["petition"], kept["duty"]) == ("mail", "site")
    assert (budget.quiet_from, budget.quiet_until, budget.most_a_week, budget.digest_hour) == (
        time(22), time(7, 30), 5, 18,
    )  # fmt: skip
    assert (form["duty"].value(), form["digest_hour"].value()) == ("site", 18)


@pytest.mark.parametrize("kind", ["account-security", "event-registration", "erasure"])
def test_a_post_that_would_switch_a_fixed_kind_off_is_answered_with_a_clear_error(member_client, kind):
    answer = member_client.post(SETTINGS, choices() | {kind: "site", "most_a_week": "3"})

    assert answer.status_code == 200
    assert "always comes by mail and cannot be switched off" in answer.content.decode()
    assert answer.context["form"]["most_a_week"].value() == "3"
    assert not NoticePreference.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"quiet_from": "22:00"}, "quiet_until"),
        ({"quiet_until": "07:00"}, "quiet_from"),
        ({"quiet_from": "07:00", "quiet_until": "07:00"}, "quiet_until"),
        ({"quiet_from": "25:00", "quiet_until": "07:00"}, "quiet_from"),
        ({"most_a_week": "0"}, "most_a_week"),
        ({"most_a_week": "many"}, "most_a_week"),
        ({"digest_hour": "24"}, "digest_hour"),
        ({"petition": "pigeon"}, "petition"),
        ({"daily-digest": "digest"}, "daily-digest"),
    ],
)
def test_bad_values_give_field_errors_and_save_nothing(member_client, changed, field):
    answer = member_client.post(SETTINGS, choices(**changed))

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not AttentionBudget.objects.exists()


def test_the_settings_list_what_is_always_sent(member_client):
    page = member_client.get(SETTINGS).content.decode()

    assert "Always sent" in page
    assert "Something changed in my account or log-in" in page
    assert 'name="account-security"' not in page


# One click


def off(member, kind="petition"):
    return reverse("members:notice_off", args=[emails.token(member.pk, kind)])


def way_of(member, kind="petition"):
    return NoticePreference.objects.filter(member=member, kind=kind).values_list("way", flat=True).first()


def test_a_mail_leaves_with_the_headers_for_one_click_and_the_click_works_without_signing_in(member, mail_server):
    notify(member, "duty", title="Your turn comes")
    delivery.send_due()
    [letter] = mail_server.to(member.email)
    address = letter["List-Unsubscribe"].strip(" <>").removeprefix("http://127.0.0.1:8000")

    program = Client(enforce_csrf_checks=True)
    answers = [program.post(address, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]
    notify(member, "duty", title="Your next turn comes")

    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [answer.status_code for answer in answers] == [200, 200]
    assert way_of(member, "duty") == "site"
    assert Mail.objects.count() == 1
    assert Mail.objects.get().unsubscribe == ""


def test_a_fixed_mail_has_no_headers_to_stop_it(member, mail_server):
    notify(member, "account-security", title="Your password was changed")
    delivery.send_due()

    assert mail_server.to(member.email)[0]["List-Unsubscribe"] is None


def test_opening_the_link_changes_nothing_the_button_stops_and_undo_goes_back(client, member):
    NoticePreference.objects.create(member=member, kind="petition", way="mail")

    asked = client.get(off(member)).content.decode()
    assert ("Stop these mails?" in asked, way_of(member)) == (True, "mail")
    stopped = client.post(off(member), {"wish": "stop"}, follow=True).content.decode()
    assert ("No mail of this kind will come" in stopped, way_of(member)) == (True, "site")
    client.post(off(member), {"wish": "resume"})

    assert way_of(member) == "mail"


@pytest.mark.parametrize(
    "token", ["", "x", "1:petition:x", "1:petition", signing.Signer(salt="other").sign("1:petition")]
)  # fmt: skip
def test_a_broken_token_gets_a_page_that_says_so(client, token):
    answer = client.post(f"/notices/off/{token or 'none'}/")

    assert answer.status_code == 400
    assert "This link does not work" in answer.content.decode()


@pytest.mark.parametrize("kind", ["account-security", "pigeon"])
def test_a_signed_token_for_what_cannot_be_stopped_stops_nothing(client, member, kind):
    answer = client.post(off(member, kind))

    assert answer.status_code == 400
    assert not NoticePreference.objects.exists()
