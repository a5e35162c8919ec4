"""Leaving for good: 14 days of grace, then nothing personal is left in any table, and what others count on stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from communities.models import FirstPost, JoinRequest, MotionVote, VolunteerHours
from cop.lib.errors import Refused
from cop.site import outbox
from cop.site.letters import Letter
from cop.site.models import JobRun, Mail
from events.models import Registration
from events.operations.registration import register
from labs.models import LabRun
from members.models import (
    Activity,
    Avatar,
    Claim,
    Consent,
    Endorsement,
    ErasureRequest,
    Invitation,
    Kudos,
    Member,
    MemberLink,
    MemberSkill,
    Notice,
    PlacementAnswer,
    Skill,
)
from members.operations import directory, erasure, ledger, mentions
from members.signals import member_wants_to_leave
from newsletters.models import Delivery, Subscription, Suppression
from tests.factories.communities import CommunityFactory
from tests.factories.events import EventFactory
from tests.factories.labs import lab
from tests.factories.members import MemberFactory, VerbFactory
from tests.factories.newsletters import IssueFactory

MARK = "zqx"
TEXTS = [
    "headline", "biography", "town", "organisation", "can_help_with", "looks_for", "hello", "quote", "pronouns",
    "unit", "workflows", "challenges", "motivations", "goals",
]  # fmt: skip
pytestmark = pytest.mark.django_db


def in_days(days: int) -> Any:
    return timezone.now() + timedelta(days=days)


def leaver() -> Member:
    return MemberFactory(
        name=f"{MARK.title()}ana {MARK.title()}ova", email=f"{MARK}ana@example.org", handle=f"{MARK}-ana",
        tools=[f"{MARK}tool"], languages=["nl"], audiences={"town": "public"},
        **{name: f"{MARK} {name}" for name in TEXTS},
    )  # fmt: skip


def plant_account(member: Member) -> None:
    client = Client()
    client.force_login(member)
    key = client.session.session_key
    UserSession.objects.create(user=member, ip="10.9.8.7", session_key=key, user_agent=f"{MARK} browser")
    EmailAddress.objects.create(user=member, email=f"{MARK}second@example.org", verified=True)
    Authenticator.objects.create(user=member, type="totp", data={"secret": MARK})
    SocialAccount.objects.create(user=member, provider="github", uid=f"{MARK}9", extra_data={"login": MARK})
    Avatar.objects.create(member=member, image=b"picture", etag=MARK)
    MemberLink.objects.create(member=member, title=MARK, url=f"https://example.org/{MARK}")
    PlacementAnswer.objects.create(member=member, answers={"q": MARK})
    Consent.objects.create(member=member, purpose="matching", given=True)


def plant_words(member: Member, other: Member) -> None:
    skill = Skill.objects.create(slug="patience", title="Patience")
    MemberSkill.objects.create(member=member, skill=skill, claimed=3)
    Endorsement.objects.create(member=member, skill=skill, by=other, level=3, sentence=f"{MARK} is good", shared="x")
    Endorsement.objects.create(member=other, skill=skill, by=member, level=3, sentence="Calm.", shared="x")
    Kudos.objects.create(by=other, to=member, reason=f"thanks {MARK}")
    Notice.objects.create(member=member, kind="erasure", title=MARK, key=MARK)
    Claim.objects.create(
        member=member, kind="talk", title=MARK, evidence=f"https://example.org/{MARK}", text=MARK,
        happened_on=timezone.localdate(),
    )  # fmt: skip
    Invitation.objects.create(by=member, email="friend@example.org", sentence=MARK, token=MARK, expires_at=in_days(9))
    letter = Letter(subject=MARK, text=MARK, html=MARK)
    outbox.queue(letter, to=member.email.upper(), kind="test", key=f"{MARK}:1")
    JobRun.objects.create(name="job", error=f"550 <{member.email}> unknown")
    LogEntry.objects.create(
        user=other, content_type=ContentType.objects.get_for_model(Member), object_id=str(member.pk),
        object_repr=str(member), action_flag=CHANGE, change_message=f"Changed the name of {member.name}.",
    )  # fmt: skip


def plant_elsewhere(member: Member, other: Member) -> None:
    community = CommunityFactory()
    JoinRequest.objects.create(community=community, member=member, answers=[["Why?", MARK]])
    FirstPost.objects.create(
        community=community, member=member, text="How do I begin?", answer=f"Hello {member.name}, begin with a lab.",
        answered_by=other, answered_at=timezone.now(),
    )  # fmt: skip
    VolunteerHours.objects.create(
        community=community, member=member, day=timezone.localdate(), hours=2, task=f"{MARK} task"
    )
    LabRun.objects.create(lab=lab(), member=member, notes=f"{MARK} notes")
    subscription = Subscription.objects.create(
        member=member, email=member.email, status="active", confirmed_at=timezone.now()
    )
    Delivery.objects.create(issue=IssueFactory(), subscription=subscription, email=member.email, error=MARK)
    Suppression.objects.create(email=member.email.upper(), note=f"{member.name} wrote")
    Notice.objects.create(
        member=other, kind="community-request", title=f"{member.name} asks to join", text=f"Write to {member.email}.",
        address=member.get_absolute_url(), key=member.get_absolute_url(),
    )  # fmt: skip


def tables_with(marker: str) -> dict[str, int]:
    """Every table of the database that holds the marker in any column, with the number of rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s', [f"%{marker}%"])
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def test_the_search_for_planted_words_finds_what_stands_in_any_column():
    member = leaver()
    plant_account(member)
    plant_words(member, MemberFactory())

    found = tables_with(MARK)

    assert {"members_member", "members_claim", "site_mail", "usersessions_usersession"} <= found.keys()


