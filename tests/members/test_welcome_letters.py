"""Letters on day 0, 3, 7 and 21, which stop when their step, or the whole kit, is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cop.site.models import Mail
from members.models import Buddy, ConductVersion, NoticePreference, WelcomeProgress, WelcomeStep
from members.operations import conduct, welcome, welcome_letters
from tests.factories.members import MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps():
    ConductVersion.objects.create(version="1.0")
    for order, slug in enumerate(("lab", "event", "contribute")):
        WelcomeStep.objects.create(slug=slug, order=order, title=f"Do the {slug}", text="x", address="/labs/")


def newcomer(days_ago: float = 0, **fields):
    return MemberFactory(joined_at=timezone.now() - timedelta(days=days_ago), **fields)


def letters_to(member):
    return list(
        Mail.objects.filter(to=member.email, kind="welcome-letter").order_by("pk").values_list("subject", flat=True)
    )


def test_the_first_letter_comes_with_the_code_of_conduct(steps):
    VerbFactory(slug="conduct-accepted")
    member = MemberFactory(accepts_conduct=False)

    conduct.accept("1.0", by=member)
    conduct.accept("1.0", by=member)

    assert [subject.split(" · ")[0] for subject in letters_to(member)] == ["Welcome"]


@pytest.mark.parametrize(
    ("days", "title"), [(3, "Pick your first lab"), (7, "Join an event"), (21, "Your first contribution")]
)
def test_each_letter_comes_on_its_day_and_once(steps, days, title):
    member = newcomer(days + 0.1)
    assert welcome_letters.send_due(timezone.now() - timedelta(days=0.2))["sent"] == 0

    welcome_letters.send_due()
    welcome_letters.send_due()

    assert [subject.split(" · ")[0] for subject in letters_to(member)] == [title]


def test_the_four_letters_follow_each_other(steps):
    member = newcomer()

    for day in range(30):
        welcome_letters.send_due(member.joined_at + timedelta(days=day, minutes=5))

    assert [subject.split(" · ")[0] for subject in letters_to(member)] == [
        "Welcome", "Pick your first lab", "Join an event", "Your first contribution",
    ]  # fmt: skip


def test_a_letter_whose_step_is_done_is_not_sent(steps):
    member = newcomer(3.1)
    welcome.tick(WelcomeStep.objects.get(slug="lab"), by=member)

    assert welcome_letters.send_due() == {"sent": 0, "not_needed": 1}


def test_all_letters_stop_when_the_kit_is_done(steps):
    member = newcomer(7.1)
    for step in WelcomeStep.objects.all():
        WelcomeProgress.objects.create(member=member, step=step, state="done")

    welcome_letters.send_due()

    assert letters_to(member) == []


def test_who_switched_them_off_gets_no_mail(steps):
    member = newcomer(3.1)
    NoticePreference.objects.create(member=member, kind="welcome-letter", way="site")

    welcome_letters.send_due()

    assert letters_to(member) == []


def test_somebody_who_joined_long_ago_gets_no_heap_of_letters(steps):
    member = newcomer(40)

    welcome_letters.send_due()

    assert letters_to(member) == []


def test_the_letter_names_the_next_step_and_the_buddy(steps):
    member = newcomer(3.1)
    Buddy.objects.create(newcomer=member, buddy=MemberFactory(name="Ada Bos", handle="ada"))

    welcome_letters.send_due()

    text = Mail.objects.get(to=member.email).text
    assert "Do the lab" in text
    assert "Ada Bos" in text
