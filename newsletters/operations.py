from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.tasks import wake_on_commit
from cop.site import outbox
from members.models import Member
from newsletters import emails, rules, tokens
from newsletters.delivery import audience, content
from newsletters.delivery.message import Template
from newsletters.models import Delivery, Issue, Subscription, Suppression
from newsletters.tasks import send_due

# Subscriptions


@transaction.atomic
def ask_for_it(email: str, *, source: str = "site", now: datetime | None = None) -> None:
    """A visitor asks for the newsletter; a mail with a link goes to the address, one an hour at most.

    Nothing in the answer tells whether the address was known. Whoever gets the newsletter already gets no mail.
    """
    now, address = now or timezone.now(), email.strip().lower()
    fresh = Subscription(email=address, source=source, created_at=now)
    if not Subscription.objects.reaching(address).exists():
        Subscription.objects.bulk_create([fresh], ignore_conflicts=True)
    known = (
        Subscription.objects.select_for_update(of=("self",))
        .reaching(address)
        .order_by(F("member").desc(nulls_last=True), "pk")[0]
    )
    if known.is_active:
        return
    Subscription.objects.filter(pk=known.pk, status=Subscription.Status.UNCONFIRMED).update(created_at=now)
    key = f"newsletter-confirm:{known.pk}:{now:%Y%m%d%H}"
    outbox.queue(emails.confirm(known), to=address, kind="newsletter-confirm", key=key)


@transaction.atomic
def confirm(key: uuid.UUID, *, now: datetime | None = None) -> Subscription:
    """The owner of the address says yes; repeating changes nothing. A bounce or complaint of before is forgotten."""
    found = Subscription.objects.select_for_update(of=("self",)).filter(key=key).first()
    if found is None:
        raise Refused("This link is too old. Ask for the newsletter once more and we send a new one.")
    if found.is_active:
        return found
    if found.member_id is None:
        same = Member.objects.active().filter(email__iexact=found.email, subscription=None)
        found.member = same.first()
    return _activate(found, now)


@transaction.atomic
def subscribe_member(
    member: Member, *, by: Member, source: str = "preferences", now: datetime | None = None
) -> Subscription:
    """A member gets the newsletter at the address of their account, which is confirmed already."""
    found = (
        Subscription.objects.select_for_update(of=("self",)).filter(member=member).first()
        or Subscription.objects.select_for_update(of=("self",)).filter(email__iexact=member.email, member=None).first()
    )
    if found is None:
        found = _new_for(member)
    if found.is_active and found.member_id == member.pk:
        return found
    found.member = member
    found.source = source if by == member else f"organizer:{by.pk}"
    return _activate(found, now)


def unsubscribe_member(member: Member, *, by: Member, now: datetime | None = None) -> int:
    return _stop(member.email, now)


def unsubscribe(key: uuid.UUID, *, now: datetime | None = None) -> int:
    """Stop the newsletter for this subscription's address, at once. Returns how many stopped; repeating gives 0."""
    found = Subscription.objects.select_related("member").filter(key=key).first()
    return _stop(found.address, now) if found else 0


@transaction.atomic
def resubscribe(key: uuid.UUID, *, now: datetime | None = None) -> Subscription:
    """Undo of unsubscribing, for an address that was confirmed before."""
    found = Subscription.objects.select_for_update(of=("self",)).filter(key=key, confirmed_at__isnull=False).first()
    if found is None:
        raise Refused("This subscription is gone. Ask for the newsletter once more.")
    return found if found.is_active else _activate(found, now)


def say_why(key: uuid.UUID, reason: str) -> None:
    """Keep the answer to the one question that we ask who left."""
    left = Subscription.objects.filter(key=key, status=Subscription.Status.UNSUBSCRIBED)
    if reason in Subscription.Reason.values:
        left.update(leaving_reason=reason)


def forget_unconfirmed(now: datetime | None = None) -> int:
    """Delete what nobody confirmed within 14 days; returns how many."""
    before = (now or timezone.now()) - timedelta(days=tokens.DAYS_TO_CONFIRM)
    return Subscription.objects.filter(status=Subscription.Status.UNCONFIRMED, created_at__lt=before).delete()[0]


def _new_for(member: Member) -> Subscription:
    Subscription.objects.bulk_create([Subscription(email=member.email.lower())], ignore_conflicts=True)
    return Subscription.objects.select_for_update(of=("self",)).get(email__iexact=member.email)


def _activate(found: Subscription, now: datetime | None) -> Subscription:
    found.status, found.confirmed_at = Subscription.Status.ACTIVE, now or timezone.now()
    found.unsubscribed_at, found.leaving_reason = None, ""
    found.save(update_fields=["member", "source", "status", "confirmed_at", "unsubscribed_at", "leaving_reason"])
    cured = Suppression.objects.exclude(reason=Suppression.Reason.ORGANIZER)
    cured.filter(email__iexact=found.address).delete()
    return found