def test_erasure_leaves_no_planted_word_in_any_column_of_any_table(django_capture_on_commit_callbacks):
    member, other = leaver(), MemberFactory()
    VerbFactory(slug="hello-said")
    ledger.record("hello-said", by=member, kind="hello", key="first", title="Hello to everybody")
    plant_account(member)
    plant_words(member, other)
    plant_elsewhere(member, other)
    with django_capture_on_commit_callbacks(execute=True):
        directory.touch(member.pk)
    erasure.ask_to_leave(member, by=member)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("erase_due_members")
        counts = erasure.erase_due(in_days(15))

    assert counts == {"due": 1, "erased": 1, "waiting": 0}
    assert tables_with(MARK) == {}
    assert tables_with("10.9.8.7") == {}


def test_rows_that_others_count_on_stay_and_point_to_a_former_member():
    member, other = leaver(), MemberFactory()
    VerbFactory(slug="hello-said")
    ledger.record("hello-said", by=member, kind="hello", key="first", title="Hello to everybody")
    plant_words(member, other)
    plant_elsewhere(member, other)

    erasure.erase(member)

    act, post, hours = Activity.objects.get(), FirstPost.objects.get(), VolunteerHours.objects.get()
    assert str(act.actor) == str(post.member) == str(hours.member) == "Former member"
    assert post.answer == "Hello a former member, begin with a lab."
    assert (hours.hours, hours.task) == (2, "")
    assert Notice.objects.get(member=other).title == "a former member asks to join"
    assert Endorsement.objects.get().by_id == member.pk
    assert Delivery.objects.get().email == f"former-{member.pk}@erased.invalid"


def test_nobody_can_log_in_as_a_former_member_and_their_devices_are_logged_out():
    member = leaver()
    client = Client()
    client.force_login(member)
    UserSession.objects.create(user=member, ip="10.9.8.7", session_key=client.session.session_key, user_agent="x")

    erasure.erase(member)

    member.refresh_from_db()
    assert (member.is_active, member.has_usable_password(), member.is_staff) == (False, False, False)
    assert client.get("/dashboard/").status_code == 302


