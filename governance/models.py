from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

TIME_IN_OFFICE = Func(
    F("starts"), Coalesce(F("ended_early_at"), F("ends")), Value("[)"),
    function="daterange", output_field=DateRangeField(),
)  # fmt: skip


class Committee(models.Model):
    """A group that decides, with the rules for its seats; they are settings of the charter, not of the code."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    remit = models.CharField(max_length=500, help_text="What the committee decides, and what it leaves to others.")
    seats = models.PositiveSmallIntegerField("number of seats", default=7, validators=[MinValueValidator(1)])
    term_months = models.PositiveSmallIntegerField(
        "length of a term in months", default=12, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    rotation_groups = models.PositiveSmallIntegerField(
        "rotation groups", default=2, validators=[MinValueValidator(1)], help_text="They are renewed one after another."
    )
    max_consecutive = models.PositiveSmallIntegerField(
        "terms in a row, at most", default=2, validators=[MinValueValidator(1)],
        help_text="After that a pause of one whole term.",
    )  # fmt: skip
    per_organisation = models.PositiveSmallIntegerField(
        "seats of one organisation, at most", default=2, validators=[MinValueValidator(1)]
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """One place in a committee with its own task; people come and go, the seat stays."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="seat_list")
    slug = models.SlugField()
    group = models.PositiveSmallIntegerField("rotation group", default=1, validators=[MinValueValidator(1)])
    title = models.CharField(max_length=80)
    remit = models.CharField(max_length=300)

    class Meta:
        ordering = ["committee", "group", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "slug"], name="seats_of_a_committee_differ",
                violation_error_message="This committee has a seat with this slug already.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.committee_id and self.group and self.group > self.committee.rotation_groups:
            groups = self.committee.rotation_groups
            raise ValidationError({"group": f"The committee has {groups} rotation groups. Choose 1 to {groups}."})


class Term(models.Model):
    """The time for which somebody holds a seat: from the day it starts up to the day it ends, that day not included."""

    class How(models.TextChoices):
        ELECTED = "elected", "elected"
        APPOINTED = "appointed", "appointed"
        EX_OFFICIO = "ex-officio", "by office"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="terms")
    starts = models.DateField()
    ends = models.DateField(help_text="The day on which the next holder can start.")
    how = models.CharField("came in", max_length=10, choices=How, default=How.APPOINTED)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="appointments_made"
    )
    override_reason = models.CharField(
        max_length=300, blank=True, help_text="Only where a rule is set aside: why, for everybody to read."
    )
    ended_early_at = models.DateField("ended early on", null=True, blank=True)
    reason = models.CharField("why it ended early", max_length=300, blank=True)

    class Meta:
        ordering = ["-starts", "seat"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="a_term_ends_after_it_starts",
                violation_error_message="A term ends after it starts. Choose a later end.",
            ),
            models.CheckConstraint(
                condition=Q(ended_early_at=None) | Q(ended_early_at__gte=F("starts"), ended_early_at__lt=F("ends")),
                name="a_term_cut_short_ends_within_itself",
                violation_error_message="The early end lies between the start and the end of the term.",
            ),
            models.CheckConstraint(
                condition=Q(ended_early_at=None) | ~Q(reason=""), name="a_term_cut_short_has_a_reason",
                violation_error_message="Write why the term ended early.",
            ),
            ExclusionConstraint(
                name="one_holder_per_seat_at_a_time",
                expressions=[(F("seat"), RangeOperators.EQUAL), (TIME_IN_OFFICE, RangeOperators.OVERLAPS)],
                violation_error_message="Somebody holds this seat in that time.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.seat}: {self.holder}, {self.starts:%-d %B %Y} to {self.last:%-d %B %Y}"

    @property
    def last(self) -> date:
        """The day on which it ended or will end."""
        return self.ended_early_at or self.ends

    def runs_on(self, day: date) -> bool:
        return self.starts <= day < self.last


class GoverningDocument(models.Model):
    """A text that binds everybody; what it says stands in its versions."""

    class Kind(models.TextChoices):
        CONDUCT = "conduct", "code of conduct"
        CHARTER = "charter", "charter"
        POLICY = "policy", "policy"

    slug = models.SlugField(unique=True, help_text="Its address on this site; keep it once it is known.")
    title = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0, help_text="Small numbers stand first.")
    kind = models.CharField(max_length=10, choices=Kind)
    summary = models.CharField(max_length=300, help_text="What it says, in one sentence.")

    class Meta:
        ordering = ["order", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind="conduct"), name="there_is_one_code_of_conduct",
                violation_error_message="There is a code of conduct already; write a new version of it.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:document", args=[self.slug])


class DocumentVersion(models.Model):
    """One version of a document. Once in force its text never changes: a database trigger refuses it."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        IN_FORCE = "in-force", "in force"
        SUPERSEDED = "superseded", "superseded"

    document = models.ForeignKey(GoverningDocument, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=20, help_text="For instance 1.1.")
    body = models.TextField("text", max_length=100_000, help_text="In Markdown.")
    html = models.TextField(editable=False)
    contents = models.JSONField(default=list, editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    in_force_at = models.DateTimeField("in force since", null=True, blank=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    put_in_force_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    review_by = models.DateField(null=True, blank=True, help_text="When it is looked at again, at the latest.")
    note = models.CharField(max_length=300, blank=True, help_text="What changed against the version before.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["document", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "version"], name="versions_of_a_document_differ",
                violation_error_message="There is a version with this number already. Choose the next one.",
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(status="in-force"), name="one_version_in_force_per_document",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", in_force_at=None) | (~Q(status="draft") & Q(in_force_at__isnull=False)),
                name="only_drafts_have_no_date_in_force",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document} {self.version}"

    def get_absolute_url(self) -> str:
        return f"{self.document.get_absolute_url()}?version={self.version}"

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT
