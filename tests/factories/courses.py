"""Questions, papers, courses, levels and certificates, made the way the services make them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from wagtail.models import Locale, Page, Site

from assessments.attempts.asked import asked_by
from assessments.attempts.models import Attempt, Paper
from assessments.attempts.services import (
    answer_check_question,
    save_answers,
    start_attempt,
    submit_attempt,
    write_paper,
)
from assessments.bank.content import Choice, Content, true_false_choices
from assessments.bank.models import Question, QuestionVersion
from assessments.bank.services import write_question
from certificates.models import Credential
from certificates.services import Draft, issue_certificates
from courses.catalogue.models import CourseIndexPage, CoursePage, HomePage, LessonPage, ModulePage
from courses.catalogue.publishing import publish_course
from courses.curriculum.models import Course
from courses.curriculum.outlines import CourseOutline, Lesson, outline_of
from courses.curriculum.plan import PlannedItem, PlannedLesson
from courses.curriculum.services import found_course, publish_outline
from courses.enrolment.services import finish_lesson
from courses.progression.kinds import CourseCompleted, PaperPassed
from courses.progression.models import Award, Level, LevelRule
from lms.members.models import Member

GRUNN = "leadership.grunn"
AWARDED_ON = dt.date(2026, 3, 14)
_number = count(1)


# ---- questions and papers ----------------------------------------------------------
def make_content(
    kind: str = "single", *, right: str = "a", choices: str = "abc", mark: str = "", **fields: Any
) -> Content:
    """What a question says. ``mark`` is put into the text of what is right and into the feedback."""
    stem = fields.pop("stem", {"nb": f"Spørsmål {next(_number)}"})
    feedback = {"nb": f"Fordi {mark}"} if mark else {"nb": "Fordi."}
    if kind == "true_false":
        return Content(kind, stem, true_false_choices(right == "true"), feedback, **fields)
    alternatives = tuple(
        Choice(
            id=c,
            text={"nb": f"Svar {c}{mark if c in right else ''}"},
            right=c in right,
            feedback=feedback if mark else {},
        )
        for c in choices
    )
    return Content(kind, stem, alternatives, feedback, **fields)


def make_question(kind: str = "single", *, key: str = "", **content: Any) -> QuestionVersion:
    """A question in the bank; its first version."""
    return write_question(key=key or f"q{next(_number)}", content=make_content(kind, **content))


def make_paper(
    questions: int | Sequence[Question] = 3, *, mode: str = Paper.Mode.TEST, pass_percent: int = 70, **rules: Any
) -> Paper:
    """A paper of single choices whose right answer is ``a``, or of the questions given."""
    asked = [make_question().question for _ in range(questions)] if isinstance(questions, int) else questions
    key = rules.pop("key", f"paper-{next(_number)}")
    rules.setdefault("title", {"nb": "Grunnprøven", "en": "The beginner test"})
    return write_paper(key=key, mode=mode, questions=asked, pass_percent=pass_percent, **rules)


def make_quiz(questions: int | Sequence[Question] = 1, **rules: Any) -> Paper:
    """The check questions of a lesson."""
    return make_paper(questions, mode=Paper.Mode.PRACTICE, pass_percent=100, **rules)


def answer_key(paper: Paper) -> dict[int, list[str]]:
    """What is right: question version id → choice ids, in the order the paper asks."""
    return {asked.version_id: sorted(asked.content.right_ids) for asked in asked_by(paper.pk)}


def make_attempt(paper: Paper, member: Member, *, right: int | None = None, hand_in: bool = True) -> Attempt:
    """An attempt with the first ``right`` questions answered right (all of them when not said), the rest not at all."""
    attempt = start_attempt(paper=paper, member=member)
    answers = dict(list(answer_key(paper).items())[:right])
    save_answers(attempt=attempt, answers=answers)
    return submit_attempt(attempt=attempt) if hand_in else attempt


def answer_quiz(paper: Paper, member: Member) -> None:
    """Answer every check question right."""
    for version_id, answer in answer_key(paper).items():
        answer_check_question(paper=paper, member=member, version_id=version_id, answer=answer)


# ---- courses as rows ------------------------------------------------------------------
def planned(
    title: str = "Leksjon", *, quiz: Paper | None = None, optional: Sequence[str] = (), **fields: Any
) -> PlannedLesson:
    """A lesson to publish: its reading, a quiz where one is given, activities that are not required."""
    key = fields.pop("key", uuid.uuid4())
    items = [PlannedItem(key=key, kind="reading")]
    if quiz is not None:
        items.append(PlannedItem(key=uuid.uuid5(key, "quiz"), kind="quiz", paper_id=quiz.pk))
    items += [PlannedItem(key=uuid.uuid5(key, kind), kind=kind, is_required=False) for kind in optional]
    fields.setdefault("module_key", uuid.UUID(int=1))
    fields.setdefault("module_title", {"nb": "Modul én"})
    return PlannedLesson(key=key, title={"nb": title}, minutes=10, items=tuple(items), module_number=1, **fields)


def planned_test(course: Course, paper: Paper) -> PlannedLesson:
    """The test at the end of a course."""
    key = uuid.uuid5(course.public_id, "test")
    item = PlannedItem(key=key, kind="test", paper_id=paper.pk)
    return PlannedLesson(key=key, title={"nb": "Prøven"}, minutes=20, items=(item,), is_test=True)


def make_course(
    lessons: int | Sequence[PlannedLesson] = 2, *, paper: Paper | None = None, key: str = "ny-i-styret"
) -> Course:
    """A published course without pages."""
    course = found_course(title="Ny i styret", language="nb", key=key, by=None)
    plan = [planned(f"Leksjon {n}") for n in range(1, lessons + 1)] if isinstance(lessons, int) else list(lessons)
    republish(course, plan, paper=paper)
    return course


def republish(course: Course, lessons: Sequence[PlannedLesson], *, paper: Paper | None = None) -> CourseOutline:
    """Publish the course anew with these lessons; the outline as readers have it from then on."""
    from courses.curriculum.outlines import forget_outline

    plan = [*lessons, *([planned_test(course, paper)] if paper else [])]
    publish_outline(course=course, title={"nb": "Ny i styret", "en": "New on the board"}, lessons=plan, by=None)
    forget_outline(course.pk)  # a test's own transaction never commits
    return outline(course)


def outline(course: Course) -> CourseOutline:
    """The published outline."""
    found = outline_of(course.pk)
    assert found is not None
    return found


def finish(course: Course, member: Member, *lessons: Lesson) -> None:
    """Read these lessons to the end; all of the course when none is named."""
    for lesson in lessons or outline(course).taught:
        finish_lesson(member=member, course_id=course.pk, lesson_key=lesson.key)


# ---- courses as pages ------------------------------------------------------------------
def make_site() -> CourseIndexPage:
    """A front page and the list of courses, in bokmål."""
    found = CourseIndexPage.objects.first()
    if found is not None:
        return found
    locale = Locale.objects.get(language_code="nb")
    Site.objects.all().delete()
    Page.get_first_root_node().get_children().delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Hjem", slug="hjem", locale=locale, promise="Resten kan læres."))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home.add_child(instance=CourseIndexPage(title="Alle kurs", slug="kurs", locale=locale))


def quiz_block(*, right: str = "Rett", wrong: str = "Feil", feedback: str = "Fordi.", key: str = "") -> dict[str, Any]:
    """A block with one check question of two choices."""
    item = {"type": "item", "id": str(uuid.uuid4())}
    choices = [
        {**item, "value": {"text": wrong, "right": False, "feedback": ""}},
        {**item, "id": str(uuid.uuid4()), "value": {"text": right, "right": True, "feedback": ""}},
    ]
    question = {"stem": "Hva er rett?", "feedback": feedback, "choices": choices}
    asked = [{"type": "choices", "id": str(uuid.uuid4()), "value": question}]
    return {"type": "quiz", "id": key or str(uuid.uuid4()), "value": {"title": "Sjekk deg selv", "questions": asked}}


def text_block(text: str = "Styret leder laget.") -> dict[str, Any]:
    """A block of running text."""
    return {"type": "text", "id": str(uuid.uuid4()), "value": f"<p>{text}</p>"}


def make_course_pages(
    lessons: int | Sequence[Sequence[dict[str, Any]]] = 2,
    *,
    slug: str = "ny-i-styret",
    title: str = "Ny i styret",
    **fields: Any,
) -> CoursePage:
    """A published course with pages: one module, its lessons with a text and a check question each."""
    index = make_site()
    bodies = [[text_block(), quiz_block()] for _ in range(lessons)] if isinstance(lessons, int) else lessons
    page = index.add_child(instance=CoursePage(title=title, slug=slug, locale=index.locale, **fields))
    module = page.add_child(instance=ModulePage(title="Modul én", slug="modul-1", locale=index.locale))
    for number, body in enumerate(bodies, start=1):
        module.add_child(
            instance=LessonPage(
                title=f"Leksjon {number}", slug=f"leksjon-{number}", locale=index.locale, body=list(body)
            )
        )
    publish_course(page=page, by=None)
    page.refresh_from_db()
    return page


def lesson_pages(page: CoursePage) -> list[LessonPage]:
    """The lessons of a course page in order."""
    return list(LessonPage.objects.descendant_of(page).order_by("path"))


def course_of(page: CoursePage) -> Course:
    """The course a page teaches."""
    assert page.course is not None
    return page.course


# ---- levels and certificates ---------------------------------------------------------------
def make_rule(
    course: Course | None = None, paper: Paper | None = None, *, level: str = GRUNN, least: int = 70, **fields: Any
) -> LevelRule:
    """The rule of a level: this course completed and this paper passed; its certificate at the award."""
    fields.setdefault("certificate", LevelRule.Certificate.AT_AWARD)
    fields.setdefault("valid_from", dt.date(2025, 1, 12))
    fields.setdefault("valid_months", 48)
    rule = LevelRule.objects.create(
        level=Level.objects.get(key=level), decision="Landsstyret", certificate_course=course, **fields
    )
    if course is not None:
        CourseCompleted.objects.create(rule=rule, order=0, course=course)
    if paper is not None:
        PaperPassed.objects.create(rule=rule, order=1, paper=paper, least_percent=least)
    return rule


def make_award(member: Member, *, rule: LevelRule | None = None, on: dt.date = AWARDED_ON, **fields: Any) -> Award:
    """An award that somebody holds; nothing is announced and no certificate issued."""
    rule = rule or LevelRule.objects.filter(level__key=GRUNN).first() or make_rule()
    return Award.objects.create(member=member, level=rule.level, rule=rule, awarded_on=on, **fields)


def make_draft(holder: Member, **fields: Any) -> Draft:
    """What a certificate shall say."""
    told: Mapping[str, Any] = {
        "award_key": f"award:{uuid.uuid4()}",
        "title": "Ny i styret",
        "level_line": "Nivå 1, Trygg i vervet, i lederskoleringen",
        "organisation": "Folkeforeningen",
        "unit": "Bodø",
        "language": "nb",
        "awarded_on": AWARDED_ON,
        "stones": 1,
        "facts": (("Omfang", "2 timer"), ("Prøve", "18 av 20")),
        **fields,
    }
    return Draft(holder=holder, **told)


def make_credential(holder: Member, **fields: Any) -> Credential:
    """A certificate issued by a rule."""
    issue = issue_certificates(drafts=[make_draft(holder, **fields)], by=None)[0]
    assert issue.credential is not None
    return issue.credential
