"""What now: the one next step of a person, and why it is that one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.catalogue.addresses import addresses_of
from courses.curriculum.models import Course
from courses.curriculum.outlines import outline_of
from courses.enrolment.progress import Progress
from courses.planning import next_step as planned
from courses.planning.lines import can_be_done, next_of
from courses.planning.shown import PlanShown
from courses.progression.finding import Finding
from courses.progression.queries import Standing
from courses.tracks.helping import Help, help_for
from courses.tracks.ladder import Way, way_of
from courses.tracks.paths import paths_of
from lms.members.models import Member
from lms.pages.templatetags.tillit import long_date, minutes
from lms.periods import add_months
from lms.wording import in_language

LEADERSHIP = "leadership"
SOON_MONTHS = 6
"""How long before a level lapses its renewal is the next thing to do."""
MONTHS = 2
"""The patience of a way that takes months in an office, or another level."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do now."""

    over: str
    title: str
    text: str
    action_url: str
    action_label: str
    more_url: str
    more_label: str
    done: int = 0
    total: int = 0
    way_text: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person when their next step is chosen. ``courses``: those they take, the last seen first."""

    member: Member
    language: str
    on: dt.date
    courses: Sequence[Course]
    progress: Mapping[int, Progress]
    standings: Sequence[Standing]
    plans: Sequence[PlanShown]

    @property
    def ladder(self) -> list[Standing]:
        """Where they stand to the levels of leadership, lowest first."""
        return [standing for standing in self.standings if standing.level.track.key == LEADERSHIP]


def next_step(known: Known) -> NextStep | None:
    """The first of these that there is: a course one is in, a level to renew, the plan, the level one lacks.

    What can be begun now goes first; a level that lapses and nobody can renew yet is told last.
    """
    for choose in (_go_on, _renew, _follow_the_plan, _begin, _see_what_it_takes):
        step = choose(known)
        if step is not None:
            return step
    return None


def way_text(progress: Progress) -> str:
    """How far somebody has come in a course."""
    total = len(progress.outline.taught)
    words = ngettext("%(done)d of %(n)d lesson", "%(done)d of %(n)d lessons", total)
    return words % {"done": progress.done_lessons, "n": total}


def _over(length: int | None) -> str:
    return _("Next step · %(minutes)s") % {"minutes": minutes(length)} if length else _("Next step")


def _go_on(known: Known) -> NextStep | None:
    """The next lesson, or the test, of the course seen last that is not done."""
    found = ((course, known.progress[course.pk]) for course in known.courses if course.pk in known.progress)
    return next((step for course, progress in found if (step := _continue(course, progress, known.language))), None)


def _continue(course: Course, progress: Progress, language: str) -> NextStep | None:
    lesson = progress.next_lesson
    if lesson is None:
        return None
    order, addresses = list(progress.outline.taught), addresses_of(course.pk)
    told: dict[str, object] = {"course": in_language(course.title, language), "total": len(order)}
    if lesson.is_test:
        text = _("Every lesson of %(course)s is done. Pass the test, and the stone is laid.")
        url = reverse("test", args=[course.key])
    else:
        text = _("Lesson %(n)d of %(total)d in %(course)s.")
        told["n"] = order.index(lesson) + 1
        url = addresses.lesson_in(lesson.key, language)
    return NextStep(
        over=_over(lesson.minutes),
        title=in_language(lesson.title, language),
        text=text % told,
        action_url=url,
        action_label=_("Continue") if progress.done or progress.last_lesson else _("Begin"),
        more_url=addresses.course_in(language),
        more_label=_("See the whole trail"),
        done=progress.done_lessons,
        total=len(order),
        way_text=way_text(progress),
    )


def _lapsing(known: Known) -> list[Standing]:
    """The levels that have lapsed or soon will, the first to lapse first."""
    soon = add_months(known.on, SOON_MONTHS)
    found = [(until, standing) for standing in known.standings if (until := standing.valid_until) and until <= soon]
    return [standing for _until, standing in sorted(found, key=lambda one: one[0])]


def _renew(known: Known) -> NextStep | None:
    """The shortest way to renew a level that can be begun now."""
    lapsing = _lapsing(known)
    asked = [standing.renewal for standing in lapsing if standing.renewal is not None]
    help_at = help_for(asked, member=known.member) if asked else None
    for standing in lapsing:
        way = _way_now(standing.renewal, help_at) if help_at else None
        if way is not None:
            return _renewal(standing, way)
    return None


def _way_now(renewal: Finding | None, help_at: Help) -> Way | None:
    """The shortest way that can be begun now: nothing in it is still to be made, and none of it takes months."""
    paths = [path for path in paths_of(renewal, help_at.minutes_of) if not path.is_coming and path.patience < MONTHS]
    return next((way for path in paths if (way := way_of(path, help_at)).links), None)


def _renewal(standing: Standing, way: Way) -> NextStep:
    words = _("%(until)s This is enough: %(way)s.") % {"until": _until(standing), "way": way.words}
    return NextStep(
        over=_over(way.minutes),
        title=_renew_words(standing),
        text=words,
        action_url=way.links[0].url,
        action_label=way.links[0].label,
        more_url=reverse("level_on_ladder", args=[standing.level.key]),
        more_label=_("See the ladder"),
    )


def _renew_words(standing: Standing) -> str:
    return _("Renew the level %(level)s") % {"level": in_language(standing.level.title)}


def _until(standing: Standing) -> str:
    """Until when the level is valid, or was."""
    words = _("It is valid until %(date)s.") if standing.is_held else _("It lapsed on %(date)s.")
    return words % {"date": long_date(standing.valid_until)}


def _follow_the_plan(known: Known) -> NextStep | None:
    """The goal of the plans under way that is due first and can be acted on."""
    found = [(goal, shown) for shown in known.plans if (goal := next_of(shown, known.language)) is not None]
    able = [(goal, shown) for goal, shown in found if can_be_done(goal, known.language)]
    if not able:
        return None
    goal, shown = min(able, key=lambda one: one[0].due)
    step = planned.next_step(shown, known.member, known.language)
    if step is None:
        return None
    plan = reverse("plan", args=[shown.plan.public_id])
    url = f"{plan}{step.url}" if step.url.startswith("#") else step.url
    lesson = _first_lesson(goal.goal.course_id, known.language) if goal.goal.course_id else ""
    return NextStep(
        over=step.over,
        title=step.title,
        text=step.text,
        action_url=lesson or url,
        action_label=step.label,
        more_url=plan,
        more_label=_("The whole plan"),
        done=step.done,
        total=step.total,
        way_text=step.way,
    )


def _first_lesson(course_id: int, language: str) -> str:
    outline = outline_of(course_id)
    return addresses_of(course_id).lesson_in(outline.taught[0].key, language) if outline and outline.taught else ""


def _begin(known: Known) -> NextStep | None:
    """The course that the first level not yet held asks for, when the person has not taken it."""
    taken = {course.pk for course in known.courses}
    for standing in known.ladder:
        course = standing.rule.certificate_course
        if standing.is_held or course is None or course.pk in taken:
            continue
        step = _first_of(course, known.language)
        if step is not None:
            return step
    return None


def _first_of(course: Course, language: str) -> NextStep | None:
    """The first lesson of a course nobody has begun."""
    outline = outline_of(course.pk)
    if outline is None or not outline.taught:
        return None
    first, addresses = outline.taught[0], addresses_of(course.pk)
    text = _("What the office asks of you, in short lessons. The first is: %(lesson)s")
    return NextStep(
        over=_over(first.minutes),
        title=_("Begin %(course)s") % {"course": in_language(course.title, language)},
        text=text % {"lesson": in_language(first.title, language)},
        action_url=addresses.lesson_in(first.key, language),
        action_label=_("Begin"),
        more_url=addresses.course_in(language),
        more_label=_("See the whole trail"),
        total=len(outline.taught),
        way_text=ngettext("%(n)d lesson", "%(n)d lessons", len(outline.taught)) % {"n": len(outline.taught)},
    )


def _see_what_it_takes(known: Known) -> NextStep | None:
    """A level that has lapsed or soon will, and nothing of what renews it can be begun from here."""
    standing = next(iter(_lapsing(known)), None)
    if standing is None:
        return None
    return NextStep(
        over=_over(None),
        title=_renew_words(standing),
        text=_("%(until)s The ladder says what renews it.") % {"until": _until(standing)},
        action_url=reverse("level_on_ladder", args=[standing.level.key]),
        action_label=_("See what it takes"),
        more_url="",
        more_label="",
    )
