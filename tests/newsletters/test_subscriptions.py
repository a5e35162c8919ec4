from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from cop.lib.errors import Refused
from cop.site import delivery
from cop.site.models import Mail
from newsletters import jobs, operations
from newsletters.models import Subscription, Suppression
from newsletters.queries import is_subscribed
from tests.factories.members import MemberFactory
from tests.factories.newsletters import SubscriptionFactory

pytestmark = pytest.mark.django_db


def test_a_visitor_waits_for_confirmation_and_gets_one_mail(mail_server):
    operations.ask_for_it(" Lea@Example.org ")
    delivery.send_due()

    (letter,) = mail_server.to("lea@example.org")
    assert Subscription.objects.values_list("email", "status").get() == ("lea@example.org", "unconfirmed")
    assert letter["Subject"] == "Confirm that you want our newsletter"
    assert "/newsletters/confirm/" in letter.get_body(["plain"]).get_content()


def test_asking_twice_within_the_hour_sends_one_mail_and_later_another():
    now = timezone.now().replace(minute=5)
    for later in (0, 20, 70):
        operations.ask_for_it("lea@example.org", now=now + timedelta(minutes=later))

    assert Mail.objects.count() == 2
    assert Subscription.objects.count() == 1


def test_an_address_that_gets_it_already_gets_no_mail():
    SubscriptionFactory(email="Lea@example.org")

    operations.ask_for_it("lea@EXAMPLE.org")

    assert not Mail.objects.exists()


def test_confirming_makes_it_active_and_repeating_changes_nothing():
    operations.ask_for_it("lea@example.org")
    key = Subscription.objects.get().key
    first = operations.confirm(key)

    second = operations.confirm(key)

    assert (second.status, second.confirmed_at) == ("active", first.confirmed_at)


def test_confirming_finds_the_member_with_this_address():
    member = MemberFactory(email="lea@example.org")
    operations.ask_for_it("lea@example.org")

    assert operations.confirm(Subscription.objects.get().key).member == member


@pytest.mark.parametrize(("reason", "left"), [("bounce", 0), ("complaint", 0), ("organizer", 1)])
def test_confirming_forgets_a_bounce_but_not_an_organizers_decision(reason, left):
    Suppression.objects.create(email="LEA@example.org", reason=reason)
    operations.ask_for_it("lea@example.org")

    operations.confirm(Subscription.objects.get().key)

    assert Suppression.objects.count() == left


def test_a_member_needs_no_second_confirmation():
    member = MemberFactory(email="Kim@example.org")

    subscription = operations.subscribe_member(member, by=member)

    assert (subscription.status, subscription.email, subscription.source) == (
        "active",
        "kim@example.org",
        "preferences",
    )
    assert is_subscribed(member)
    assert not Mail.objects.exists()


def test_an_organizer_who_subscribes_a_member_is_named_as_source():
    member, organizer = MemberFactory(), MemberFactory()

    assert operations.subscribe_member(member, by=organizer).source == f"organizer:{organizer.pk}"


def test_a_members_subscription_takes_over_the_one_given_as_visitor():
    before = SubscriptionFactory(email="kim@example.org", status="unconfirmed", confirmed_at=None)
    member = MemberFactory(email="kim@example.org")

    operations.subscribe_member(member, by=member)
    operations.subscribe_member(member, by=member)

    assert Subscription.objects.values_list("pk", "status", "member").get() == (before.pk, "active", member.pk)


def test_unsubscribing_stops_every_subscription_that_reaches_the_address():
    member = MemberFactory(email="new@example.org")
    own = SubscriptionFactory(email="old@example.org", member=member)
    SubscriptionFactory(email="new@example.org")

    assert operations.unsubscribe(own.key) == 2
    assert operations.unsubscribe(own.key) == 0
    assert not is_subscribed(member)


def test_undo_brings_a_confirmed_subscription_back():
    subscription = SubscriptionFactory()
    operations.unsubscribe(subscription.key)
    operations.say_why(subscription.key, "often")

    back = operations.resubscribe(subscription.key)

    assert (back.status, back.unsubscribed_at, back.leaving_reason) == ("active", None, "")


def test_undo_is_no_way_around_confirming():
    operations.ask_for_it("lea@example.org")
    key = Subscription.objects.get().key
    operations.unsubscribe(key)

    with pytest.raises(Refused, match="gone"):
        operations.resubscribe(key)


def test_an_odd_reason_is_not_kept():
    subscription = SubscriptionFactory(status="unsubscribed", unsubscribed_at=timezone.now())

    operations.say_why(subscription.key, "because")

    subscription.refresh_from_db()
    assert subscription.leaving_reason == ""


def test_what_nobody_confirms_is_forgotten_after_fourteen_days():
    now = timezone.now()
    operations.ask_for_it("old@example.org", now=now - timedelta(days=14, minutes=1))
    operations.ask_for_it("new@example.org", now=now - timedelta(days=13))
    SubscriptionFactory(created_at=now - timedelta(days=100))

    with time_machine.travel(now, tick=False):
        assert jobs.forget_unconfirmed() == {"forgotten": 1}
    assert not Subscription.objects.filter(email="old@example.org").exists()


def test_the_database_keeps_one_subscription_per_address_in_any_case():
    SubscriptionFactory(email="lea@example.org")

    with pytest.raises(IntegrityError, match="one_subscription_per_email_in_any_case"):
        SubscriptionFactory(email="LEA@example.org")
