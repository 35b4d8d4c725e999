"""The person."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from lms.members.names import NameKeyField, initials


class MemberManager(BaseUserManager["Member"]):
    """Makes people. Nobody is made a superuser: rights follow from terms and appointments."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(public_id=username)  # type: ignore[misc]


class Member(AbstractBaseUser, PermissionsMixin):
    """One person, through all states: sympathiser, member, officer, former.

    Personal data: yes, and that the row exists reveals a political opinion (GDPR art. 9).
    The person, the account and the membership are three things. The e-mail here is where
    letters go; couples share one and many have none, so it is not unique. The address one
    signs in with is the account's verified address. ``public_id`` is what leaves the house.
    """

    class Gender(models.TextChoices):
        WOMAN = "woman"
        MAN = "man"
        OTHER = "other"

    USERNAME_FIELD = "public_id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    member_number = models.CharField(max_length=32, null=True, blank=True, unique=True)
    name = models.CharField(max_length=200, blank=True)
    name_key = NameKeyField(db_index=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nb")
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="four digits; never the day")
    gender = models.CharField(max_length=5, choices=Gender, blank=True)
    postal_code = models.CharField(max_length=4, blank=True, help_text="where a person goes when a unit is split")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MemberManager()

    class Meta:
        ordering = ["name_key", "id"]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"

    @property
    def initials(self) -> str:
        """One or two letters that stand for the person."""
        return initials(self.name)

    @property
    def first_name(self) -> str:
        """What one is greeted by."""
        return self.name.split()[0] if self.name else ""

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.first_name


class Leaving(models.Model):
    """That a person left: locked at once, erased on ``erase_on`` unless they chose to keep their course history.

    Personal data: yes, political opinion (GDPR art. 9). One open row per person; coming back
    closes it (``cancelled_at``). Rule: who leaves is erased at once, kept only by active consent
    (Datatilsynet, "Medlemskap i foreninger og partier").
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="leavings")
    left_on = models.DateField()
    erase_on = models.DateField(help_text="within seven days of leaving")
    keeps_history = models.BooleanField(default=False, help_text="the person asked to keep the course history")
    locked_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, help_text="the person came back")
    memberships = models.JSONField(
        null=True, blank=True, help_text="what it ended, as it stood: id, unit, status and both days of each"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(cancelled_at__isnull=True), name="members_one_open_leaving"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} left {self.left_on}"


class Consent(models.Model):
    """That a person agreed to one purpose, in one version of its text, until they withdrew.

    Personal data: yes. Rows are appended; withdrawing sets ``withdrawn_at`` once and nothing else changes.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60, help_text="key of a registered purpose")
    version = models.CharField(max_length=20, help_text="version of the text agreed to")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="members_one_open_consent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"
