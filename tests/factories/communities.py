from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from communities.models import (
    Boundary,
    Channel,
    Charter,
    Community,
    Criterion,
    JoinRequest,
    Membership,
    Motion,
)
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


class BoundaryFactory(DjangoModelFactory):
    class Meta:
        model = Boundary

    community = factory.SubFactory(CommunityFactory)


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    boundary = factory.SubFactory(BoundaryFactory)
    kind = "module"
    value = "ai-foundations"


class CharterFactory(DjangoModelFactory):
    class Meta:
        model = Charter

    community = factory.SubFactory(CommunityFactory)


class JoinRequestFactory(DjangoModelFactory):
    class Meta:
        model = JoinRequest

    community = factory.SubFactory(CommunityFactory)
    member = factory.SubFactory(MemberFactory)


class MotionFactory(DjangoModelFactory):
    """An open vote on a higher quorum; those who joined before the last day may vote."""

    class Meta:
        model = Motion

    community = factory.SubFactory(CommunityFactory)
    kind = "charter"
    title = "Change of the charter: quorum"
    reason = "More of us should take part"
    changes = factory.LazyFunction(lambda: {"quorum_percent": {"from": 20, "to": 50}})
    by = factory.SubFactory(MemberFactory)
    opened_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=6))
