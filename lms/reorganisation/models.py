"""A reorganisation: what was decided, what becomes of which unit, and the ledger of what applying it did."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.members.models import Member
from lms.organisation.models import Body, Unit


class Reorganisation(models.Model):
    """One decision to change the organisation on a day: counties merge, a branch is split.

    ``on`` is the first day of the new order; it may lie behind or ahead of us. Personal data:
    who drew it up and who applied it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("undone")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    on = models.DateField(help_text="the first day of the new order")
    decision = models.TextField(blank=True, help_text="who decided it, when, and by which paragraph")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    rounds = models.PositiveSmallIntegerField(default=0, help_text="how often it was applied or undone")

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return self.name


class NewUnit(models.Model):
    """A unit that a reorganisation makes: what it will be called and where it will stand. Personal data: no.

    ``unit`` is set while the reorganisation is applied.
    """

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="new_units")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Unit.Kind)
    parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    parent_new = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """One row of the mapping: what becomes of one unit, or of a part of it. Personal data: no.

    A unit that is gone because what made it was undone takes the rows of drafts about it along.

    A merger of three is three rows with one target; a split in two is two rows with one unit.
    The share of a split: ``postal_codes`` ("3140-3148, 3160"), ``municipalities`` (units below
    that go along, with those who belong there) and ``is_rest`` (everybody else).
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merge units")
        SPLIT = "split", _("Split a unit")
        MOVE = "move", _("Move under another unit")
        RENAME = "rename", _("New name or number")
        CLOSE = "close", _("Close a unit")
        REESTABLISH = "reestablish", _("Re-establish a unit")

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    target_new = models.ForeignKey(NewUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="changes")
    code = models.CharField(max_length=40, blank=True, help_text="the new number; empty keeps the old")
    name = models.CharField(max_length=120, blank=True, help_text="the new name; empty keeps the old")
    postal_codes = models.CharField(max_length=400, blank=True)
    municipalities = models.ManyToManyField(Unit, blank=True, related_name="+")
    is_rest = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]


class BodyChoice(models.Model):
    """What becomes of one body of a unit that closes: it goes on under ``target``, or ends. Personal data: no."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="body_choices")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    goes_on = models.BooleanField(default=False)
    target = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    target_new = models.ForeignKey(NewUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["reorganisation", "body"], name="reorganisation_body_once")]


class MemberChoice(models.Model):
    """Where one person of a split unit goes, chosen by hand: with which row of the split.

    Personal data: yes, political opinion (GDPR art. 9), like the membership it is about.
    """

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="by_hand")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["change", "member"], name="reorganisation_by_hand_once")]


class LedgerLine(models.Model):
    """One row that applying a reorganisation changed, made or removed: what it was, what it became.

    ``before`` is empty for a row that was made, ``after`` for one that was removed; of a
    changed row they hold only the fields that changed. Undoing reads it backwards.
    Personal data: yes for rows about people; erasing the person takes the line along.
    """

    id = models.BigAutoField(primary_key=True)
    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="ledger")
    table = models.CharField(max_length=20)
    row = models.PositiveBigIntegerField()
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["table", "row"], name="reorganisation_ledger_row")]
