"""What a person's own page shows: the next step, courses, offices, level, certificates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import ngettext

from certificates.models import Credential
from certificates.queries import shelf_of
from courses.catalogue.addresses import addresses_of
from courses.curriculum.models import Course
from courses.curriculum.outlines import outline_of
from courses.desk.next_step import Known, NextStep, next_step, way_text
from courses.desk.recruiting import RecruitingDay, recruiting_day_of
from courses.enrolment.progress import Progress
from courses.enrolment.queries import courses_of, enrolment_and_progress
from courses.planning.queries import first_of, plans_under_way
from courses.planning.shown import GoalShown
from courses.progression.engine import Finding
from courses.progression.explain import sentence
from courses.progression.queries import Standing, every_standing
from lms.competences.attesting import requests_to
from lms.competences.models import AttestationRequest, Mapping
from lms.members.models import Member
from lms.organisation.models import Term
from lms.organisation.queries import terms_of
from lms.periods import today
from lms.wording import in_language

FEW = 3
"""So many requirements are told in one sentence on the desk; more are told on the ladder."""


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A course a person takes, with how far they have come."""

    title: str
    url: str
    done: int
    total: int
    words: str

    @property
    def is_done(self) -> bool:
        """Whether every lesson is done."""
        return self.done >= self.total


@dataclass(frozen=True, slots=True)
class OwnLevel:
    """Where the person stands on the ladder: stones laid, and what the next one needs."""

    stones: int
    name: str
    next_name: str
    explanation: str
    valid_until: dt.date | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the desk."""

    step: NextStep | None
    courses: list[OwnCourse]
    terms: list[Term]
    level: OwnLevel | None
    certificates: list[Credential]
    recruiting_day: RecruitingDay | None
    goal: GoalShown | None
    asked: int
    is_mapped: bool


def desk_of(member: Member, language: str) -> Desk:
    """A person's desk, in the language they read."""
    taken = courses_of(member)
    progress = {course.pk: found for course in taken if (found := _progress(course, member)) is not None}
    every, plans, day = every_standing(member), plans_under_way(member), today()
    known = Known(member, language, day, taken, progress, every, plans)
    return Desk(
        step=next_step(known),
        courses=[_own_course(course, progress[course.pk], language) for course in taken if course.pk in progress],
        terms=terms_of(member),
        level=_level(known.ladder),
        certificates=shelf_of(member)[:4],
        recruiting_day=recruiting_day_of(member),
        goal=first_of(plans),
        asked=requests_to(member).filter(state=AttestationRequest.State.ASKED).count(),
        is_mapped=Mapping.objects.filter(member=member).exists(),
    )


def _progress(course: Course, member: Member) -> Progress | None:
    outline = outline_of(course.pk)
    return enrolment_and_progress(outline, member)[1] if outline else None


def _own_course(course: Course, progress: Progress, language: str) -> OwnCourse:
    return OwnCourse(
        title=in_language(course.title, language),
        url=addresses_of(course.pk).course_in(language),
        done=progress.done_lessons,
        total=len(progress.outline.taught),
        words=way_text(progress),
    )


def _level(ladder: list[Standing]) -> OwnLevel | None:
    """Stones laid, and the sentence that stands at the next lock."""
    if not ladder:
        return None
    held = [standing for standing in ladder if standing.is_held]
    ahead = next((standing for standing in ladder if not standing.is_held), None)
    top = held[-1] if held else None
    return OwnLevel(
        stones=top.level.order if top else 0,
        name=in_language(top.level.display_name) if top else "",
        next_name=in_language(ahead.level.display_name) if ahead else "",
        explanation=_ahead(ahead.finding) if ahead else "",
        valid_until=top.award.valid_until if top and top.award else None,
    )


def _ahead(finding: Finding) -> str:
    """The sentence at the lock; where it would be a long one, how many things are left."""
    left = len(finding.missing)
    if left <= FEW:
        return sentence(finding)
    return ngettext("%(n)d requirement is left.", "%(n)d requirements are left.", left) % {"n": left}
