"""A member's own profile: what is taken, what is refused at which field, and what is kept meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cop.lib.errors import Refused
from members.forms.fields import HTTPS
from members.models import Consent, DirectoryStale, Member, MemberLink
from members.operations.profile import save_profile
from members.queries.profile import completeness
from tests.factories.members import MemberFactory, VerbFactory
from tests.factories.profiles import FilledMemberFactory, MemberLinkFactory

pytestmark = pytest.mark.django_db

EDIT = "/me/profile/"


@pytest.fixture(autouse=True)
def verbs(db):
    VerbFactory(slug="profile-completed", points=0)


WHOLE = {
    "name": "Kim Vermeer", "handle": "kim-v", "pronouns": "she/her", "headline": "Writes AI strategy",
    "biography": "Twelve years of advice.", "country": "NL", "town": "Utrecht", "time_zone": "Europe/Amsterdam",
    "languages": "English, nederlands, 日本語", "organisation": "Province of Utrecht", "unit": "Advice",
    "function": "advice", "sector": "public", "tools": "vim, dbt; vim\nAnsible", "workflows": "Reviews in pairs",
    "challenges": "Old systems", "motivations": "Curiosity", "goals": "A local model", "can_help_with": "plain words",
    "looks_for": "a pilot", "hours_per_week": "4", "open_to_mentor": "on", "in_directory": "on",
    "link_0_url": "https://example.org/kim", "link_0_title": "My notes", "link_1_url": "social.example/@kim",
    "audience_headline": "public", "audience_organisation": "me", "audience_page": "public",
}  # fmt: skip


TEXTS = [name for name in WHOLE if name not in ("open_to_mentor", "in_directory")]
UNKNOWN_LANGUAGE = "We do not know the language “Klingon”. Write it as in English, French or Nederlands."


def fault(answer, field):
    return answer.context["form"].errors[field][0]


def test_everything_a_member_says_is_kept(member_client, member):
    answer = member_client.post(EDIT, WHOLE)

    kept = Member.objects.get(pk=member.pk)
    assert answer.status_code == 302
    assert kept.languages == ["en", "nl", "ja"]
    assert kept.tools == ["vim", "dbt", "Ansible"]
    assert (kept.function, kept.sector, kept.country, kept.hours_per_week) == ("advice", "public", "NL", 4)
    assert (kept.open_to_mentor, kept.open_to_pairing, kept.in_directory) == (True, False, True)
    assert kept.challenges == "Old systems"


def test_members_say_themselves_what_stands_on_the_home_page(member_client, member):
    member_client.post(EDIT, WHOLE | {"quote": "Kind people.", "quote_on_home": "on"})
    assert "Kind people." in member_client.get("/").content.decode()

    member_client.post(EDIT, WHOLE | {"quote": "Kind people."})
    assert "Kind people." not in member_client.get("/").content.decode()
    assert Member.objects.get(pk=member.pk).quote == "Kind people."


def test_every_field_of_the_form_stands_on_its_page(member_client):
    answer = member_client.get(EDIT)

    page = answer.content.decode()
    assert [name for name in answer.context["form"].fields if f'name="{name}"' not in page] == []


def test_links_are_kept_in_their_order_with_the_site_standing_for_missing_words(member_client, member):
    member_client.post(EDIT, WHOLE)

    kept = list(MemberLink.objects.filter(member=member).values_list("url", "title"))
    assert kept == [("https://example.org/kim", "My notes"), ("https://social.example/@kim", "social.example")]


def test_audiences_that_are_not_sent_along_stay_as_they_are(member_client, member):
    Member.objects.filter(pk=member.pk).update(audiences={"goals": "public", "headline": "me"})

    member_client.post(EDIT, WHOLE)

    kept = Member.objects.get(pk=member.pk).audiences
    assert kept == {"goals": "public", "headline": "public", "organisation": "me", "page": "public"}


def test_a_saved_profile_is_noted_for_the_directory(member_client, member):
    DirectoryStale.objects.all().delete()

    member_client.post(EDIT, WHOLE)

    assert DirectoryStale.objects.filter(member=member.pk).exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("time_zone", "Mars/Base", "“Mars/Base” is not a time zone; write one such as Europe/Lisbon."),
        ("handle", "admin", "This handle is kept for the site itself. Choose another one."),
        ("handle", "TAKEN", "This handle is taken. Choose another one."),
        ("languages", "English, Klingon", UNKNOWN_LANGUAGE),
        ("country", "XX", "Choose a country of the list."),
        ("hours_per_week", "41", "Write a number of hours from 0 to 40."),
        ("tools", "x" * 41, f"“{'x' * 41}” is too long; keep each to 40 characters."),
        ("tools", ",".join(str(n) for n in range(31)), "Name 30 at most; these are 31."),
        ("link_0_url", "http://example.org", HTTPS),
        ("link_0_url", "javascript:alert(1)", HTTPS),
        ("link_1_url", "https://example.org/kim", "This address stands here twice. Keep one of them."),
        ("link_0_url", "", "Write the address of “My notes”, or remove its words."),
        ("audience_headline", "friends", "Choose who sees this: everybody, members or only you."),
        ("paused_until", "2020-01-01", "Choose a day from today on, within the next year. Empty means no pause."),
    ],
)  # fmt: skip
def test_a_fault_is_named_at_its_field_and_everything_typed_comes_back(member_client, member, field, typed, said):
    MemberFactory(handle="taken")

    answer = member_client.post(EDIT, WHOLE | {field: typed})

    form, before = answer.context["form"], Member.objects.get(pk=member.pk)
    assert answer.status_code == 200
    assert fault(answer, field) == said
    assert before.headline == ""
    assert {name: form[name].value() for name in TEXTS} == {name: (WHOLE | {field: typed})[name] for name in TEXTS}
    assert form["audience_organisation"].value() == "me"


def test_of_two_who_want_a_handle_at_once_the_later_one_is_refused_and_nothing_of_it_is_kept(member):
    MemberFactory(handle="taken")

    with pytest.raises(Refused, match="Somebody took this handle a moment ago") as refusal:
        save_profile(member, {"handle": "TAKEN", "headline": "New"}, links=[("https://example.org", "x")], by=member)

    assert refusal.value.lost_race
    assert Member.objects.get(pk=member.pk).headline == ""
    assert not MemberLink.objects.exists()


def test_only_the_owner_saves_a_profile(member):
    with pytest.raises(Refused, match="Only the owner changes a profile"):
        save_profile(member, {"headline": "Hacked"}, by=MemberFactory())


@pytest.mark.parametrize(("part", "who"), [("headline", "friends"), ("password", "public")])
def test_an_audience_that_nobody_can_choose_is_refused(member, part, who):
    with pytest.raises(Refused, match="Nobody can choose"):
        save_profile(member, {"headline": "x"}, audiences={part: who}, by=member)


def test_a_pause_is_kept_and_one_that_is_over_is_not_shown(member_client, member):
    until = timezone.localdate() + timedelta(days=20)
    member_client.post(EDIT, WHOLE | {"paused_until": until.isoformat()})
    kept = Member.objects.get(pk=member.pk).paused_until

    Member.objects.filter(pk=member.pk).update(paused_until=timezone.localdate() - timedelta(days=1))
    shown = member_client.get(EDIT).context["form"]["paused_until"].value()

    assert (kept, shown) == (until, None)


def test_the_page_says_what_suggestions_still_lack_and_why(member_client, member):
    answer = member_client.get(EDIT)

    page = answer.content.decode()
    assert "0 of 13 filled in" in page
    assert "Questions find their way to you." in page
    assert "You are not suggested to others now" in page


def test_a_filled_profile_lacks_only_the_skills():
    member = FilledMemberFactory()
    Consent.objects.create(member=member, purpose="matching", given=True)

    found = completeness(member)

    assert ([ask.name for ask in found.missing], found.done, found.matching) == (["skills"], 12, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_costs_the_same_whatever_it_holds(member_client, member, number, django_assert_num_queries):
    MemberLinkFactory.create_batch(number, member=member)

    with django_assert_num_queries(7):
        member_client.get(EDIT)


def test_a_name_in_any_script_is_kept_and_shown(member_client, member):
    for name in ["محمد الفارسي", "李小龙", "Zoë Müller-Ångström", "Ольга Іваненко", "श्रेया घोषाल"]:
        member_client.post(EDIT, WHOLE | {"name": name})

        assert Member.objects.get(pk=member.pk).name == name
        assert name in member_client.get("/members/kim-v/").content.decode()
