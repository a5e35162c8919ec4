from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

LONGEST_CONTENT = 200_000  # characters of one revision


class Text(models.Model):
    """A text with versions: an article, a lab, a practice. Readers see it where its own app shows it."""

    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=160, help_text="Names the text within its kind for good.")
    title = models.CharField(max_length=160)
    address = models.CharField(max_length=300, blank=True, help_text="Where readers see it; empty before that.")
    topic = models.CharField(max_length=50, blank=True, help_text="Its stewards decide on changes.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="texts_owned"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "title", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="a_text_has_one_row_of_its_kind")]

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """One wording of a text: a draft, a proposal, or a version that was accepted and has its number."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PROPOSED = "proposed", "Waiting for a decision"
        CHANGES_ASKED = "changes-asked", "Changes asked"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Change(models.TextChoices):
        MINOR = "minor", "Minor: words, links, layout"
        SUBSTANTIVE = "substantive", "Substantive: it says something else"
        CONTEXT = "context-added", "Context added: an example, a limit, a source"

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="Of accepted ones, from 1.")
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="built_on_it")
    restores = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="restored_by")
    content = models.TextField(max_length=LONGEST_CONTENT)
    section = models.CharField(max_length=120, blank=True, help_text="The one section that it changes.")
    note = models.CharField("what changes and why", max_length=300, blank=True)
    change = models.CharField("kind of change", max_length=20, choices=Change, default=Change.MINOR)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="revisions"
    )
    author_name = models.CharField(max_length=80, blank=True, help_text="For authors who are no members.")
    is_shared = models.BooleanField(default=False, help_text="Every member who has its address may read the draft.")
    edition = models.PositiveIntegerField(default=1, help_text="Counts the savings of a draft.")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="revisions_decided"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="versions_of_a_text_have_different_numbers"),
            models.CheckConstraint(
                condition=Q(status="accepted", number__isnull=False) | ~Q(status="accepted") & Q(number=None),
                name="accepted_versions_and_only_they_have_a_number",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(author=None) | ~Q(decided_by=F("author")),
                name="nobody_decides_on_their_own_change",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | ~Q(note=""), name="a_change_says_what_it_is"
            ),
        ]
        indexes = [models.Index(fields=["status", "proposed_at"], name="what_waits_for_a_decision")]

    def __str__(self) -> str:
        return f"{self.text} {self.number or self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("editorial:revision", args=[self.pk])

    @property
    def by(self) -> str:
        return self.author.name if self.author else self.author_name


class Decision(models.Model):
    """What happened to a proposal: asked for changes, accepted, refused, withdrawn; with the reason."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", "proposed it"
        CHANGES_ASKED = "changes-asked", "asked for changes"
        ACCEPTED = "accepted", "accepted it"
        REFUSED = "refused", "refused it"
        WITHDRAWN = "withdrawn", "took it back"
        WAIVED = "waived", "waived open comments"
        LOOKED = "looked", "looked and found it still true"

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=20, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="text_decisions"
    )
    reason = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["changes-asked", "refused", "waived"]) | ~Q(reason=""),
                name="refusing_and_asking_for_changes_have_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.kind}"


class CoAuthor(models.Model):
    """Somebody who was invited to write a draft together with its author; their first saving is the acceptance."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="co_authors")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="co_authorships")
    at = models.DateTimeField(default=timezone.now)
    wrote_at = models.DateTimeField(null=True, blank=True, help_text="Their first saving.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "member"], name="a_co_author_stands_once")]

    def __str__(self) -> str:
        return f"{self.member} on {self.revision_id}"


class SectionComment(models.Model):
    """A remark on a section of a draft or proposal; while it is open it stops the acceptance, unless waived."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(max_length=120, blank=True, help_text="Empty: on the whole text.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="section_comments")
    body = models.TextField(max_length=4000)
    html = models.TextField(editable=False, blank=True)
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments_closed"
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.author} on {self.revision_id}"


class KeptText(models.Model):
    """What somebody wrote into a section while another saved it first; nothing of it is lost."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="kept_texts")
    section = models.CharField(max_length=120, blank=True)
    content = models.TextField(max_length=LONGEST_CONTENT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_texts")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.author} on {self.revision_id}"


class TextLink(models.Model):
    """How a text came from another, or which one took its place."""

    class Kind(models.TextChoices):
        ADAPTED_FROM = "adapted-from", "adapted from"
        SUPERSEDED_BY = "superseded-by", "superseded by"

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=20, choices=Kind)
    other = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="linked_from")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["text", "kind", "other"], name="texts_are_linked_once"),
            models.CheckConstraint(condition=~Q(text=F("other")), name="no_text_leads_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.kind} {self.other}"
