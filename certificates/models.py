"""The certificate and the log of its status."""

import uuid

from django.db import models

from certificates.numbers import new_number
from lms.members.models import Member


class Credential(models.Model):
    """One certificate as it was issued: a snapshot that nothing later changes.

    Personal data: yes. The wing does not know what was awarded: ``award_key`` is the stable
    key of the award above, and with ``edition`` it is unique, so a second click issues nothing
    and a replacement is a new edition. ``payload`` holds what is printed; ``seal`` signs it.
    Only ``disclosure`` moves afterwards, and only the holder moves it.
    """

    class Disclosure(models.TextChoices):
        NAMELESS = "nameless"  # the check page says genuine, without a name
        NAMED = "named"  # the holder has opened the name
        HIDDEN = "hidden"  # the check page answers as for an unknown number

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    award_key = models.CharField(max_length=120)
    edition = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=26, unique=True, default=new_number, editable=False)
    holder = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="credentials")
    payload = models.JSONField()
    payload_hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=120)
    seal_key = models.CharField(max_length=16)
    issued_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    disclosure = models.CharField(max_length=10, choices=Disclosure, default=Disclosure.NAMELESS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["award_key", "edition"], name="certificates_once_per_edition")]

    def __str__(self) -> str:
        return self.number


class StatusChange(models.Model):
    """One line in the log of a certificate: issued, replaced, revoked. Personal data: opaque ids.

    Rows are appended. "Expired" needs no row: it follows from the date.
    """

    class Status(models.TextChoices):
        ISSUED = "issued"
        REPLACED = "replaced"
        REVOKED = "revoked"

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="log")
    status = models.CharField(max_length=10, choices=Status)
    at = models.DateTimeField(auto_now_add=True)
    by = models.UUIDField(null=True, help_text="public id of who did it; empty is a rule")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]


class Proof(models.Model):
    """What is left of a certificate whose holder was erased and had agreed to this: enough to say "genuine".

    Personal data: no longer. ``digest`` is SHA-256 of the number, which is 128 random bits and
    stands only on the holder's paper: whoever has it can still be answered, and we can neither
    list whose it was nor find the number. Without the consent nothing is left.
    """

    digest = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    stones = models.PositiveSmallIntegerField(default=0)
    issued_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title
