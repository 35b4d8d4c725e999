"""Where people stand: units and their lines, bodies, offices, terms, memberships, appointments."""

import uuid

from django.contrib.auth.models import Group
from django.db import models
from wagtail.models import Collection

from lms.members.models import Member
from lms.members.names import NameKeyField
from lms.periods import Dated, DatedQuerySet
from lms.wording import in_language


class Unit(Dated):
    """One county, municipal or local branch, or the national organisation itself.

    Personal data: no. ``code`` is the stable key registers and files use; ``name`` is
    today's name. A unit is never deleted: it closes.
    """

    class Kind(models.TextChoices):
        NATIONAL = "national"
        COUNTY = "county"
        MUNICIPAL = "municipal"
        LOCAL = "local"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_key = NameKeyField(db_index=True)
    kind = models.CharField(max_length=12, choices=Kind)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["name_key", "id"]

    def __str__(self) -> str:
        return self.name


class UnitLabel(Dated):
    """What a unit was called, and its code, for a period: a county changes number without a change of border.

    Personal data: no. The fact; ``Unit.code`` and ``Unit.name`` restate today's. A unit
    without rows has always been called what it is called.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="labels")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)

    objects = DatedQuerySet.as_manager()


class UnitSuccession(models.Model):
    """That ``successor`` took over from ``predecessor``, wholly or in part, on a day.

    Personal data: no. Reports "as it is now" roll up by it: what was earned in a closed unit
    counts for those that followed it, through every step.
    """

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField()
    in_part = models.BooleanField(default=False, help_text="a split: only some of its people")

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="organisation_succession_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="organisation_succession_of_another"
            ),
        ]


class UnitParent(Dated):
    """That ``unit`` lay under ``parent`` for a period. Personal data: no. The fact; ancestry is drawn from it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="parent_links")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="child_links")

    objects = DatedQuerySet.as_manager()


class UnitAncestry(Dated):
    """Projection: ``ancestor`` stood ``depth`` steps above ``unit`` for a period; depth 0 is the unit itself.

    Personal data: no. Rebuilt by ``lineage.rebuild_ancestry``; "the unit and all below it
    on a date" is one indexed join on it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="ancestry")
    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="descent")
    depth = models.PositiveSmallIntegerField()

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["ancestor", "unit", "valid_from"], name="organisation_unit_and_below")]


class Membership(Dated):
    """That a person belonged to a unit, as member or sympathiser, for a period.

    Personal data: yes, political opinion (GDPR art. 9). A person whose memberships have
    all ended is a former member; that is derived, never stored.
    """

    class Status(models.TextChoices):
        MEMBER = "member"
        SYMPATHISER = "sympathiser"

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=12, choices=Status, default=Status.MEMBER)

    objects = DatedQuerySet.as_manager()


class Body(Dated):
    """A board, committee or other organ of a unit. Personal data: no."""

    class Kind(models.TextChoices):
        BOARD = "board"
        EXECUTIVE = "executive"
        NOMINATING = "nominating"
        CONTROL = "control"
        COMMITTEE = "committee"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.BOARD)
    name = models.CharField(max_length=120)
    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    authority = models.TextField(blank=True, help_text="what the body decides, and by which paragraph")
    least_of_each_gender = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="rule of composition: percent of each of women and men"
    )
    least_under_40 = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="rule of composition: how many under forty"
    )

    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}, {self.unit}"


class Office(models.Model):
    """A kind of office one is elected to: chair, treasurer, board member. Personal data: no.

    National offices have no unit; a unit may add its own. ``key`` is what rules name.
    """

    key = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="own_offices")
    title = models.JSONField(help_text="the office's name in nb, nn and en")
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "key"]
        constraints = [
            models.UniqueConstraint(fields=["key", "unit"], name="organisation_office_key", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return in_language(self.title)


class BodySeat(models.Model):
    """How many seats of an office a body has; its size is their sum. Personal data: no."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["office__order", "id"]
        constraints = [models.UniqueConstraint(fields=["body", "office"], name="organisation_seat_once")]


class Term(Dated):
    """That a person held an office in a body for a period, and by which election.

    Personal data: yes. Rights follow from it while it lasts and end with it.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="terms")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="terms")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    election = models.CharField(max_length=120, blank=True, help_text="the meeting that elected")

    objects = DatedQuerySet.as_manager()


class TermAnnouncement(models.Model):
    """That the start or the end of a term was announced. Personal data: by its term.

    The unique row is what makes an announcement happen once, whoever runs the day's work.
    """

    class Kind(models.TextChoices):
        STARTED = "started"
        ENDED = "ended"

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="announcements")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "kind"], name="organisation_announced_once")]


class Delegation(Dated):
    """One right lent by somebody who holds it, for a unit and all below it, until a day.

    Personal data: yes. It counts only while ``giver`` holds that right there by a term or an
    appointment; what is lent cannot be lent on. Always with an end date.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="delegations")
    giver = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="delegations_given")
    right = models.CharField(max_length=30, help_text="one of access.Right")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="delegations")
    reason = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=models.Q(valid_until__isnull=False), name="organisation_delegation_ends"),
        ]


class Appointment(Dated):
    """A right given outside any term: administrator, instructor or editor for a unit and all below it.

    Personal data: yes. Always with an end date, so that nothing lives on by being forgotten.
    """

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator"
        INSTRUCTOR = "instructor"
        EDITOR = "editor"

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=16, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=models.Q(valid_until__isnull=False), name="organisation_appointment_ends"),
        ]


class UnitShelf(models.Model):
    """Where a unit keeps its pictures, documents and recordings in the CMS, and the group that reaches them.

    Personal data: no. Made by ``editing.shelf_of`` when a unit gets its first instructor.
    """

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="shelf")
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="+")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
