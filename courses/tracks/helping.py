"""Where what a level asks for can be done: the course, the test, and how long they take. Constant queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import get_language

from courses.catalogue.addresses import addresses_of
from courses.curriculum.kinds import Test
from courses.curriculum.models import Course
from courses.curriculum.outlines import CourseOutline, outline_of
from courses.enrolment.models import Completion
from courses.enrolment.progress import Progress
from courses.progression import rules
from courses.progression.finding import Finding
from courses.progression.models import CourseProves
from courses.tracks.paths import leaves
from lms.members.models import Member
from lms.wording import Wording


@dataclass(frozen=True, slots=True)
class Way:
    """One course as the ladder leads to it. ``url`` empty: there is no page yet."""

    title: Wording
    url: str
    minutes: int | None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """The courses by key, the address of each test by its paper's key, and the courses that prove a competence."""

    courses: dict[str, Way] = field(default_factory=dict)
    tests: dict[str, str] = field(default_factory=dict)
    proving: dict[tuple[str, int], list[str]] = field(default_factory=dict)

    def minutes_of(self, rule: rules.Rule) -> int | None:
        """How long what is left of a course takes; a test is counted with its course."""
        if not isinstance(rule, rules.CourseCompleted) or rule.course not in self.courses:
            return None
        course = self.courses[rule.course]
        return course.progress.minutes_left if course.progress else course.minutes


def help_for(findings: Iterable[Finding], *, member: Member | None = None) -> Help:
    """What helps with what is asked for in these findings; for a member also how far they are. Four queries, and
    those of outlines and addresses that are not kept yet.
    """
    asked = [leaf.rule for finding in findings for leaf in leaves(finding)]
    wanted = {rule.course for rule in asked if isinstance(rule, rules.CourseCompleted)}
    papers = {rule.paper for rule in asked if isinstance(rule, rules.PaperPassed) and not rule.is_planned}
    competences = {rule.competence for rule in asked if isinstance(rule, rules.CompetenceHeld)}
    proving = _proving(competences) if competences else {}
    wanted |= {key for keys in proving.values() for key in keys}
    rows = list(Course.objects.filter(key__in=wanted, archived_at=None)) if wanted else []
    done = _done(member, rows) if member is not None and rows else None
    return Help({row.key: _course(row, done) for row in rows}, _tests(papers) if papers else {}, proving)


def _course(row: Course, done: frozenset[int] | None) -> Way:
    outline = outline_of(row.pk)
    if outline is None:
        return Way(row.title, "", row.planned_minutes)
    url = addresses_of(row.pk).course_in(get_language() or "nb")
    begun = done is not None and bool(outline.required & done)
    progress = Progress(outline, done) if begun and done is not None else None
    return Way(row.title, url, _minutes(outline), progress)


def _minutes(outline: CourseOutline) -> int:
    return sum(lesson.minutes for lesson in outline.lessons)


def _done(member: Member, courses: list[Course]) -> frozenset[int]:
    rows = Completion.objects.filter(member=member, activity__course__in=[course.pk for course in courses])
    return frozenset(rows.values_list("activity", flat=True))


def _tests(papers: set[str]) -> dict[str, str]:
    """The address of the test of each paper, where a course that is published asks it."""
    rows = Test.objects.non_polymorphic().filter(paper__key__in=papers, course__archived_at=None)
    rows = rows.filter(course__outlines__isnull=False).distinct()
    return {paper: reverse("test", args=[course]) for paper, course in rows.values_list("paper__key", "course__key")}


def _proving(competences: set[str]) -> dict[tuple[str, int], list[str]]:
    """(competence, level) → the keys of the courses that take one so far."""
    rows = CourseProves.objects.filter(competence__key__in=competences, course__archived_at=None)
    found: dict[tuple[str, int], list[str]] = {}
    for competence, level, course in rows.order_by("course__key").values_list(
        "competence__key", "level", "course__key"
    ):
        for least in range(1, level + 1):
            found.setdefault((competence, least), []).append(course)
    return found
