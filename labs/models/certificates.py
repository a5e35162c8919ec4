from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from labs.models.paths import Path
from modules.models import Module


class CertificateCriteria(models.Model):
    """What a certificate asks for, in one version; a change makes a new version, so that issued ones stay true."""

    module = models.ForeignKey(
        Module, null=True, blank=True, on_delete=models.PROTECT, related_name="certificate_criteria"
    )
    path = models.ForeignKey(
        "labs.Path", null=True, blank=True, on_delete=models.PROTECT, related_name="certificate_criteria"
    )
    version = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(max_length=2000, help_text="What somebody has shown, in two or three sentences.")
    accepted_submissions = models.PositiveSmallIntegerField(
        default=1, help_text="Submissions that a reviewer has accepted, of labs of this module or path."
    )
    months = models.PositiveSmallIntegerField(default=24, help_text="Months for which a certificate is valid.")
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "certificate criteria"
        constraints = [
            models.CheckConstraint(
                condition=Q(module__isnull=False, path=None) | Q(module=None, path__isnull=False),
                name="criteria_are_for_a_module_or_a_path",
            ),
            models.UniqueConstraint(fields=["module", "version"], name="versions_of_criteria_of_a_module_differ"),
            models.UniqueConstraint(fields=["path", "version"], name="versions_of_criteria_of_a_path_differ"),
            models.UniqueConstraint(
                fields=["module"], condition=Q(ended_at=None), name="a_module_has_one_version_of_criteria_in_force"
            ),
            models.UniqueConstraint(
                fields=["path"], condition=Q(ended_at=None), name="a_path_has_one_version_of_criteria_in_force"
            ),
            models.CheckConstraint(condition=Q(months__gte=1), name="a_certificate_is_valid_for_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("certificates:criteria", args=[self.pk])

    @property
    def subject(self) -> Module | Path:
        """The module or the path."""
        found = self.module or self.path
        assert found is not None, "criteria_are_for_a_module_or_a_path"  # noqa: S101
        return found

    @property
    def kind(self) -> str:
        return "module" if self.module_id else "path"


class StatusNumber(models.Model):
    """A place in the public list of revoked certificates; revoked stays revoked when the certificate is gone."""

    revoked = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(revoked=True), name="revoked_status_numbers")]

    def __str__(self) -> str:
        return str(self.pk)


class Certificate(models.Model):
    """That somebody finished a module or a path with reviewed work, for everybody who has its address.

    Name and title are those of the day; a new name comes in only when its owner asks."""

    code = models.CharField(max_length=32, unique=True, help_text="128 random bits.")
    criteria = models.ForeignKey(CertificateCriteria, on_delete=models.PROTECT, related_name="certificates")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="certificates")
    name = models.CharField(max_length=80, help_text="As printed.")
    title = models.CharField(max_length=160)
    evidence = models.JSONField(default=list, help_text="What it rests on: title, address, date of each.")
    endorsement = models.JSONField(
        default=dict, blank=True, help_text="Which review stands behind it: its number, the lab and the date, no name."
    )
    number = models.PositiveIntegerField(unique=True, help_text="Its place in the list of revoked ones.")
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    renewed_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="renewed_by"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="certificates_revoked"
    )
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(revoked_at=None) | ~Q(reason=""), name="a_revoked_certificate_says_why"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("issued_at")), name="a_certificate_expires_after_it_was_issued"
            ),
            models.UniqueConstraint(
                fields=["member", "criteria"], condition=Q(renewed_from=None), name="criteria_are_certified_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("certificates:detail", args=[self.code])

    @property
    def state(self) -> str:
        """`revoked`, `expired` or `valid`, as of now."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at <= timezone.now() else "valid"


class IssuerKey(models.Model):
    """A key pair with which credentials are signed; retired ones stay served, so that old signatures can be checked."""

    kid = models.CharField(max_length=64, unique=True)
    public = models.JSONField(help_text="The public key as a JWK.")
    sealed = models.TextField(help_text="The private key, sealed with the site’s secret; empty after destruction.")
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="When it stopped being served, because somebody else may have had it."
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(retired_at=None), name="one_key_signs_at_a_time"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(retired_at__isnull=False), name="a_withdrawn_key_signs_no_more"
            ),
        ]

    def __str__(self) -> str:
        return self.kid
