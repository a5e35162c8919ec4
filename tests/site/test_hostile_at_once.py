"""A form that is sent 24 times in one moment does what one press does, and breaks for nobody."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from communities.models import CommunityInvitation, DutyTurn, FirstPost, Membership, VolunteerHours
from cop.site.models import Mail
from members.models import (
    Avatar,
    Consent,
    Endorsement,
    ErasureRequest,
    Invitation,
    Level,
    LevelWish,
    Member,
    MemberLink,
    MemberSkill,
    NoInvitations,
    Notice,
    NoticePreference,
    Skill,
    Suggestion,
)
from members.operations import invitations
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.members import ActFactory, MemberFactory, VerbFactory
from tests.site.crowd import TIMES, at_once, gathered, press

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module", autouse=True)
def crowd():
    with gathered():
        yield


@pytest.fixture(autouse=True)
def verbs(transactional_db):
    for slug in ("community-joined", "profile-completed", "skills-named", "skill-endorsed", "newcomer-wrote"):
        VerbFactory(slug=slug, points=0)


def exported() -> SimpleUploadedFile:
    file = io.BytesIO()
    profile = {
        "headline": "Runs platforms", "links": [{"title": "Own page", "url": "https://a.example/"}],
        "skills": [{"skill__slug": "git", "claimed": 3}],
    }  # fmt: skip
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("member.json", json.dumps({"format": "community-member", "version": 1, "profile": profile}))
    return SimpleUploadedFile("member.zip", file.getvalue())


def picture() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(file, "PNG")
    return SimpleUploadedFile("me.png", file.getvalue())


def test_the_profile_with_its_links_is_saved_once(member):
    data = {"name": "Kim", "handle": "kim", "time_zone": "UTC", "link_0_url": "https://a.example/"}

    answers = press(member, "/me/profile/", lambda: data)

    assert answers == {302: TIMES}
    assert MemberLink.objects.filter(member=member).count() == 1


def test_a_file_is_brought_in_once(member):
    Skill.objects.create(slug="git", title="Git")

    answers = press(member, "/me/privacy/bring-in/", lambda: {"file": exported()})

    assert answers == {302: TIMES}
    assert (MemberLink.objects.count(), MemberSkill.objects.count()) == (1, 1)


def test_one_picture_is_kept(member):
    assert press(member, "/me/picture/", lambda: {"picture": picture()}) == {302: TIMES}

    assert Member.objects.get(pk=member.pk).picture_version == Avatar.objects.get().etag[:16]


def test_each_address_is_invited_once(member):
    answers = press(member, "/me/invitations/", lambda: {"addresses": "a@example.org", "sentence": "Come."})

    assert answers == {302: TIMES}
    assert (Invitation.objects.count(), Mail.objects.filter(to="a@example.org").count()) == (1, 1)


def test_the_limit_of_invitations_holds(member):
    numbers = iter(range(100))

    answers = press(
        member, "/me/invitations/", lambda: {"addresses": f"a{next(numbers)}@example.org", "sentence": "Come."}
    )

    assert answers == {302: 20, 200: TIMES - 20}
    assert Invitation.objects.count() == 20


def test_a_token_brings_one_member(member):
    invitations.invite(["a@example.org"], by=member, sentence="Come.")
    token = Mail.objects.get().text.split("/join/")[1].split("/")[0]

    accepted = at_once(lambda newcomer: invitations.accept(token, by=newcomer), MemberFactory.create_batch(TIMES))

    assert len([one for one in accepted if one]) == 1
    assert Notice.objects.filter(member=member, kind="invitation-accepted").count() == 1


def test_no_more_invitations_is_kept_once(member):
    path = f"/join/no/{invitations.no_token('a@example.org')}/"

    assert press(member, path, dict) == {200: TIMES}
    assert NoInvitations.objects.count() == 1


def test_an_endorsement_is_written_once(member):
    other, skill = MemberFactory(), Skill.objects.create(slug="git", title="Git")
    MemberSkill.objects.create(member=other, skill=skill, claimed=2)
    ActFactory(actor=other, other=member)

    answers = press(
        member, f"/members/{other.handle}/skills/git/endorse/", lambda: {"level": "3", "sentence": "Saw it."}
    )

    assert answers == {302: TIMES}
    assert (Endorsement.objects.count(), Notice.objects.filter(member=other).count()) == (1, 1)


def test_a_suggestion_is_dismissed_once(member):
    assert press(member, "/dashboard/suggestions/event/x/dismiss/", dict) == {302: TIMES}

    assert Suggestion.objects.count() == 1


def test_consents_are_kept_once(member):
    assert press(member, "/me/privacy/", lambda: {"matching": "on"}) == {302: TIMES}

    assert Consent.objects.filter(member=member, purpose="matching", given=True).count() == 1


def test_choices_of_notices_are_kept_once(member):
    browser = Client()
    browser.force_login(member)
    form = browser.get("/me/notices/settings/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"skill-endorsed": "site"}

    assert press(member, "/me/notices/settings/", lambda: data) == {302: TIMES}
    assert NoticePreference.objects.filter(member=member, kind="skill-endorsed", way="site").count() == 1


def test_leaving_is_asked_for_once(member):
    member.set_password("four plain words")
    member.save(update_fields=["password"])

    answers = press(member, "/me/privacy/leave/", lambda: {"password": "four plain words", "understood": "on"})

    assert set(answers) <= {200, 302}
    assert ErasureRequest.objects.filter(member=member).count() == 1


def test_a_wish_for_a_level_is_kept_once(member):
    Level.objects.create(slug="mentor", title="Mentor", order=4, needs_opt_in=True)

    assert press(member, "/levels/mentor/wish/", dict) == {302: TIMES}
    assert LevelWish.objects.count() == 1


@pytest.fixture
def lead():
    community = CommunityFactory(slug="circle")
    return MembershipFactory(community=community, role="lead", joined_at=timezone.now() - timedelta(days=9)).member


def test_a_community_invites_somebody_once(lead):
    MemberFactory(handle="kim")

    assert press(lead, "/communities/circle/invite/", lambda: {"handle": "kim"}) == {302: TIMES}
    assert CommunityInvitation.objects.count() == 1


def test_an_invitation_of_a_community_is_accepted_once(lead, member):
    CommunityInvitation.objects.create(community=lead.memberships.get().community, member=member, by=lead)

    assert press(member, "/communities/circle/invitation/accept/", dict) == {302: TIMES}
    assert Membership.objects.filter(member=member).count() == 1
    assert Notice.objects.filter(member=lead, kind="community-answered").count() == 1


def test_a_day_keeps_its_24_hours(lead):
    data = {"task": "Tea", "day": str(timezone.localdate()), "hours": "5"}

    assert press(lead, "/communities/circle/hours/", lambda: data) == {302: 4, 200: TIMES - 4}
    assert VolunteerHours.objects.count() == 4


def test_a_first_post_is_written_once(lead, member):
    MembershipFactory(community=lead.memberships.get().community, member=member)

    answers = press(member, "/communities/circle/newcomers/write/", lambda: {"text": "Hello, I am new here."})

    assert set(answers) <= {200, 302, 409}
    assert FirstPost.objects.count() == 1


def test_a_turn_of_duty_is_taken_once(lead):
    day = str(timezone.localdate() + timedelta(days=1))
    days = {"first_day": day, "last_day": day}

    answers = press(lead, "/communities/circle/duty/", lambda: {"handle": lead.handle} | days)

    assert set(answers) <= {200, 302, 409}
    assert DutyTurn.objects.count() == 1
