"""Frameworks of competences, the ledger of evidence, what people are asked and say, and where each stands."""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models

from lms.members.models import Member
from lms.organisation.models import Body, Unit
from lms.periods import Dated, DatedQuerySet
from lms.wording import in_language

LEVELS = range(5)
"""0 not started, 1 aware, 2 able with support, 3 independent, 4 leads and teaches."""


# ---- what can be mapped ---------------------------------------------------------------
class Framework(models.Model):
    """A set of competences that belong together: the officers', a union's own. Personal data: no."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return in_language(self.title)


class FrameworkVersion(Dated):
    """What a framework says for a period, and the decision that adopted it. Personal data: no.

    ``weights``: how far each kind of evidence reaches, ``{"course": {"alone": 2}, …}``;
    ``levels`` of the pure rule reads it, docs/algorithms/competences.md explains it.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=200)
    weights = models.JSONField(default=dict)
    scale = models.JSONField(default=list, help_text="the five names of the levels, 0 to 4")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["framework", "number"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["framework", "number"], name="competences_version_number"),
        ]


class Area(models.Model):
    """A branch of a framework: role and democracy, finance. Personal data: no."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="areas")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.JSONField()

    class Meta:
        ordering = ["framework", "order"]
        constraints = [models.UniqueConstraint(fields=["framework", "key"], name="competences_area_key")]

    def __str__(self) -> str:
        return in_language(self.title)


class Competence(models.Model):
    """One thing an officer needs to be able to do: ``money.budget``. Personal data: no.

    ``key`` never changes. ``number`` is its place in ``Profile.levels`` and in the archive, and
    is never used again. What it is called, and what each level of it means, stands in the
    entry of a version.
    """

    class FadesBy(models.TextChoices):
        PROOF = "proof", "any proof keeps it fresh"
        PRACTICE = "practice", "only practice keeps it fresh"

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="competences")
    key = models.CharField(max_length=60, unique=True)
    number = models.PositiveSmallIntegerField(unique=True)
    fades_after_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: it does not fade")
    fades_by = models.CharField(max_length=10, choices=FadesBy, default=FadesBy.PROOF)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    """What one version says of a competence: where it stands, its name, and its five levels. Personal data: no."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="entries")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="entries")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="entries")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.JSONField()
    descriptors = models.JSONField(help_text="a list of five texts, level 0 to 4, each in nb, nn and en")

    class Meta:
        ordering = ["area__order", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "competence"], name="competences_entry_once")]

    def __str__(self) -> str:
        return in_language(self.title)


class OfficeNeed(Dated):
    """The level an office needs in a competence after a year. Personal data: no.

    ``unit_kind`` empty: everywhere; else what holds at that kind of unit instead. ``is_urgent``:
    level 1 within 30 days and level 2 (or the target, when lower) within 100.
    """

    office_key = models.CharField(max_length=40)
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="office_needs")
    level = models.PositiveSmallIntegerField(validators=[MaxValueValidator(4)])
    is_urgent = models.BooleanField(default=False)
    unit_kind = models.CharField(max_length=12, choices=Unit.Kind, blank=True)

    objects = DatedQuerySet.as_manager()


class BodyNeed(Dated):
    """What a body needs together: at least ``least`` people at the level; 0 is everybody. Personal data: no."""

    body_kind = models.CharField(max_length=12, choices=Body.Kind, default=Body.Kind.BOARD)
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="body_needs")
    level = models.PositiveSmallIntegerField(validators=[MaxValueValidator(4)])
    least = models.PositiveSmallIntegerField(default=1)

    objects = DatedQuerySet.as_manager()


