import factory
from factory.django import DjangoModelFactory

from communities.models import Channel, Community, Membership
from tests.factories.members import MemberFactory


class CommunityFactory(DjangoModelFactory):
    class Meta:
        model = Community
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda number: f"community-{number}")
    kind = "target"
    name = factory.LazyAttribute(lambda community: community.slug.replace("-", " ").capitalize())
    why = "To learn from each other"
    brings = ["time", "questions"]
    success = "A problem fewer"
    description = "For people who like to share."


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    community = factory.SubFactory(CommunityFactory)
    member = factory.SubFactory(MemberFactory)


class ChannelFactory(DjangoModelFactory):
    class Meta:
        model = Channel

    slug = factory.Sequence(lambda number: f"channel-{number}")
    platform = "Discord"
    function = "Core community"
    why = "Live chat"
    audience = "Members"
    rules = "Be kind"
