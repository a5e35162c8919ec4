from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from newsletters import operations
from newsletters.models import Issue, Subscription
from tests.factories.members import MemberFactory


class SubscriptionFactory(DjangoModelFactory):
    """Somebody who gets the newsletter."""

    class Meta:
        model = Subscription

    email = factory.Sequence(lambda number: f"reader-{number}@example.org")
    status = Subscription.Status.ACTIVE
    confirmed_at = factory.LazyFunction(timezone.now)


class IssueFactory(DjangoModelFactory):
    """A complete draft for everyone."""

    class Meta:
        model = Issue

    number = factory.Sequence(lambda number: number + 1)
    slug = factory.LazyAttribute(lambda issue: f"issue-{issue.number}")
    subject = "What ten questions taught us"
    body = "Nobody was surprised.\n\n## From the committee\n\nTwo decisions, see [the lab](/labs/)."
    audience = {"everyone": True}


def issue_in_sending(**fields: Any) -> Issue:
    """An issue approved for everybody who is subscribed now, with its workers allowed to begin."""
    issue = IssueFactory(**fields)
    operations.approve(issue, by=MemberFactory())
    operations.start(issue)
    issue.refresh_from_db()
    return issue


def sent_issue(**fields: Any) -> Issue:
    """An issue that everybody may read."""
    issue = issue_in_sending(**fields)
    Issue.objects.filter(pk=issue.pk).update(status=Issue.Status.SENT, sent_at=fields.get("sent_at") or timezone.now())
    issue.refresh_from_db()
    return issue