# ---- the ledger -------------------------------------------------------------------------
class Evidence(models.Model):
    """One thing that shows what a person can, or has done. Personal data: yes. Appended, never changed.

    ``key`` is unique per effect (``course:<uuid>:money.budget``), so what is recorded twice is
    there once. ``subject`` is the stable key of what it rests on, ``label`` its printed name.
    ``competence`` and ``level`` are empty where it proves no competence: hours, a session. A
    correction is a new row that ``corrects`` the old one; with ``is_void`` nothing takes its place.
    """

    class Kind(models.TextChoices):
        COURSE = "course"
        PAPER = "paper"
        OFFICE = "office"  # held elsewhere, or before the register knew; terms speak for themselves
        SESSION = "session"
        HOURS = "hours"
        TAUGHT = "taught"
        PRACTICE = "practice"
        ATTESTATION = "attestation"
        SELF = "self"  # shown apart; it never proves anything
        PRIOR = "prior"
        WAIVER = "waiver"  # a requirement need not be met: ``about`` names it

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=12, choices=Kind)
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    level = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(4)])
    subject = models.CharField(max_length=160, blank=True, help_text="a stable key: course:<uuid>, session:<key>")
    label = models.JSONField(default=dict, blank=True, help_text="what it is called, in nb, nn and en")
    about = models.CharField(max_length=160, blank=True, help_text="of an attestation or a waiver: what it is about")
    on = models.DateField(help_text="the day it happened, or began to hold")
    until = models.DateField(null=True, blank=True, help_text="an office held elsewhere, a waiver: the first day after")
    share = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of a session: percent attended")
    score = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of observed practice, on its form")
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True, help_text="of 60 minutes")
    given_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="evidence_given"
    )
    given_as = models.JSONField(default=list, blank=True, help_text="where the giver stood then: chair_parent_unit …")
    corrects = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="corrected_by"
    )
    is_void = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["member", "kind"], name="competences_ledger")]


class Profile(models.Model):
    """Where a person stands in every competence: a projection of ledger and terms. Personal data: yes.

    It can be dropped and rebuilt. ``levels`` holds one byte for each competence, at its
    ``number``: the proven level on ``computed_on``; ``own`` the same from self-mapping, 255 where
    nothing was said. ``details``: competence key → ``{"since": [day each level 1 to 4 was
    reached, or null], "until": the day it fades, or null}``. ``changes_on``: the first day the
    passing of time alone may change it.
    """

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    levels = models.BinaryField(default=bytes)
    own = models.BinaryField(default=bytes)
    details = models.JSONField(default=dict)
    computed_on = models.DateField()
    changes_on = models.DateField(null=True, blank=True, db_index=True)


# ---- asking and answering -----------------------------------------------------------------
class Mapping(models.Model):
    """That a person mapped themselves on a day. Personal data: yes.

    The answers are evidence of kind ``self``; here stand the two free questions.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="mappings")
    on = models.DateField()
    office_key = models.CharField(max_length=40, blank=True, help_text="the office it was asked for")
    also_can = models.TextField(max_length=1000, blank=True, help_text="what we did not ask about")

    class Meta:
        ordering = ["-on", "-id"]


class MappingViewer(models.Model):
    """That a person lets another see their own mapping. Personal data: yes."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="mapping_viewers")
    viewer = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="mappings_shown")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "viewer"], name="competences_viewer_once")]


class AttestationRequest(models.Model):
    """That a person asked another to vouch for them. Personal data: yes.

    For a level of a competence, or for ``about``, a thing a requirement names. Answered by
    an ``evidence`` row, or declined with a reason for the person alone.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        GIVEN = "given"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="attestation_requests")
    asked = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="attestations_asked")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(4)])
    about = models.CharField(max_length=160, blank=True)
    label = models.JSONField(default=dict, blank=True, help_text="what ``about`` is called")
    words = models.TextField(max_length=1000, blank=True, help_text="what the person did, in their own words")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reason = models.TextField(max_length=500, blank=True, help_text="why not, or what stood out")
    evidence = models.OneToOneField(
        Evidence, on_delete=models.SET_NULL, null=True, blank=True, related_name="answered_request"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]


class PriorLearning(models.Model):
    """An application to have what one can already recognised. Personal data: yes.

    ``about``: a requirement it would stand in for; or the claims beneath it, by competence.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"
        RETURNED = "returned"  # the reviewer asks for more
        ACCEPTED = "accepted"
        DECLINED = "declined"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="prior_learning")
    words = models.TextField(max_length=4000, blank=True)
    about = models.CharField(max_length=160, blank=True)
    label = models.JSONField(default=dict, blank=True, help_text="what ``about`` is called")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    reviewer = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="prior_learning_reviewed"
    )
    reason = models.TextField(max_length=1000, blank=True, help_text="the reviewer's words to the person")
    begun_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begun_at"]


class PriorClaim(models.Model):
    """One competence an application claims, and the level that was given. Personal data: yes."""

    application = models.ForeignKey(PriorLearning, on_delete=models.CASCADE, related_name="claims")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    claimed = models.PositiveSmallIntegerField(validators=[MaxValueValidator(4)])
    granted = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(4)])

    class Meta:
        ordering = ["competence__number"]
        constraints = [models.UniqueConstraint(fields=["application", "competence"], name="competences_claim_once")]


class PriorDocument(models.Model):
    """A paper that goes with an application: a diploma, a reference. Personal data: yes. Kept in the database."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(PriorLearning, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
