"""The merges, what each of them changed, and pairs that are not one person."""

import uuid

from django.db import models

from lms.members.models import Member


class Merge(models.Model):
    """That two records were one person: ``absorbed`` went into ``kept``. Personal data: yes.

    The absorbed record is locked and stays behind without memberships, so that ids that point
    at it (the trail, a certificate's log) still lead to the person. Undone by ``undone_at``.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="merged_into")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200)
    former_number = models.CharField(
        max_length=32, blank=True, db_index=True, help_text="a member number the register may still send"
    )
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=models.Q(undone_at__isnull=True), name="merging_absorbed_once"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("absorbed")), name="merging_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.kept_id}"


class MergeLine(models.Model):
    """One row that a merge changed, took away or made, as it was before and after. Personal data: yes.

    Undo reads the lines backwards. They go when a merge can no longer be undone.
    """

    class Act(models.TextChoices):
        CHANGED = "changed"
        REMOVED = "removed"
        MADE = "made"
        DERIVED = "derived"

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="lines")
    act = models.CharField(max_length=8, choices=Act)
    model = models.CharField(max_length=80, help_text="label of the model")
    row = models.CharField(max_length=40, help_text="its key")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]


class NotSamePerson(models.Model):
    """That somebody looked at two records and found two people. Personal data: yes.

    ``first`` is the one with the lower key, so that a pair is one row.
    """

    first = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="merging_pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="merging_pair_in_order"),
        ]
