"""What progression hears from below: whoever an event touches is evaluated, and rules that changed are read anew."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from assessments.attempts.models import Attempt, Paper, PaperQuestion
from assessments.attempts.signals import attempt_graded
from courses.curriculum.models import Course, Outline
from courses.enrolment.signals import course_completed
from courses.progression import kinds, tasks  # noqa: F401 - the jobs are known from here on
from courses.progression.models import Level, LevelRule, Requirement, Track
from courses.progression.services import evaluate, forget_rules, record_course_proofs
from lms.competences.models import Competence, Entry, FrameworkVersion
from lms.competences.signals import evidence_recorded, profiles_changed
from lms.organisation.models import Office, Term
from lms.organisation.signals import members_merged, members_unmerged, term_ended, term_started

WATCHED = (
    *(Track, Level, LevelRule, Requirement),
    *(kinds.AllOf, kinds.AnyOf, kinds.CourseCompleted, kinds.PaperPassed, kinds.CompetenceHeld),
    *(kinds.CompetenceCount, kinds.LevelHeld, kinds.OfficeHeld, kinds.SessionAttended, kinds.PracticeObserved),
    *(kinds.HoursCollected, kinds.HoursTaught, kinds.Attested, kinds.Equivalent),
    *(Course, Outline, Paper, PaperQuestion, Office, Competence, Entry, FrameworkVersion),
)
"""The rows that trees are made of, and those they are named after."""


@receiver(course_completed, dispatch_uid="progression_evaluates_after_course")
def evaluate_after_course(sender: Any, ids: list[int], member_ids: list[int], **kwargs: Any) -> None:
    """Write down what the course proves, and evaluate those who completed it."""
    told = record_course_proofs(completions=ids)  # the ledger announces them, and they are evaluated by that
    evaluate(member_ids=set(member_ids) - told)


@receiver(attempt_graded, dispatch_uid="progression_evaluates_after_paper")
def evaluate_after_paper(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Evaluate those who handed in a test: a rule may ask for another share than the paper does."""
    graded = Attempt.objects.filter(pk__in=ids, paper__mode="test", points__isnull=False)
    member_ids = list(graded.values_list("member", flat=True))
    if member_ids:
        evaluate(member_ids=member_ids)


@receiver(evidence_recorded, dispatch_uid="progression_evaluates_after_evidence")
@receiver(profiles_changed, dispatch_uid="progression_evaluates_after_fading")
def evaluate_after_evidence(sender: Any, member_ids: list[int], **kwargs: Any) -> None:
    """Evaluate those whose ledger, or whose level in a competence, is not what it was."""
    evaluate(member_ids=member_ids)


@receiver(term_started, dispatch_uid="progression_evaluates_after_term_started")
@receiver(term_ended, dispatch_uid="progression_evaluates_after_term_ended")
def evaluate_after_terms(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Evaluate those whose terms began or ended: also for the day a new term will have lasted long enough."""
    evaluate(member_ids=Term.objects.filter(pk__in=ids).values_list("member", flat=True))


@receiver(members_merged, dispatch_uid="progression_evaluates_after_a_merge")
def evaluate_after_merge(sender: Any, kept: int, absorbed: int, **kwargs: Any) -> None:
    """Evaluate the person whose records were merged: what neither record earned, both together may."""
    evaluate(member_ids=[kept])


@receiver(members_unmerged, dispatch_uid="progression_evaluates_after_an_unmerge")
def evaluate_after_unmerge(sender: Any, kept: int, absorbed: int, **kwargs: Any) -> None:
    """Evaluate both records again: each has its own day to be looked at."""
    evaluate(member_ids=[kept, absorbed])


def forget_what_is_kept(**kwargs: Any) -> None:
    """A row that a rule is made of, or named after, is not what it was."""
    forget_rules()


for model in WATCHED:
    for signal in (post_save, post_delete):
        signal.connect(forget_what_is_kept, sender=model, dispatch_uid=f"progression_forgets_{model.__name__}")
