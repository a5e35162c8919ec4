from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from members import audience, places
from members.names import RESERVED, free_handle, handle_shape, initials, is_seen, not_in_names


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> MemberQuerySet:
        return self.filter(is_active=True)

    def visible_to(self, viewer: Any) -> MemberQuerySet:
        """Those who opted into the directory, to signed-in members only, and everybody to themselves."""
        if not viewer.is_authenticated:
            return self.none()
        return self.active().filter(Q(in_directory=True) | Q(pk=viewer.pk))

    def with_page_for(self, viewer: Any) -> MemberQuerySet:
        """Those whose page the viewer may open; to visitors only members who said that everybody may.

        Who is not in the directory has a page for nobody else."""
        if viewer.is_authenticated:
            return self.visible_to(viewer)
        return self.active().filter(in_directory=True, audiences__page=audience.PUBLIC)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, email: str | None) -> Member:
        found: Member = self.get(email__iexact=email)
        return found

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Member:
        member: Member = self.model(email=email.strip().lower(), **fields)
        if not member.handle:
            member.handle = free_handle(member.name, lambda handle: self.filter(handle=handle).exists())
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Member:
        return self.create_user(
            email, password, **{"name": "Organizer", "is_staff": True, "is_superuser": True} | fields
        )


class Persona(models.Model):
    """A typical member with background, goals and barriers; it changes suggestions, never rights."""

    slug = models.SlugField(unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    background = models.JSONField(default=list)
    goals = models.JSONField(default=list)
    barriers = models.JSONField(default=list, blank=True)
    role_text = models.CharField(max_length=300)
    value = models.CharField(max_length=300)
    reading_mode = models.CharField(max_length=20)
    exposure_ceiling = models.CharField(max_length=20)
    community = models.SlugField(help_text="The community that suits this persona first.")
    modules = models.JSONField(default=list)
    first_event = models.CharField(max_length=40)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("home:persona", args=[self.slug])


class Member(AbstractBaseUser, PermissionsMixin):
    """A person of the community, and the account they sign in with.

    Who has left stays as a row without a personal word in it, so that the ledger's rows point to somebody."""

    class Function(models.TextChoices):
        OPERATIONS = "operations", "Operations and reliability"
        PLATFORM = "platform", "Platform and infrastructure"
        DEVELOPMENT = "development", "Software development"
        DATA = "data", "Data and machine learning"
        SECURITY = "security", "Security and privacy"
        ARCHITECTURE = "architecture", "Architecture"
        ADVICE = "advice", "Advice and strategy"
        MANAGEMENT = "management", "Leading teams"
        RESEARCH = "research", "Research and teaching"
        FOUNDING = "founding", "Founding and product"
        OTHER = "other", "Something else"

    class Sector(models.TextChoices):
        INDUSTRY = "industry", "Industry"
        ACADEMIA = "academia", "Academia"
        PUBLIC = "public", "Public service"
        STARTUP = "startup", "Startup"
        NON_PROFIT = "non-profit", "Non-profit"

    email = models.EmailField("e-mail address")
    handle = models.CharField(max_length=30, validators=[handle_shape], help_text="Your address on this site.")
    name = models.CharField(max_length=80, validators=[not_in_names], help_text="As you want others to see it.")
    headline = models.CharField(max_length=120, blank=True, help_text="One line on what you do.")
    biography = models.TextField(max_length=4000, blank=True)
    town = models.CharField(max_length=80, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    can_help_with = models.CharField(max_length=300, blank=True)
    looks_for = models.CharField(max_length=300, blank=True)
    hello = models.CharField(max_length=300, blank=True, help_text="The sentence with which they said hello.")
    quote = models.CharField(
        max_length=240, blank=True, help_text="A sentence on the community that may stand on the public home page."
    )
    quote_on_home = models.BooleanField(default=False, help_text="Show the quote, with the name, to everybody.")
    pronouns = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="Two letters of ISO 3166.")
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    unit = models.CharField(max_length=120, blank=True, help_text="Part of the organisation, as a team or department.")
    function = models.CharField(max_length=20, choices=Function, blank=True)
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    tools = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    workflows = models.TextField(max_length=600, blank=True)
    challenges = models.TextField(max_length=600, blank=True)
    motivations = models.TextField(max_length=600, blank=True)
    goals = models.TextField(max_length=600, blank=True)
    hours_per_week = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Hours a week for the community, 0 to 40."
    )
    open_to_mentor = models.BooleanField(default=False)
    open_to_pairing = models.BooleanField(default=False)
    open_to_buddy = models.BooleanField(default=False, help_text="Would look after a newcomer for a few weeks.")
    audiences = models.JSONField(
        default=dict, blank=True, help_text="Field to who sees it: public, members or me. Missing: as usual."
    )
    paused_until = models.DateField(null=True, blank=True, help_text="Until then nobody is asked for anything.")
    erased_at = models.DateTimeField(null=True, blank=True)
    picture_version = models.CharField(max_length=16, blank=True, help_text="Which picture there is; empty: none.")
    time_zone = models.CharField(max_length=60, default="Europe/Amsterdam")
    persona = models.ForeignKey(Persona, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    in_directory = models.BooleanField(default=False, help_text="Other members find me in the directory.")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("organizer", default=False, help_text="May sign in to the admin.")
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = MemberManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="one_member_per_email_in_any_case",
                violation_error_message="There is an account with this address already.",
            ),
            models.UniqueConstraint(
                Lower("handle"), name="one_member_per_handle_in_any_case",
                violation_error_message="This handle is taken. Choose another one.",
            ),
        ]  # fmt: skip
        constraints += [
            models.CheckConstraint(
                condition=Q(hours_per_week__isnull=True) | Q(hours_per_week__lte=40),
                name="hours_for_the_community_fit_into_a_week",
                violation_error_message="Write a number of hours from 0 to 40.",
            ),
        ]
        indexes = [models.Index(fields=["joined_at"], name="members_by_joining")]

    def __str__(self) -> str:
        return "Former member" if self.erased_at else self.name or self.handle

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Also the rules that a migration cannot carry, because they need the project's own code."""
        faults: dict[str, Any] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            faults = error.update_error_dict({})
        skipped = {*(exclude or ()), *faults}
        if "name" not in skipped and not is_seen(self.name):
            faults["name"] = "Write a name that others can see."
        if "handle" not in skipped and self.handle in RESERVED:
            faults["handle"] = "This handle is kept for the site itself. Choose another one."
        if "time_zone" not in skipped and self.time_zone not in places.zones():
            faults["time_zone"] = f"“{self.time_zone}” is not a time zone; write one such as Europe/Lisbon."
        if faults:
            raise ValidationError(faults)

    def get_absolute_url(self) -> str:
        return reverse("members:profile", args=[self.handle])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def first_name(self) -> str:
        return "Former member" if self.erased_at else next(iter((self.name or self.handle).split()), "")

    @property
    def initials(self) -> str:
        return "" if self.erased_at else initials(self.name) or initials(self.handle)

    @property
    def has_public_page(self) -> bool:
        """Whether everybody may open the page, signed in or not."""
        return self.is_active and self.in_directory and audience.audience_of(self, "page") == audience.PUBLIC

    def shown(self, field: str, viewer: Any) -> Any:
        """The field's value where the viewer may see it, else nothing."""
        return getattr(self, field) if audience.may_see(self, field, viewer) else ""

    def picture_for(self, viewer: Any) -> str:
        """The address of the picture, where there is one that the viewer may see; costs no query."""
        if not self.picture_version or not audience.may_see_picture(self, viewer):
            return ""
        return f"{reverse('members:picture', args=[self.handle])}?v={self.picture_version}"


class MemberLink(models.Model):
    """A page elsewhere that a member wants others to know."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="links")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=60)
    url = models.URLField("address", max_length=300)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "url"], name="each_link_of_a_member_once"),
            models.CheckConstraint(
                condition=Q(url__startswith="https://"), name="a_link_of_a_member_starts_with_https",
                violation_error_message="The address must start with https://.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Avatar(models.Model):
    """A member's picture, made anew from what was uploaded: square, small, without any data about camera or place."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="picture")
    image = models.BinaryField(help_text="WebP, 256 by 256 pixels.")
    etag = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"picture of {self.member}"


class ConductVersion(models.Model):
    """A version of the code of conduct that members must accept; the latest one counts. Announced by governance."""

    version = models.CharField(max_length=20, unique=True)
    in_force_at = models.DateTimeField(default=timezone.now)

    class Meta:
        get_latest_by = "in_force_at"

    def __str__(self) -> str:
        return self.version


class ConductAcceptance(models.Model):
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="acceptances")
    version = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "version"], name="each_conduct_version_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} accepted {self.version}"
