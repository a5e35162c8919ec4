from datetime import UTC, date, datetime

import pytest

from communities.models import CommunityInvitation, RecruitmentCampaign
from communities.operations import recruitment
from communities.queries.recruitment import candidates, shortages
from cop.lib.errors import Refused
from members.models import Consent, Notice
from tests.factories.communities import CommunityFactory, JoinRequestFactory, MembershipFactory
from tests.factories.founding import CampaignFactory
from tests.factories.members import MemberFactory
from tests.factories.skills import MemberSkillFactory, SkillFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def platform():
    return CommunityFactory(slug="platform", name="Platform")


@pytest.fixture
def lead(platform):
    return MembershipFactory(community=platform, role="lead").member


@pytest.fixture
def security():
    return SkillFactory(slug="threat-modelling", title="Threat modelling")


def reachable(**fields):
    member = MemberFactory(**fields)
    Consent.objects.create(member=member, purpose="matching", given=True)
    return member


def with_skill(skill, depth=3, *, helps=False, **fields):
    member = reachable(**fields)
    MemberSkillFactory(member=member, skill=skill, depth=depth, helps=helps)
    return member


def campaign_for(platform, *skills, **fields):
    campaign = CampaignFactory(community=platform, **fields)
    campaign.skills.set(skills)
    return campaign


def found(campaign, viewer):
    return candidates(campaign, viewer, today=TODAY)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_members_with_the_missing_skill_come_first_the_deepest_before_the_others(platform, lead, security):
    campaign = campaign_for(platform, security, functions=["security"], sectors=["public"])
    worker = reachable(name="Worker", function="security", sector="public")
    user = with_skill(security, 2, name="User")
    teacher = with_skill(security, 4, name="Teacher", helps=True, function="security")

    rows = found(campaign, lead)

    assert [(one.member, one.has_skill) for one in rows] == [(teacher, True), (user, True), (worker, False)]
    assert [one.reasons for one in rows] == [
        ["Threat modelling: teaches it, and helps others", "Works in security and privacy"],
        ["Threat modelling: uses it"],
        ["Works in security and privacy", "Comes from public service"],
    ]


def test_what_somebody_only_says_of_themselves_is_told_as_their_word(platform, lead, security):
    member = with_skill(security, 1)
    member.skills.update(claimed=3)

    assert found(campaign_for(platform, security), lead)[0].reasons == [
        "Threat modelling: by their own word, leads with it"
    ]


def test_two_missing_skills_come_before_one_deeper_one(platform, lead, security):
    other = SkillFactory(title="Secrets")
    one_deep = with_skill(security, 4)
    both = with_skill(security, 2)
    MemberSkillFactory(member=both, skill=other, depth=2)

    assert [one.member for one in found(campaign_for(platform, security, other), lead)] == [both, one_deep]


@pytest.mark.parametrize(
    "hidden",
    [
        {"in_directory": False},
        {"is_active": False},
        {"paused_until": TODAY},
        {"audiences": {"skills": "me"}},
        {"audiences": {"skills": "nonsense"}},
    ],
)
def test_who_is_hidden_gone_paused_or_shows_no_skills_is_not_listed(platform, lead, security, hidden):
    with_skill(security, **hidden)

    assert found(campaign_for(platform, security), lead) == []


def test_who_did_not_agree_to_be_matched_or_is_in_already_is_not_listed(platform, lead, security):
    Consent.objects.filter(member=with_skill(security)).update(given=False)
    MembershipFactory(community=platform, member=with_skill(security))
    came_back = MembershipFactory(community=platform, member=with_skill(security), status="left", left_at=NOW).member
    with_skill(security, 1)

    assert [one.member for one in found(campaign_for(platform, security), lead)] == [came_back]


@pytest.mark.parametrize("field", ["function", "sector"])
def test_a_field_that_is_shown_to_nobody_is_no_reason(platform, lead, security, field):
    reachable(function="security", sector="public", audiences={field: "me"})
    campaign = campaign_for(platform, **{f"{field}s": ["security" if field == "function" else "public"]})

    assert found(campaign, lead) == []


