"""A level with a rule in force, a draft of another, and people: what the tests of drafts are about."""

from __future__ import annotations

import datetime as dt

from assessments.attempts.models import Paper
from courses.curriculum.models import Course, Outline
from courses.enrolment.models import CourseCompletion
from courses.progression.kinds import CourseCompleted
from courses.progression.models import Level, LevelRule
from courses.tracks import drafting
from courses.tracks.models import RulePreview
from courses.tracks.previewing import ask_preview
from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.organisation.models import Unit
from tests.factories import courses, organisation

LONG_AGO = dt.date(2025, 1, 12)


def chief_of(nation: Unit) -> Member:
    """An administrator of the whole organisation."""
    chief = organisation.make_member("Inga Sørvær", of=nation, email="inga@example.org", password="et-langt-passord")
    organisation.make_appointment(chief, "administrator", unit=nation)
    return chief


def made_course(key: str) -> Course:
    """A course, by name and key."""
    return Course.objects.get_or_create(key=key, defaults={"title": {"nb": key.title()}})[0]


def completed(member: Member, course: Course) -> None:
    """That somebody has completed a course, without anybody being told."""
    outline = Outline.objects.get_or_create(course=course, number=1)[0]
    CourseCompletion.objects.create(member=member, course=course, outline=outline)


def rule_with(*keys: str, paper: Paper | None = None) -> LevelRule:
    """The rule in force: these courses."""
    rule = courses.make_rule(made_course(keys[0]) if keys else None, paper)
    for order, key in enumerate(keys[1:], start=2):
        CourseCompleted.objects.create(rule=rule, order=order, course=made_course(key), key=key)
    return rule


def draft_with(*keys: str, by: Member | None = None) -> LevelRule:
    """A draft of the beginner's level that asks for these courses and nothing else."""
    draft = drafting.draft_rule(level=Level.objects.get(key=courses.GRUNN), by=by)
    for row in list(draft.requirements.filter(parent=None)):
        drafting.remove_requirement(requirement=row, by=by)
    for key in keys:
        drafting.add_requirement(rule=draft, kind=CourseCompleted, told={"course": made_course(key), "key": key}, by=by)
    return draft


def looked_over(draft: LevelRule, by: Member) -> RulePreview:
    """The draft's preview, finished."""
    preview = ask_preview(rule=draft, by=by)
    run_waiting()
    preview.refresh_from_db()
    return preview
