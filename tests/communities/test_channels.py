import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from communities.forms.channels import ChannelForm
from communities.models import Channel, GroupRules
from communities.operations.channels import check_links
from communities.queries.channels import acts_from, by_source, places_for
from cop.lib.links import stub
from members.models import Notice
from members.operations import ledger
from tests.factories.communities import ChannelFactory, CommunityFactory, MembershipFactory
from tests.factories.members import MemberFactory, PersonaFactory, VerbFactory
from tests.web import running_platform

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ADDRESS = "https://discord.com/invite/home"


@pytest.fixture
def platform():
    with running_platform({}) as server:
        yield server


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["https://discord.example.org/x", "https://notdiscord.com/x", "http://discord.com"])
def test_a_discord_channel_with_a_foreign_host_is_refused_with_the_accepted_hosts(address):
    channel = ChannelFactory.build(platform="Discord", url=address)

    with pytest.raises(ValidationError, match=r"Accepted for Discord: discord.com, discord.gg."):
        channel.full_clean()


def report(server, *options):
    out = StringIO()
    call_command("check_links", "--json", "--stub", f"127.0.0.1:{server.server_port}", *options, stdout=out)
    return json.loads(out.getvalue())["channels"]


def counts(**fields):
    return {"checked": 1, "answering": 0, "failing": 0, "marked": 0, "mended": 0} | fields


def told(member):
    return list(Notice.objects.filter(member=member).values_list("kind", "title"))


@pytest.mark.django_db
def test_check_links_marks_the_second_failure_and_tells_the_owner_once(platform, client):
    platform.answers["/invite/home"] = (404, "")
    owner = MemberFactory()
    channel = ChannelFactory(status="active", url=ADDRESS, owner=owner)

    assert report(platform) == counts(failing=1)
    assert "does not answer" not in client.get("/connect/").content.decode()
    assert report(platform) == counts(failing=1, marked=1)
    assert report(platform) == counts(failing=1)

    channel.refresh_from_db()
    assert (channel.failures, channel.marked_at is not None) == (3, True)
    assert "Address does not answer since" in client.get("/connect/").content.decode()
    assert told(owner) == [("channel-broken", "Discord does not answer: Core community")]


@pytest.mark.django_db
def test_an_answer_between_two_failures_begins_the_count_anew_and_mends_a_mark(platform):
    channel = ChannelFactory(status="active", url=ADDRESS, failures=1, failing_since=NOW)
    assert report(platform) == counts(answering=1)
    platform.answers["/invite/home"] = (404, "")
    report(platform)
    report(platform)
    platform.answers.clear()

    assert report(platform) == counts(answering=1, mended=1)

    channel.refresh_from_db()
    assert (channel.failures, channel.failing_since, channel.marked_at) == (0, None, None)


@pytest.mark.django_db
def test_a_dry_run_asks_and_changes_nothing(platform):
    platform.answers["/invite/home"] = (404, "")
    channel = ChannelFactory(status="active", url=ADDRESS, failures=1, failing_since=NOW)

    assert report(platform, "--dry-run") == counts(failing=1, marked=1)

    channel.refresh_from_db()
    assert (channel.failures, channel.checked_at) == (1, None)


@pytest.mark.django_db
def test_planned_channels_and_those_without_an_address_are_not_asked(platform):
    ChannelFactory(status="planned", url=ADDRESS)
    ChannelFactory(status="active", url="")

    assert report(platform) == counts(checked=0)


@pytest.mark.django_db
def test_the_number_of_failures_is_a_rule_that_organizers_set(platform):
    GroupRules.objects.create(pk=1, failed_checks=1)
    platform.answers["/invite/home"] = (404, "")
    ChannelFactory(status="active", url=ADDRESS)

    assert report(platform) == counts(failing=1, marked=1)


@pytest.mark.django_db
@pytest.mark.parametrize("paused", [False, True])
def test_without_an_owner_who_can_be_asked_those_who_lead_the_community_are_told(platform, paused):
    owner = MemberFactory(paused_until=NOW + timedelta(days=3)) if paused else None
    community = CommunityFactory()
    lead = MembershipFactory(community=community, role="lead").member
    ChannelFactory(status="active", url=ADDRESS, owner=owner, community=community, failures=1)
    platform.answers["/invite/home"] = (404, "")

    check_links(network=stub("127.0.0.1", platform.server_port), now=NOW)

    assert told(lead) == [("channel-broken", "Discord does not answer: Core community")]


