from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from communities.models import DutyTurn, FirstPost, FoundingStep, LaunchStep, Petition, RecruitmentCampaign, Signature
from tests.factories.communities import CommunityFactory
from tests.factories.members import MemberFactory


class PetitionFactory(DjangoModelFactory):
    """An open petition without signatures, for two weeks more."""

    class Meta:
        model = Petition

    slug = factory.Sequence(lambda number: f"petition-{number}")
    name = factory.LazyAttribute(lambda petition: petition.slug.replace("-", " ").capitalize())
    kind = "interest-group"
    purpose = "For people who run small models at home. We compare what runs."
    by = factory.SubFactory(MemberFactory)
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class SignatureFactory(DjangoModelFactory):
    class Meta:
        model = Signature

    petition = factory.SubFactory(PetitionFactory)
    member = factory.SubFactory(MemberFactory)


class LaunchStepFactory(DjangoModelFactory):
    class Meta:
        model = LaunchStep

    community = factory.SubFactory(CommunityFactory, kind="interest-group", stage="forming")
    key = factory.Sequence(lambda number: f"step-{number}")
    title = factory.LazyAttribute(lambda step: step.key.replace("-", " ").capitalize())


class FirstPostFactory(DjangoModelFactory):
    class Meta:
        model = FirstPost

    community = factory.SubFactory(CommunityFactory)
    member = factory.SubFactory(MemberFactory)
    text = "Where do I begin?"


class DutyTurnFactory(DjangoModelFactory):
    class Meta:
        model = DutyTurn

    community = factory.SubFactory(CommunityFactory)
    member = factory.SubFactory(MemberFactory)


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = RecruitmentCampaign

    community = factory.SubFactory(CommunityFactory)
    title = "People who know security"
    sentence = "We build platforms and need somebody who breaks them."


class FoundingStepFactory(DjangoModelFactory):
    class Meta:
        model = FoundingStep

    slug = factory.Sequence(lambda number: f"step-{number}")
    order = factory.Sequence(lambda number: number)
    title = factory.LazyAttribute(lambda step: step.slug.replace("-", " ").capitalize())
    text = "Together, in one meeting."
