"""The newsletter of the demo: one issue that was sent, one that is approved and waits for the button."""

from __future__ import annotations

from datetime import datetime, timedelta

from members.models import Member
from newsletters import operations
from newsletters.delivery.audience import EVERYONE
from newsletters.models import Delivery, Issue, Subscription

BATCH = 2000
SENT = """
Forty people came together, four questions were on the table, and one charter came out of it.

## What we decided

The committee has seven seats and two groups that change half a year apart. The
[charter](/governance/documents/charter/) says how anybody can change it.

## What you can do this week

- Read the first concept: [AI foundations](/modules/ai-foundations/), about nine minutes.
- Do the lab that follows it. It needs no code, only a use case of your own.
- Tell us where a step was unclear. A small fix counts as much as a whole lab.

## Thanks

To everybody who tried a lab before it was ready, and said so kindly.
"""
READY = """
Nine members wrote ten secrets into a letter and let a small script look for them. The median found eight. Nobody was
surprised by the number; everybody was surprised by which two were missed.

## Try it yourself

The lab [Find and remove secrets before text reaches a model](/labs/redact-before-send/) takes forty minutes and nothing
leaves your machine. Write down your number before you improve a rule.

## Coming up

- [Welcome webinar](/events/welcome-webinar/): a live demo, a guest from a railway operator, ten minutes of questions.
- [Small workshop](/events/small-workshop/): three people, one table, your own text. There is a waiting list.

## A question that is open

How do you tell a reviewer which lines a model wrote? Answer in your community; the best practice goes into the module.

## From the committee

One seat is vacant. If you would like to listen first, the [next meeting](/events/committee-meeting-next/) is open.
"""


def make_letters(people: list[Member], *, now: datetime) -> None:
    """Four in five members get the newsletter; the sent issue went to those who were here then."""
    bart = people[0]
    readers = [one for n, one in enumerate(people) if n < 6 or n % 5]
    Subscription.objects.bulk_create(
        (
            Subscription(email=one.email, member=one, status="active", source="sign-up", confirmed_at=one.joined_at)
            for one in readers
        ),
        batch_size=BATCH,
    )
    _sent(bart, now - timedelta(days=40))
    ready = Issue.objects.create(
        number=2, slug="first-issue", subject="What ten planted secrets taught us", body=READY.strip(),
        preheader="Eight of ten were found. The two others are worth reading about.",
        audience=EVERYONE, created_by=bart, created_at=now,
    )  # fmt: skip
    operations.approve(ready, by=bart, now=now)


def _sent(bart: Member, at: datetime) -> None:
    issue = Issue.objects.create(
        number=1, slug="how-it-began", subject="How it began", body=SENT.strip(),
        preheader="Four questions, one charter.", audience=EVERYONE, created_by=bart, created_at=at,
    )  # fmt: skip
    operations.approve(issue, by=bart, now=at)
    Delivery.objects.filter(issue=issue).update(state=Delivery.State.SENT, changed_at=at, tries=1)
    Issue.objects.filter(pk=issue.pk).update(status=Issue.Status.SENT, sent_at=at)