def test_a_community_is_short_of_what_more_wish_for_than_can_lead_with(platform, security):
    known, strategic, refused = SkillFactory(), SkillFactory(is_strategic=True), SkillFactory(state="proposed")
    people = [MembershipFactory(community=platform).member for _ in range(6)]
    for one in people:
        MemberSkillFactory(member=one, skill=security, wants=2)
        MemberSkillFactory(member=one, skill=known, depth=3)
        MemberSkillFactory(member=one, skill=refused, wants=2)
    MemberSkillFactory(skill=known, wants=3)

    short = shortages(platform)

    assert [(one.skill, one.wished, one.known) for one in short] == [(security, 6, 0), (strategic, 0, 0)]
    assert [one.why for one in short] == [
        "6 members want to learn it, nobody can lead with it yet.",
        "The whole community wants more of it, nobody can lead with it yet.",
    ]


def test_figures_about_fewer_than_five_people_stay_words(platform, security):
    for number in range(3):
        member = MembershipFactory(community=platform).member
        MemberSkillFactory(member=member, skill=security, wants=2 if number else 0, depth=0 if number else 3)

    assert shortages(platform)[0].why == "Some members want to learn it, hardly anybody can lead with it."


def test_an_invitation_goes_through_the_boundary_with_the_sentence_of_the_campaign(platform, lead, security):
    member = with_skill(security, handle="ines")
    campaign = campaign_for(platform, security, sentence="We need somebody who breaks things.")

    recruitment.invite(campaign, handle="ines", by=lead)

    assert CommunityInvitation.objects.get().member == member
    assert Notice.objects.get(member=member).text.startswith("We need somebody who breaks things.")
    assert [one.is_invited for one in found(campaign, lead)] == [True]


def test_an_ended_campaign_and_a_stranger_invite_nobody(platform, lead, security):
    campaign = campaign_for(platform, security)
    with pytest.raises(Refused, match="Only those who lead"):
        recruitment.invite(campaign, handle="ines", by=MemberFactory())
    recruitment.close_campaign(campaign, by=lead)
    campaign.refresh_from_db()

    with pytest.raises(Refused, match="has ended"):
        recruitment.invite(campaign, handle="ines", by=lead)


def test_a_campaign_that_names_nothing_is_refused(platform, lead):
    with pytest.raises(Refused, match="Choose at least one"):
        recruitment.open_campaign(platform, title="People", sentence="Come", by=lead)


def test_the_campaign_page_of_a_community_short_of_security_lists_members_with_it_first(
    client, platform, lead, security
):
    for _ in range(5):
        MemberSkillFactory(member=MembershipFactory(community=platform).member, skill=security, wants=3)
    with_skill(security, 4, name="Ines Carvalho", handle="ines")
    reachable(name="Adam First", function="security")
    client.force_login(lead)

    form = text_of(client.get("/communities/platform/campaigns/new/"))
    assert "5 members want to learn it, nobody can lead with it yet." in form
    assert 'value="threat-modelling" id="id_skills_0" checked' in form
    given = {"title": "Security", "sentence": "Come", "skills": ["threat-modelling"], "functions": ["security"]}
    page = text_of(client.post("/communities/platform/campaigns/new/", given, follow=True))
    assert page.index("Ines Carvalho") < page.index("Adam First")
    assert "Threat modelling: teaches it." in page

    address = f"{RecruitmentCampaign.objects.get().get_absolute_url()}invite/"
    invited = text_of(client.post(address, {"handle": "ines"}, follow=True))
    assert "Ines Carvalho is invited and has been told." in invited
    assert "Ended" in text_of(client.post(address.replace("invite", "close"), follow=True))


def test_a_form_that_names_nothing_keeps_the_words(client, lead):
    client.force_login(lead)

    page = text_of(client.post("/communities/platform/campaigns/new/", {"title": "Security", "sentence": "Come"}))

    assert "Choose at least one skill, kind of work or sector." in page
    assert 'value="Security"' in page


@pytest.mark.parametrize("address", ["", "new/", "1/"])
def test_campaigns_are_for_those_who_lead_and_for_organizers(member_client, platform, address):
    CampaignFactory(pk=1, community=platform)

    assert member_client.get(f"/communities/platform/campaigns/{address}").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_whatever_their_length(
    client, platform, lead, security, rows, django_assert_num_queries
):
    campaigns = [campaign_for(platform, security, functions=["data"]) for _ in range(rows)]
    for _ in range(rows):
        with_skill(security)
        reachable(function="data")
        JoinRequestFactory(community=platform, member=with_skill(security))
    client.force_login(lead)
    client.get("/communities/platform/campaigns/")

    with django_assert_num_queries(6):
        client.get("/communities/platform/campaigns/")
    with django_assert_num_queries(13):
        client.get(campaigns[0].get_absolute_url())
