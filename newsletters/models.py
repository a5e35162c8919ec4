from __future__ import annotations

import uuid
from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

RESERVED = frozenset(["subscribe", "unsubscribe", "confirm", "mine"])  # the app's own addresses
WORDS_PER_MINUTE = 200
OPENING_WORDS = 25


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> SubscriptionQuerySet:
        return self.filter(status=Subscription.Status.ACTIVE)

    def reaching(self, address: str) -> SubscriptionQuerySet:
        """Those whose mail arrives at this address, be it as the member's own or as the one given by a visitor."""
        return self.filter(Q(email__iexact=address) | Q(member__email__iexact=address))


class Subscription(models.Model):
    """One address that asked for the newsletter. A member's mail goes to the address of their account."""

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", "waiting for confirmation"
        ACTIVE = "active", "gets the newsletter"
        UNSUBSCRIBED = "unsubscribed", "unsubscribed"

    class Reason(models.TextChoices):
        OFTEN = "often", "It comes too often"
        NOT_USEFUL = "not-useful", "It is not useful for my work"
        NEVER_ASKED = "never-asked", "I did not ask for it"
        OTHER_WAY = "other-way", "I read it on the site"

    email = models.EmailField("e-mail address")
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="subscription"
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.UNCONFIRMED)
    source = models.CharField(max_length=30, default="site", help_text="Where the wish was said.")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False, help_text="What its signed links name.")
    leaving_reason = models.CharField(max_length=20, choices=Reason, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="one_subscription_per_email_in_any_case",
                violation_error_message="There is a subscription for this address already.",
            ),
            models.CheckConstraint(
                condition=~Q(status="active") | Q(confirmed_at__isnull=False),
                name="an_active_subscription_was_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(status="unsubscribed") | Q(unsubscribed_at__isnull=False),
                name="who_unsubscribed_has_a_date_of_it",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["created_at"], name="unconfirmed_by_age", condition=Q(status="unconfirmed")),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        return self.member.email if self.member else self.email

    @property
    def is_active(self) -> bool:
        return self.status == self.Status.ACTIVE


class Suppression(models.Model):
    """An address that gets no newsletter, whoever subscribes it."""

    class Reason(models.TextChoices):
        BOUNCE = "bounce", "its server says that it does not exist"
        COMPLAINT = "complaint", "its owner complained"
        ORGANIZER = "organizer", "an organizer decided it"

    email = models.EmailField("e-mail address")
    reason = models.CharField(max_length=10, choices=Reason, default=Reason.ORGANIZER)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "suppressed address"
        verbose_name_plural = "suppressed addresses"
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="each_address_is_suppressed_once",
                violation_error_message="This address is suppressed already.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.email


class IssueQuerySet(models.QuerySet["Issue"]):
    def published(self) -> IssueQuerySet:
        """What everybody may read: issues that have gone out, newest first."""
        return self.filter(sent_at__isnull=False).order_by("-sent_at", "-number")


class Issue(models.Model):
    """One newsletter. Approving freezes what it says and who gets it; only then can it be sent."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        APPROVED = "approved", "approved, not sent yet"
        SENDING = "sending", "being sent"
        PAUSED = "paused", "paused"
        SENT = "sent", "sent"

    number = models.PositiveIntegerField(unique=True)
    slug = models.SlugField(unique=True, help_text="Part of the address of its web page.")
    subject = models.CharField(max_length=120, blank=True, help_text="What the issue is about, in one line.")
    preheader = models.CharField(
        max_length=150, blank=True, help_text="The line that mailboxes show after the subject. May stay empty."
    )
    body = models.TextField(max_length=60_000, blank=True, help_text="Markdown. Begin with the most important thing.")
    audience = models.JSONField(default=dict, blank=True, help_text="Who gets it; decided in the form.")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="issues_written"
    )
    created_at = models.DateTimeField(default=timezone.now)

    frozen_subject = models.CharField(max_length=120, blank=True, editable=False)
    frozen_web = models.TextField(blank=True, editable=False, help_text="The body as cleaned HTML, for the web page.")
    frozen_html = models.TextField(blank=True, editable=False, help_text="The whole HTML part of the mail.")
    frozen_text = models.TextField(blank=True, editable=False, help_text="The text part of the mail.")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="issues_approved",
        editable=False,
    )  # fmt: skip
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject__regex=r"[\r\n]"), name="an_issue_subject_is_one_line",
                violation_error_message="Write the subject in one line.",
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | Q(approved_at__isnull=False) & ~Q(frozen_subject="") & ~Q(frozen_html="") & ~Q(frozen_text=""),
                name="an_approved_issue_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="a_sent_issue_has_a_date"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Issue {self.number}: {self.title}"

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        super().clean_fields(exclude=exclude)
        if "slug" not in (exclude or ()) and self.slug in RESERVED:
            raise ValidationError({"slug": f"“{self.slug}” is an address of the site itself. Choose another one."})

    def get_absolute_url(self) -> str:
        return reverse("newsletters:issue", args=[self.slug])

    @property
    def title(self) -> str:
        return self.frozen_subject or self.subject or "without a subject"

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def minutes(self) -> int:
        """How long reading takes, at 200 words a minute."""
        return max(1, round(len(strip_tags(self.frozen_web).split()) / WORDS_PER_MINUTE))

    @property
    def opening(self) -> str:
        """The first 25 words."""
        words = strip_tags(self.frozen_web.replace("</p>", " </p>").replace("</h2>", ": </h2>")).split()
        return " ".join(words[:OPENING_WORDS]) + ("…" if len(words) > OPENING_WORDS else "")


class Delivery(models.Model):
    """One issue for one address. The states of an issue's deliveries always add up to its audience."""

    class State(models.TextChoices):
        PENDING = "pending", "waiting"
        CLAIMED = "claimed", "in a worker's hand"
        SENDING = "sending", "being handed over"
        SENT = "sent", "sent"
        FAILED = "failed", "refused for good"
        SUPPRESSED = "suppressed", "address is suppressed"
        SKIPPED = "skipped", "unsubscribed meanwhile"
        UNCERTAIN = "uncertain", "uncertain, no answer came"

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    subscription = models.ForeignKey(
        Subscription, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    email = models.EmailField("e-mail address")
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.IntegerField(null=True, blank=True, help_text="The number of the worker that has or had it.")
    next_try_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint("issue", Lower("email"), name="one_delivery_per_issue_and_address"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["pending", "claimed", "sending", "sent", "failed", "suppressed", "skipped", "uncertain"]
                ),
                name="a_delivery_has_a_known_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["claimed", "sending"]) | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="a_delivery_in_hand_has_a_worker",
            ),
        ]
        indexes = [
            models.Index(
                fields=["issue", "next_try_at", "id"], name="deliveries_waiting", condition=Q(state="pending")
            ),
            models.Index(
                fields=["claimed_at"], name="deliveries_in_hand", condition=Q(state__in=["claimed", "sending"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.state}"
