import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from communities.models import Community
from communities.operations.groups import put_under
from cop.lib.errors import Refused
from tests.factories.communities import ChannelFactory, CommunityFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    top = CommunityFactory(slug="top")
    middle = CommunityFactory(slug="middle", parent=top)
    return top, middle, CommunityFactory(slug="bottom", parent=middle)


def test_a_parent_loop_is_refused_by_the_form_check(chain):
    top, _, bottom = chain
    top.parent = bottom

    with pytest.raises(ValidationError) as refusal:
        top.full_clean()

    assert refusal.value.message_dict == {
        "parent": ["This would make a circle: “Bottom” stands below “Top” already. Choose another parent."]
    }


def test_a_parent_loop_is_refused_by_the_operation(chain):
    top, _, bottom = chain

    with pytest.raises(Refused, match="would make a circle"):
        put_under(top, parent=bottom)

    assert Community.objects.get(slug="top").parent is None


def test_a_community_moves_below_another(chain):
    top, _, bottom = chain

    put_under(bottom, parent=top)

    assert Community.objects.get(slug="bottom").parent == top


def test_a_community_cannot_be_its_own_parent(chain):
    top = chain[0]

    with pytest.raises(IntegrityError, match="no_community_is_its_own_parent"), transaction.atomic():
        Community.objects.filter(pk=top.pk).update(parent=top)


def test_a_second_community_with_the_same_slug_is_refused(chain):
    again = CommunityFactory.build(slug="top")

    with pytest.raises(ValidationError) as refusal:
        again.full_clean()

    assert refusal.value.message_dict == {"slug": ["Community with this Slug already exists."]}


def test_an_interest_group_is_refused_as_primary_by_the_form_check():
    mine = MembershipFactory(community__kind="interest-group")
    mine.is_primary = True

    with pytest.raises(ValidationError, match="Only a target community"):
        mine.full_clean()


@pytest.mark.parametrize(
    "address",
    [
        "https://discord.com/channels/1",
        "https://DISCORD.gg/abc",
        "https://ptb.discord.com/channels/1",
        "",
    ],
)
def test_an_address_at_the_platforms_own_host_is_accepted(address):
    channel = ChannelFactory.build(platform="Discord", url=address)

    assert channel.full_clean() is None


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://example.org/discord.com", "“example.org” does not belong to Discord."),
        ("https://notdiscord.com/x", "“notdiscord.com” does not belong to Discord."),
        ("https://discord.com.example.org/x", "“discord.com.example.org” does not belong to Discord."),
        ("https://discord.com@example.org/x", "“example.org” does not belong to Discord."),
        ("http://discord.com/x", "The address must start with https://."),
    ],
)
def test_a_foreign_host_or_scheme_is_refused_with_the_accepted_hosts(address, fault):
    channel = ChannelFactory.build(platform="Discord", url=address)

    with pytest.raises(ValidationError) as refusal:
        channel.full_clean(validate_constraints=False)

    assert refusal.value.message_dict == {"url": [f"{fault} Accepted for Discord: discord.com, discord.gg."]}


def test_an_address_of_an_unknown_platform_is_refused_with_the_known_ones():
    channel = ChannelFactory.build(platform="Carrier pigeon", url="https://pigeon.example.org")

    with pytest.raises(ValidationError, match=r"No hosts are known for “Carrier pigeon”.*Website, Discord, LinkedIn"):
        channel.full_clean()


def test_what_is_no_address_at_all_is_refused_once():
    channel = ChannelFactory.build(url="discord")

    with pytest.raises(ValidationError) as refusal:
        channel.full_clean()

    assert refusal.value.message_dict == {"url": ["Enter a valid URL."]}


def test_the_database_refuses_an_address_without_https():
    with pytest.raises(IntegrityError, match="a_channel_address_starts_with_https"), transaction.atomic():
        ChannelFactory(url="http://discord.com/x")
