"""How people come in: by a personal link, a code on paper, a link that is passed on, or by themselves."""

from __future__ import annotations

import secrets
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from lms.members.models import Member
from lms.organisation.models import Unit
from lms.periods import Dated, DatedQuerySet


def new_token() -> str:
    """128 random bits, in letters an address may hold."""
    return secrets.token_urlsafe(16)


class OpenQuerySet(models.QuerySet):
    """Ways in that are used once."""

    def unclosed(self) -> Self:
        """Neither used nor taken back; perhaps too old."""
        return self.filter(used_at=None, withdrawn_at=None)

    def usable(self) -> Self:
        """Those that open a door now."""
        return self.unclosed().filter(expires_at__gt=Now())


class OnceOnly(models.Model):
    """A way in for one known person, used once, until a time."""

    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="taken back, or replaced by a newer one")

    objects = OpenQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="%(app_label)s_one_open_%(class)s",
            )
        ]


class Invitation(OnceOnly):
    """That a person the register knows was sent a personal link to set up an account.

    Personal data: yes. The link is kept as a hash only; so is the address it was sent to, and it
    opens nothing once that is no longer the person's.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations")
    key = models.CharField(max_length=60, help_text="the notice it is sent with")
    token_hash = models.CharField(max_length=64, unique=True)
    address_hash = models.CharField(max_length=64, blank=True, help_text="keyed; of the address it was sent to")


class JoinCode(OnceOnly):
    """That a person without an e-mail of their own has a code on paper to set up an account with.

    Personal data: yes. The code is kept as a keyed hash only. ``seed``, from which it can be
    written out, is emptied when it has been shown, so a code is shown once. One that ``renews``
    is for an account that is open, whose password is forgotten.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="join_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    seed = models.CharField(max_length=32, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    renews = models.BooleanField(default=False)


class Campaign(Dated):
    """A recruiting day, or a few: a unit and all below it count who comes. Personal data: no."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns")
    goal = models.PositiveIntegerField(default=0, help_text="how many we hope for; 0 is no goal")
    course_key = models.CharField(max_length=120, blank=True, help_text="the open course its links lead to")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["-valid_from", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=models.Q(valid_until__isnull=False), name="joining_campaign_ends"),
        ]

    def __str__(self) -> str:
        return self.name


class InviteLink(Dated):
    """A link to pass on: whoever follows it comes in as a sympathiser of ``unit``.

    Personal data: who made it. It opens nothing but a public form, and only while its maker may
    invite for the unit.
    """

    token = models.CharField(max_length=32, unique=True, default=new_token)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="invite_links")
    inviter = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="invite_links")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="links")
    course_key = models.CharField(max_length=120, blank=True, help_text="the open course it leads to")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["-id"]


class SignUp(models.Model):
    """That somebody wrote an e-mail address and a consent on the sign-up page, and has not confirmed it.

    Personal data: yes. It becomes a person when the address is confirmed, and the row goes; else
    it is deleted after seven days.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    consent_version = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(InviteLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    course_key = models.CharField(max_length=120, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_default=Now(), db_index=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]


class AddressCheck(models.Model):
    """That a person who came by a code gave an e-mail address, and has not confirmed that it is theirs.

    Personal data: yes. Goes when confirmed, and after seven days.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="address_checks")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        ordering = ["id"]


class Arrival(models.Model):
    """That somebody came by themselves: when, to which unit, by which link and campaign.

    Personal data: yes, until the person is erased; the row stays as one more in the count.
    """

    member = models.OneToOneField(Member, on_delete=models.SET_NULL, null=True, related_name="arrival")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="arrivals")
    link = models.ForeignKey(InviteLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="arrivals")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="arrivals")
    course_key = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["campaign", "unit"], name="joining_campaign_unit")]