def _stop(address: str, now: datetime | None) -> int:
    """All subscriptions whose mail arrives at this address stop, in one statement."""
    going = Subscription.objects.reaching(address).exclude(status=Subscription.Status.UNSUBSCRIBED)
    ids = going.values("pk")
    return Subscription.objects.filter(pk__in=ids).update(
        status=Subscription.Status.UNSUBSCRIBED, unsubscribed_at=now or timezone.now()
    )


# Issues


@transaction.atomic
def approve(issue: Issue, *, by: Member, now: datetime | None = None) -> int:
    """Freeze what the issue says and who gets it; nothing is sent yet. Returns the number of recipients.

    Refuses an issue without subject, text or recipient, one that is no draft, and, where the two-person rule is on,
    the author.
    """
    now, draft = now or timezone.now(), _locked(issue)
    if not draft.is_draft:
        raise Refused("This issue is approved already.", lost_race=True)
    if rules.needs_somebody_else(draft, by):
        raise Refused("Ask somebody else to approve this issue; its author cannot.")
    if missing := rules.faults(draft, audience.size(draft.audience)):
        raise Refused(" ".join(missing.values()))
    made = content.of(draft)
    Template(made)  # what cannot be written as a mail fails here, not in a worker
    Issue.objects.filter(pk=draft.pk).update(
        status=Issue.Status.APPROVED, approved_by=by, approved_at=now, frozen_subject=made.subject, frozen_web=made.web,
        frozen_html=made.html, frozen_text=made.text,
    )  # fmt: skip
    audience.freeze(draft, now)
    return Delivery.objects.filter(issue=draft, state=Delivery.State.PENDING).count()


@transaction.atomic
def withdraw(issue: Issue, *, by: Member) -> None:
    """Take an approval back as long as nothing has been sent; the issue is a draft again."""
    approved = _locked(issue)
    if approved.status != Issue.Status.APPROVED:
        raise Refused("Only an issue that is approved and not sent yet can become a draft again.", lost_race=True)
    approved.deliveries.all().delete()
    Issue.objects.filter(pk=approved.pk).update(
        status=Issue.Status.DRAFT, approved_by=None, approved_at=None, frozen_subject="", frozen_web="", frozen_html="",
        frozen_text="",
    )  # fmt: skip


def start(issue: Issue, *, by: Member | None = None) -> None:
    """Let workers send an approved issue."""
    _move(issue, [Issue.Status.APPROVED], "Only an approved issue can be sent.")


def pause(issue: Issue, *, by: Member) -> None:
    """Stop sending; what workers hold goes back within a few mails."""
    changed = Issue.objects.filter(pk=issue.pk, status=Issue.Status.SENDING).update(status=Issue.Status.PAUSED)
    if not changed:
        raise Refused("This issue is not being sent now.", lost_race=True)


def resume(issue: Issue, *, by: Member) -> None:
    _move(issue, [Issue.Status.PAUSED], "Only a paused issue can go on.")


@transaction.atomic
def send_again(delivery: Delivery, *, by: Member) -> None:
    """A person decides that an uncertain mail goes out once more; its Message-ID stays the same."""
    _decide(delivery, state=Delivery.State.PENDING, next_try_at=timezone.now(), tries=0, claimed_by=None)
    Issue.objects.filter(pk=delivery.issue_id, status=Issue.Status.SENT).update(status=Issue.Status.SENDING)
    wake_on_commit(send_due)


def treat_as_sent(delivery: Delivery, *, by: Member) -> None:
    """A person decides that an uncertain mail has arrived."""
    _decide(delivery, state=Delivery.State.SENT, claimed_by=None)


def send_test(issue: Issue, *, to: Member) -> None:
    """Mail the issue as it is now to one organizer."""
    outbox.queue(emails.test(issue), to=to.email, kind="newsletter-test", key=f"newsletter-test:{uuid.uuid4()}")


def _locked(issue: Issue) -> Issue:
    return Issue.objects.select_for_update().get(pk=issue.pk)


@transaction.atomic
def _move(issue: Issue, before: list[Issue.Status], otherwise: str) -> None:
    if not Issue.objects.filter(pk=issue.pk, status__in=before).update(status=Issue.Status.SENDING):
        raise Refused(otherwise, lost_race=True)
    wake_on_commit(send_due)


def _decide(delivery: Delivery, **values: object) -> None:
    uncertain = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.UNCERTAIN)
    if not uncertain.update(changed_at=timezone.now(), **values):
        raise Refused("Only an uncertain mail needs a decision.", lost_race=True)