@pytest.mark.django_db
def test_the_command_says_what_it_found_in_words(platform):
    ChannelFactory(status="active", url=ADDRESS)
    out = StringIO()

    call_command("check_links", "--stub", f"127.0.0.1:{platform.server_port}", stdout=out)

    assert out.getvalue().splitlines()[0] == "channels: 1 asked, 1 answer, 0 do not; 0 newly marked, 0 answer again"


@pytest.mark.django_db
def test_a_stub_without_a_port_is_refused():
    with pytest.raises(CommandError, match="HOST:PORT"):
        call_command("check_links", "--stub", "127.0.0.1")


@pytest.mark.django_db
def test_the_directory_lists_platform_function_why_audience_rules_owner_and_address(member_client):
    ChannelFactory(
        platform="Discord", function="Chat", why="It is quick", audience="Everybody", rules="Be kind", status="active",
        url=ADDRESS, owner=MemberFactory(name="Ines Carvalho"),
    )  # fmt: skip

    page = member_client.get("/connect/").content.decode()

    said = ["Discord", "Chat", "It is quick", "Everybody", "Be kind", ADDRESS, "Ines Carvalho"]
    assert [words in page for words in said] == [True] * 7


@pytest.mark.django_db
def test_places_of_a_hidden_community_are_shown_to_its_members_only(client, member_client, member):
    community = CommunityFactory(visibility="own")
    ChannelFactory(function="Secret room", community=community, status="active")
    MembershipFactory(community=community, member=member)

    assert "Secret room" not in client.get("/connect/").content.decode()
    assert "Secret room" in member_client.get("/connect/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_directory_costs_the_same_whatever_its_length(client, rows, django_assert_num_queries):
    for _ in range(rows):
        ChannelFactory(owner=MemberFactory(), community=CommunityFactory(), status="active")
    client.get("/connect/")

    with django_assert_num_queries(1):
        client.get("/connect/")


@pytest.mark.django_db
def test_places_for_a_persona_come_first_and_of_these_those_in_use():
    for slug, personas, status in [
        ("all", [], "active"), ("soon", ["kim"], "planned"), ("now", ["kim"], "active"), ("x", ["leo"], "planned"),
    ]:  # fmt: skip
        ChannelFactory(slug=slug, personas=personas, status=status)
    ChannelFactory(slug="own", personas=["kim"], community=CommunityFactory())

    assert [one.slug for one in places_for("kim", MemberFactory())] == ["now", "soon", "all", "x"]


@pytest.mark.django_db
def test_acts_of_the_ledger_name_a_channel_as_their_source(member):
    VerbFactory(slug="lab-completed")
    channel = ChannelFactory(slug="discord")
    for key, source in (("one", "discord"), ("two", "site")):
        ledger.record("lab-completed", by=member, kind="lab", key=key, title=key, source=source)

    assert acts_from(channel) == 1
    assert by_source(["discord", "site"]) == {"discord": channel}


@pytest.mark.django_db
def test_the_admins_form_refuses_a_foreign_host_and_keeps_personas():
    given = {
        "platform": "Discord", "function": "Chat", "slug": "chat", "status": "active", "order": 1, "why": "Quick",
        "audience": "All", "rules": "Kind", "personas": "kim, leo",
    }  # fmt: skip

    assert "url" in ChannelForm(given | {"url": "https://example.org/x"}).errors
    form = ChannelForm(given | {"url": ADDRESS})
    assert form.is_valid(), form.errors
    form.save()
    assert Channel.objects.get().personas == ["kim", "leo"]


@pytest.mark.django_db
def test_the_welcome_kit_shows_the_places_of_the_members_persona_first(client):
    ChannelFactory(slug="all", platform="Zoom", function="Live events")
    ChannelFactory(slug="own", platform="LinkedIn", function="Professional network", personas=["kim"], order=9)
    client.force_login(MemberFactory(persona=PersonaFactory(slug="kim", title="Senior ICT Advisor")))

    page = client.get("/welcome/").content.decode()

    assert page.index("Places for you") < page.index("Professional network") < page.index("Live events")
    assert "chosen for Senior ICT Advisor" in page
