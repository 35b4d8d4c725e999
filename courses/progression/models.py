"""Tracks, levels, their rules and requirements, and the awards."""

import datetime as dt
import uuid

from django.db import models
from django.utils import timezone
from polymorphic.models import PolymorphicModel

from courses.curriculum.models import Course
from lms.competences.models import Competence
from lms.members.models import Member
from lms.organisation.models import Unit
from lms.periods import Dated, DatedQuerySet
from lms.wording import in_language


class Track(models.Model):
    """A ladder of levels: leadership, instructor, or one an administrator makes. Personal data: no."""

    key = models.SlugField(max_length=40, unique=True)
    title = models.JSONField()
    order = models.PositiveSmallIntegerField(default=100)
    purpose = models.JSONField(default=dict, blank=True, help_text="what it is for, in a sentence or two")
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return in_language(self.title)


class Level(models.Model):
    """One step of a track: ``leadership.grunn`` is the first, beginner. Personal data: no.

    ``order`` counts from 1 and is the number of stones laid in the cairn.
    """

    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="levels")
    key = models.CharField(max_length=60, unique=True)
    order = models.PositiveSmallIntegerField()
    title = models.JSONField(help_text="the level's word: grunn, grunn, beginner")
    display_name = models.JSONField(help_text="what it makes you: Trygg i vervet")
    purpose = models.JSONField(default=dict, blank=True, help_text="what you can when you hold it")

    class Meta:
        ordering = ["track", "order"]
        constraints = [models.UniqueConstraint(fields=["track", "order"], name="courses_level_order_in_track")]

    def __str__(self) -> str:
        return in_language(self.title)


class LevelRuleQuerySet(DatedQuerySet):
    """Rules, by date and by whether they have been adopted."""

    def adopted(self) -> "LevelRuleQuerySet":
        """Without the drafts."""
        return self.filter(adopted_at__isnull=False)


class LevelRule(Dated):
    """What a level requires for a period, and the decision that adopted it. Personal data: no.

    Awards keep the rule they were given by. ``valid_months`` empty means for good. A draft
    has not been adopted: ``adopted_at`` is empty, and it counts for nothing. ``ends_older_on``:
    awards by an older rule end that day for those who do not meet this one.
    """

    class Certificate(models.TextChoices):
        NONE = "none"
        AT_AWARD = "at award"
        BY_ADMINISTRATOR = "by administrator"

    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="rules")
    decision = models.CharField(max_length=200, help_text="who adopted it, and when")
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)
    certificate = models.CharField(max_length=20, choices=Certificate, default=Certificate.NONE)
    certificate_course = models.ForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, help_text="the course whose name the certificate bears"
    )
    adopted_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    adopted_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ends_older_on = models.DateField(null=True, blank=True)
    lapses_unless_next_within = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="months within which the next level must be reached, else it lapses"
    )

    objects = LevelRuleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.level.key} from {self.valid_from}"


class Requirement(PolymorphicModel):
    """One node in the tree of a rule; the kind says what is required. Personal data: no.

    ``part``: whether it stands in what the level requires, or in what renews it. ``key`` is what
    a waiver and a recognition name. A node of kind ``equivalent`` lies beneath the one it may replace.
    """

    class Part(models.TextChoices):
        REQUIRED = "required"
        RENEWAL = "renewal"

    rule = models.ForeignKey(LevelRule, on_delete=models.CASCADE, related_name="requirements")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    order = models.PositiveSmallIntegerField(default=0)
    part = models.CharField(max_length=8, choices=Part, default=Part.REQUIRED)
    key = models.SlugField(max_length=80, blank=True)

    kind = "requirement"

    class Meta:
        ordering = ["order", "pk"]


class Extension(models.Model):
    """A decision that awards of a level last longer, for everybody in a unit and below. Personal data: no.

    It appends an award to each person it reaches. Undone, those awards count no more; they stay.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="extensions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="extensions")
    decision = models.CharField(max_length=200)
    lapsing_from = models.DateField(help_text="awards that lapse from this day")
    lapsing_until = models.DateField(help_text="and before this one")
    until = models.DateField(help_text="last, for all of them, to this day instead")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]


class AwardQuerySet(models.QuerySet["Award"]):
    """Awards, by what they are worth on a date."""

    def counting(self, day: dt.date) -> "AwardQuerySet":
        """Those that were given by a day and not taken back: an undone extension counts for nothing."""
        return self.filter(awarded_on__lte=day).exclude(extension__undone_at__isnull=False)

    def valid_on(self, day: dt.date) -> "AwardQuerySet":
        """Those that hold on a day: neither lapsed nor ended before their time."""
        return self.counting(day).exclude(valid_until__lte=day).exclude(ending__on__lte=day)


class Award(models.Model):
    """That a person reached a level on a day, by which rule and which facts. Personal data: yes.

    Appended, never changed. ``earned`` and ``renewed`` awards come from the engine; ``recorded``
    ones were entered in bulk or are from before; ``extended`` ones follow from a decision. The
    certificate's award key is ``award:<public_id>``.
    """

    class Origin(models.TextChoices):
        EARNED = "earned"
        RENEWED = "renewed"
        RECORDED = "recorded"
        EXTENDED = "extended"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="awards")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="awards")
    rule = models.ForeignKey(LevelRule, on_delete=models.PROTECT, related_name="awards")
    awarded_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.EARNED)
    facts = models.JSONField(default=list, help_text="stable keys of the facts it rests on")
    extension = models.ForeignKey(Extension, on_delete=models.PROTECT, null=True, blank=True, related_name="awards")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["-awarded_on"]
        constraints = [
            models.UniqueConstraint(fields=["member", "level", "awarded_on"], name="courses_award_once_a_day")
        ]
        indexes = [models.Index(fields=["level", "valid_until"], name="courses_award_lapses")]

    @property
    def key(self) -> str:
        """The stable key a certificate remembers it by."""
        return f"award:{self.public_id}"


class AwardEnding(models.Model):
    """That an award ends before its time, by a decision. Personal data: by its award. The award itself stays."""

    award = models.OneToOneField(Award, on_delete=models.CASCADE, related_name="ending")
    on = models.DateField()
    decision = models.CharField(max_length=200)
    rule = models.ForeignKey(LevelRule, on_delete=models.PROTECT, null=True, blank=True, related_name="endings")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)


class NextLook(models.Model):
    """The first day on which the passing of time alone may change what the engine finds. Personal data: yes.

    A projection: it can be dropped, and is written again at the next evaluation of the person.
    """

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="next_look")
    on = models.DateField(db_index=True)


class CourseProves(models.Model):
    """How far a completed course takes a person in a competence, alone. Personal data: no."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="proves")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="proved_by")
    level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["competence__number"]
        constraints = [models.UniqueConstraint(fields=["course", "competence"], name="courses_proves_once")]