def test_the_seat_of_who_leaves_goes_to_who_waits():
    VerbFactory(slug="event-registered")
    event, member, waiting = EventFactory(capacity=1), leaver(), MemberFactory()
    register(event, member=member, by=member)
    register(event, member=waiting, by=waiting)

    erasure.erase(member)

    assert Registration.objects.get(member=waiting).status == "confirmed"


def test_nothing_is_erased_before_the_days_of_grace_are_over():
    member = leaver()
    erasure.ask_to_leave(member, by=member)

    counts = erasure.erase_due(in_days(13))

    assert counts["erased"] == 0
    assert Member.objects.get(pk=member.pk).email == f"{MARK}ana@example.org"


def test_who_stays_is_not_erased_and_can_ask_again_later():
    member = leaver()
    erasure.ask_to_leave(member, by=member)

    assert erasure.stay(member, by=member) is True
    assert erasure.erase_due(in_days(15))["due"] == 0
    assert erasure.stay(member, by=member) is False
    assert erasure.ask_to_leave(member, by=member).done_at is None


def test_asking_twice_keeps_the_first_day():
    member = leaver()
    first = erasure.ask_to_leave(member, by=member)

    again = erasure.ask_to_leave(member, by=member, now=in_days(3))

    assert again.due_at == first.due_at
    assert ErasureRequest.objects.count() == 1


def test_nobody_can_ask_for_another():
    member = leaver()

    with pytest.raises(Refused, match="Only you"):
        erasure.ask_to_leave(member, by=MemberFactory(is_superuser=True))


def test_the_last_organizer_with_all_rights_must_hand_over_first():
    member = MemberFactory(is_superuser=True, is_staff=True)

    with pytest.raises(Refused, match="only organizer"):
        erasure.ask_to_leave(member, by=member)


def test_what_must_be_settled_meanwhile_delays_the_erasure():
    member = leaver()
    erasure.ask_to_leave(member, by=member)

    def not_yet(member: Member, refusals: list[str], **kwargs: Any) -> None:
        refusals.append("Hand over first.")

    member_wants_to_leave.connect(not_yet)
    try:
        assert erasure.erase_due(in_days(15)) == {"due": 1, "erased": 0, "waiting": 1}
    finally:
        member_wants_to_leave.disconnect(not_yet)


def test_erasing_twice_changes_nothing():
    member = leaver()
    erasure.erase(member)
    before = Member.objects.values().get(pk=member.pk)

    erasure.erase(member)

    assert Member.objects.values().get(pk=member.pk) == before


def test_a_dry_run_erases_nobody(capsys):
    member = leaver()
    ErasureRequest.objects.create(member=member, due_at=in_days(-1))

    call_command("erase_due_members", dry_run=True, json=True)

    assert capsys.readouterr().out.strip() == '{"due": 1, "erased": 0, "waiting": 0}'
    assert Member.objects.get(pk=member.pk).erased_at is None


def test_a_name_is_replaced_as_a_whole_word_only():
    member, other = MemberFactory(name="Al Ma", handle="al"), MemberFactory()
    Notice.objects.create(member=other, kind="x", title="Al Ma and Al Malik", address="/members/al-other/", key="k")

    changed = mentions.replace(member, [member.email])

    notice = Notice.objects.get()
    assert (changed, notice.title, notice.address) == (1, "a former member and Al Malik", "/members/al-other/")


def test_a_vote_stays_counted_without_its_reason():
    community, member = CommunityFactory(), leaver()
    motion = apps.get_model("communities.Motion").objects.create(
        community=community, kind="charter", title="Quorum", reason="Better", closes_at=in_days(7)
    )
    MotionVote.objects.create(motion=motion, member=member, yes=True, reason=f"{MARK} says so")

    erasure.erase(member)

    vote = MotionVote.objects.get()
    assert (vote.yes, vote.reason) == (True, "")


def test_mail_that_waits_for_who_left_is_gone():
    member = leaver()
    outbox.queue(Letter(subject="x", text="x", html="x"), to=member.email, kind="test", key="a")

    erasure.erase(member)

    assert Mail.objects.count() == 0
