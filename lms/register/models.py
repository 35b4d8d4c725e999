"""Imports of the member register: the file, its rows while they wait, what is wrong with them, columns known."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.members.models import Member
from lms.organisation.models import Membership, Unit


class RegisterImport(models.Model):
    """One file of the member register, from upload to report.

    Personal data: who uploaded and who confirmed. The file itself lies in private storage, cut
    down to the known columns, only until it is read; its rows (``StagedRow``) seven days at most.
    ``counts`` are people new, changed, unchanged and leaving, and rows with errors.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        REFUSED = "refused", _("has errors")
        READY = "ready", _("waits for you")
        WAITING = "waiting", _("waits for a second administrator")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        DROPPED = "dropped", _("dropped")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, help_text="the file's name as it came")
    sha256 = models.CharField(max_length=64, help_text="of the file as it came")
    file = models.CharField(max_length=200, blank=True, help_text="where it lies in private storage; empty once read")
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    scope = models.JSONField(null=True, help_text="ids of the units its rights reach from; NULL is the installation's")
    is_whole = models.BooleanField(default=False, help_text="the whole register: who is not in it leaves")
    columns = models.JSONField(
        default=list, help_text="[field, header it was read from], in the order of the kept file"
    )
    left_out = models.JSONField(default=list, help_text="headers that were not read, and dropped unseen")
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="register_imports")
    confirmed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_on = models.DateField(null=True, blank=True, help_text="the day memberships begin and end by it")
    emptied_at = models.DateTimeField(null=True, blank=True, help_text="when its rows were taken away")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"

    @property
    def headers(self) -> dict[str, str]:
        """Field → the header it was read from."""
        return dict(self.columns)


class StagedRow(models.Model):
    """One row of a file, checked, and what it means for the person it is about; or, row 0, a person who is not in it.

    Personal data: yes, political opinion (GDPR art. 9). NULL is what the file does not say. Deleted
    with the rows of its import. ``before`` holds what a changed person's fields are now, and marks (``diff.NOTES``).
    """

    class Decision(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"
        UNCHANGED = "unchanged"
        LEAVING = "leaving"

    id = models.BigAutoField(primary_key=True)
    register_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="staged", db_index=False)
    row = models.PositiveIntegerField(help_text="as a spreadsheet numbers it")
    number = models.CharField(max_length=32)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=400)
    email = models.CharField(max_length=254, null=True)  # noqa: DJ001 - NULL is "not said", blank is "has none"
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", db_index=False)
    status = models.CharField(max_length=12, null=True, choices=Membership.Status)  # noqa: DJ001 - NULL is "not said"
    language = models.CharField(max_length=2, null=True)  # noqa: DJ001 - NULL is "not said"
    birth_year = models.PositiveSmallIntegerField(null=True, help_text="0 is blank")
    gender = models.CharField(max_length=5, null=True)  # noqa: DJ001 - NULL is "not said"
    postal_code = models.CharField(max_length=4, null=True)  # noqa: DJ001 - NULL is "not said"
    public_id = models.UUIDField(default=uuid.uuid4, help_text="of the person, if new")
    decision = models.CharField(max_length=9, choices=Decision)
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="+")
    moves = models.BooleanField(default=False, help_text="a membership begins: another unit or status, or back again")
    becomes = models.CharField(max_length=12, choices=Membership.Status, help_text="the status of that membership")
    before = models.JSONField(default=dict)

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["register_import", "number"], name="register_number_once"),
        ]
        indexes = [
            models.Index(fields=["register_import", "decision", "row"], name="register_by_decision"),
        ]


class RowProblem(models.Model):
    """One thing that is wrong in a file: row, column, the value as written, and what would be right.

    Personal data: yes, as written in the file. Deleted with the rows of its import.
    """

    id = models.BigAutoField(primary_key=True)
    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="problems", db_index=False
    )
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=20, blank=True, help_text="which of our fields; empty is the row as a whole")
    value = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=30, help_text="what is wrong: a word ``wording`` has sentences for")
    right = models.CharField(max_length=300, blank=True, help_text="what would be right, as far as it is known")

    class Meta:
        ordering = ["row", "id"]
        indexes = [models.Index(fields=["register_import", "row"], name="register_problem_rows")]


class KnownColumn(models.Model):
    """That somebody has said what a header of their files means. Personal data: whose files they are.

    ``field`` empty: the column is left out. Headers are compared as ``columns.header_key``.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="known_columns")
    header_key = models.CharField(max_length=120)
    field = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["member", "header_key"], name="register_column_once")]
