from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.models.ledger import Activity, Verb


class Kudos(models.Model):
    """Thanks from one member to another, with the reason."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kudos_given")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kudos")
    reason = models.CharField(max_length=300)
    object_kind = models.CharField(max_length=40, blank=True)
    object_key = models.CharField(max_length=120, blank=True)
    object_title = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "kudos"
        constraints = [
            models.UniqueConstraint(
                fields=["by", "to", "object_kind", "object_key"], name="thanks_for_one_thing_once",
                violation_error_message="You have thanked for this already.",
            ),
            models.CheckConstraint(condition=~Q(by=F("to")), name="nobody_thanks_themselves"),
            models.CheckConstraint(condition=~Q(reason=""), name="thanks_have_a_reason"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["by", "at"], name="kudos_of_a_week")]

    def __str__(self) -> str:
        return f"{self.by} thanks {self.to}"


class BadgeRule(models.Model):
    """A badge and the condition for it, read from the ledger."""

    class Measure(models.TextChoices):
        ACTS = "acts", "number of acts"
        PEOPLE = "people", "number of different people helped"
        COMMUNITIES = "communities", "number of different communities"
        ORGANISATIONS = "organisations", "number of different organisations of those helped"

    slug = models.SlugField(primary_key=True)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=200, help_text="What it is given for.")
    glyph = models.CharField(max_length=10, default="ai")
    measure = models.CharField(max_length=15, choices=Measure)
    verbs = models.ManyToManyField(Verb)
    at_least = models.PositiveIntegerField()
    within_days = models.PositiveIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.CheckConstraint(condition=Q(at_least__gte=1), name="a_badge_asks_for_something")]

    def __str__(self) -> str:
        return self.title


class BadgeAward(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="badges")
    badge = models.ForeignKey(BadgeRule, on_delete=models.PROTECT, related_name="awards")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    is_hidden = models.BooleanField(default=False, help_text="Its owner does not want it seen.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "badge"], name="each_badge_is_awarded_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.badge_id}"


class Spotlight(models.Model):
    """The person of a month: who helped the most different people and was not picked in twelve months."""

    month = models.DateField(unique=True, help_text="Its first day.")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="spotlights")
    people = models.PositiveIntegerField(help_text="Different people helped in that month.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.member}"


class Claim(models.Model):
    """Work done elsewhere that counts when another member who was there, or an organizer, confirms it."""

    class State(models.TextChoices):
        OPEN = "open", "waiting"
        CONFIRMED = "confirmed", "confirmed"
        DECLINED = "declined", "not confirmed"
        WITHDRAWN = "withdrawn", "withdrawn"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    kind = models.CharField(max_length=40, help_text="What was done, in the words of members.claims.KINDS.")
    title = models.CharField(max_length=160)
    evidence = models.URLField("address of the evidence", max_length=300)
    text = models.CharField(max_length=600, blank=True)
    topic = models.CharField(max_length=50, blank=True)
    community = models.CharField(max_length=50, blank=True)
    happened_on = models.DateField()
    witness = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="claims_to_confirm",
        help_text="A member who was there.",
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="claims_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    act = models.OneToOneField(Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="claim")

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "evidence"], condition=~Q(state__in=["declined", "withdrawn"]),
                name="each_piece_of_evidence_is_claimed_once",
                violation_error_message="You have claimed this piece of work already.",
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("member")), name="nobody_confirms_their_own_claim"),
            models.CheckConstraint(condition=~Q(witness=F("member")), name="nobody_is_their_own_witness"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(act__isnull=False), name="a_confirmed_claim_has_its_act",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title
