"""``python -m benchmarks.filling FILE``: the data of a run, in an empty installation; the plan into a file.

``python -m benchmarks.filling --forget`` takes all tries at the test away again, so that each
run meets people who have tried as little as those of the run before.
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django

from benchmarks.plan import Person, Plan

if TYPE_CHECKING:
    from courses.catalogue.models import CourseIndexPage, CoursePage, LessonPage
    from lms.members.models import Member

MEMBERS, PEOPLE, LESSONS, MODULES, QUESTIONS = 5_000, 40, 10, 2, 10
LESSON_READ = 5
"""Which lesson is opened: one that nobody has done."""
TITLE, TEST_TITLE = "Kurs med ti leksjoner", "Kurs med prøve"
PARAGRAPH = (
    "Styret leder laget mellom årsmøtene. Det legger planer, holder orden på pengene og sørger for at "
    "medlemmene hører nytt. Ingen gjør dette alene: vervene er delt, og hjelpen er nær. "
)
BATCH = 1_000


def fill(file: Path) -> None:
    """A site, two courses, the members, their enrolments and what they have done."""
    from django.db import connection, transaction

    from lms.pages.models import OrganisationSettings
    from tests.factories.courses import make_site

    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        OrganisationSettings.load()
        members = fill_members(password)
        index = make_site()
        course = make_pages(index, TITLE, "kurs-med-ti-leksjoner", lessons=LESSONS, modules=MODULES)
        tested = make_pages(index, TEST_TITLE, "kurs-med-prove", lessons=1, modules=1, questions=QUESTIONS)
        enrol_all(course, members)
        enrol_all(tested, members)
        done = {member.pk: lessons_done(number) for number, member in enumerate(members)}
        complete(course, done)
        complete(tested, {member.pk: 1 for member in members[:PEOPLE]})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    told = [
        Person(member.email, member.name, lessons_done(number), f"{lessons_done(number)} av {LESSONS} leksjoner")
        for number, member in enumerate(members[:PEOPLE])
    ]
    written(course, tested, password, told).write(file)


def lessons_done(number: int) -> int:
    """How many lessons a member has done: two, three or four, a third of the course on the whole."""
    return 2 + number % 3


def written(course: CoursePage, tested: CoursePage, password: str, people: list[Person]) -> Plan:
    """The plan for these two courses."""
    from django.urls import reverse

    lesson, key = lessons_of(course)[LESSON_READ - 1], key_of(course)
    seen = reverse("note_visit", args=[key, lesson.translation_key])
    return Plan(
        password=password,
        course_url=course.url,
        course_title=course.title,
        course_marks=LESSONS,
        lesson_url=lesson.url,
        lesson_title=lesson.title,
        seen_url=f"{seen}?language=nb",
        test_url=reverse("test", args=[key_of(tested)]),
        questions=QUESTIONS,
        people=tuple(people),
    )


def key_of(page: CoursePage) -> str:
    """The key of the course a page teaches."""
    assert page.course is not None
    return page.course.key


def fill_members(password: str) -> list[Member]:
    """Five thousand members of one branch; the first forty can sign in."""
    from lms.members.models import Member
    from lms.members.services import open_account
    from lms.organisation.models import Membership
    from tests.factories.organisation import LONG_AGO, make_unit

    unit = make_unit()
    rows = [
        Member(name=f"Medlem Nummer{n:04}", email=f"medlem{n:04}@example.org", password="!") for n in range(MEMBERS)
    ]
    Member.objects.bulk_create(rows, batch_size=BATCH)
    members = list(Member.objects.order_by("email"))
    Membership.objects.bulk_create(
        [Membership(member=m, unit=unit, status="member", valid_from=LONG_AGO) for m in members], batch_size=BATCH
    )
    for member in members[:PEOPLE]:
        open_account(member=member, email=member.email, password=password)
    return members


def make_pages(
    index: CourseIndexPage, title: str, slug: str, *, lessons: int, modules: int, questions: int = 0
) -> CoursePage:
    """A published course: every lesson is to be read and has two check questions; a test when it has questions."""
    from courses.catalogue.models import CoursePage, LessonPage, ModulePage
    from courses.catalogue.publishing import publish_course
    from tests.factories.courses import make_paper

    locale, paper = index.locale, make_paper(questions) if questions else None
    lede = "Alt du trenger for å komme i gang, i korte leksjoner."
    page = index.add_child(instance=CoursePage(title=title, slug=slug, locale=locale, lede=lede, paper=paper))
    for part in range(1, modules + 1):
        module = page.add_child(instance=ModulePage(title=f"Modul {part}", slug=f"modul-{part}", locale=locale))
        for number in range((part - 1) * lessons // modules + 1, part * lessons // modules + 1):
            name, slug = f"Leksjon {number}", f"leksjon-{number}"
            module.add_child(instance=LessonPage(title=name, slug=slug, locale=locale, body=body_of_lesson()))
    publish_course(page=page, by=None)
    page.refresh_from_db()
    return page


def body_of_lesson() -> list[dict[str, object]]:
    """Two stretches of text and two check questions."""
    from tests.factories.courses import quiz_block, text_block

    quiz, other = quiz_block(), quiz_block()
    quiz["value"]["questions"] += other["value"]["questions"]
    return [text_block(PARAGRAPH * 3), text_block(PARAGRAPH * 3), quiz]


def lessons_of(page: CoursePage) -> list[LessonPage]:
    """The lessons of a course page in order."""
    from tests.factories.courses import lesson_pages

    return lesson_pages(page)


def enrol_all(page: CoursePage, members: list[Member]) -> None:
    """Everybody takes the course."""
    from courses.enrolment.models import Enrolment

    Enrolment.objects.bulk_create(
        [Enrolment(member=member, course_id=page.course_id) for member in members], batch_size=BATCH
    )


def complete(page: CoursePage, done: dict[int, int]) -> None:
    """Member id → how many of the first lessons they have done, reading and questions."""
    from courses.curriculum.outlines import read_outline
    from courses.enrolment.models import Completion

    outline = read_outline(page.course_id)
    assert outline is not None
    Completion.objects.bulk_create(
        [
            Completion(member_id=member, activity_id=item.activity_id, outline_id=outline.id)
            for member, count in done.items()
            for lesson in outline.taught[:count]
            for item in lesson.items
        ],
        batch_size=BATCH,
    )


def forget() -> None:
    """Take away all tries at tests."""
    from assessments.attempts.models import Attempt

    Attempt.objects.filter(paper__mode="test").delete()


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "--forget":
        forget()
    else:
        fill(Path(sys.argv[1]))
