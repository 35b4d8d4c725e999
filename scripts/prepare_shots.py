"""Bring the demo to a moment worth a picture: ``python -m scripts.prepare_shots MOMENT``.

MOMENT: begun, testing, passed, issued, living or grown.

Everything is done by the product's own services, on the data under ``TILLIT_VAR``. Prints the
addresses of that moment as JSON, by the names that ``take_screenshots`` uses.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Callable
from urllib.parse import urlencode

import django

BOARD_MEMBER, ADMINISTRATOR = "styremedlem@example.org", "administrator@example.org"
LESSONS_DONE, ANSWERS_GIVEN, RIGHT = 8, 6, 18
Addresses = dict[str, str]


def begun() -> Addresses:
    """Eight lessons done, the ninth begun: it has a film, and one of its check questions is answered."""
    from assessments.attempts.asked import asked_by
    from assessments.attempts.services import answer_check_question
    from courses.catalogue.models import CoursePage, LessonPage
    from courses.curriculum.kinds import Quiz
    from courses.enrolment.services import complete, note_visit

    member, outline, _paper = _course()
    here = outline.taught[LESSONS_DONE]
    done = [item.activity_id for lesson in outline.taught[:LESSONS_DONE] for item in lesson.items]
    note_visit(member=member, course_id=outline.course_id, lesson_key=here.key)
    complete(member=member, outline=outline, activity_ids=done)
    quiz = next(item for item in here.items if item.kind == "quiz")
    asked = asked_by(quiz.paper_id)[0]
    answer_check_question(
        paper=Quiz.objects.get(pk=quiz.activity_id).paper,
        member=member,
        version_id=asked.version_id,
        answer=asked.content.right_ids,
    )
    course = CoursePage.objects.get(locale__language_code="nb", course__key="ny-i-styret")
    page = LessonPage.objects.get(locale__language_code="nb", translation_key=here.key)
    return {"course": course.url, "lesson": page.url, "question": page.url, "editor": f"/admin/pages/{page.pk}/edit/"}


def testing() -> Addresses:
    """Every lesson done and the test begun: some questions answered, the next one open."""
    from assessments.attempts.asked import asked_by
    from assessments.attempts.services import save_answers, start_attempt
    from courses.enrolment.services import complete

    member, outline, paper = _course()
    complete(member=member, outline=outline, activity_ids=outline.required)
    attempt = start_attempt(paper=paper, member=member)
    asked = asked_by(paper.pk)
    save_answers(attempt=attempt, answers={a.version_id: a.content.right_ids for a in asked[:ANSWERS_GIVEN]})
    return {"test": f"/learn/ny-i-styret/test/{attempt.public_id}/{ANSWERS_GIVEN + 1}/"}


def passed() -> Addresses:
    """The test handed in with 18 of 20 right: level and certificate follow by themselves."""
    from assessments.attempts.asked import asked_by
    from assessments.attempts.services import save_answers, start_attempt, submit_attempt
    from certificates.models import Credential

    member, _outline, paper = _course()
    attempt = start_attempt(paper=paper, member=member)
    asked = asked_by(paper.pk)
    save_answers(attempt=attempt, answers={a.version_id: a.content.right_ids for a in asked[:RIGHT]})
    submit_attempt(attempt=attempt)
    credential = Credential.objects.get(holder=member)
    own = f"/desk/certificates/{credential.public_id}"
    return {
        "passed": f"/learn/ny-i-styret/test/{attempt.public_id}/result/",
        "certificate": f"{own}/",
        "sheet": f"{own}.pdf",
        "check": f"/c/{credential.number}/",
        "issue": f"/reports/certificates/?{urlencode({'what': 'level:leadership.grunn', 'unit': _county().code})}",
    }


def issued() -> Addresses:
    """Certificates issued to a whole county, by the worker."""
    from courses.demo.load import demo_member
    from courses.progression.models import Level
    from courses.reports.issuing import issue_to_group

    level = Level.objects.get(key="leadership.grunn")
    job = issue_to_group(subject=level, unit=_county(), by=demo_member(ADMINISTRATOR))
    assert job is not None
    until = time.monotonic() + 120
    while job.state not in ("done", "failed") and time.monotonic() < until:
        time.sleep(0.5)
        job.refresh_from_db()
    return {"batch": f"/reports/certificates/batch/{job.public_id}/"}


def living() -> Addresses:
    """A file of the register brought, with three new, two changed and two errors; everything else is the demo's."""
    from courses.demo.load import demo_member
    from lms.joining.models import Campaign
    from lms.members.models import Member
    from lms.merging.queries import likely_pairs
    from lms.organisation import access
    from lms.organisation.models import Body, Term
    from lms.periods import today
    from lms.register.services import receive_file
    from lms.reorganisation.models import Reorganisation

    by, county = demo_member(ADMINISTRATOR), _county()
    known = Member.objects.filter(memberships__unit__name="Bodø").exclude(member_number=None)[:2]
    rows = [f"{one.member_number};{one.name};ny.{one.member_number}@example.org;Bodø" for one in known]
    rows += [
        "200001;Live Sørli;live.sorli@example.org;Bodø",
        "200002;Áilu Balto;ailu.balto@example.org;Rana",
        "200003;Torbjørn Rygg;torbjorn.rygg@example.org;Vågan",
        "200004;Guro Kvam;guro.kvam(a)example.org;Narvik",
        "200005;Emil Storvik;emil.storvik@example.org;Bodo",
    ]
    file = io.BytesIO(("Medlemsnr;Navn;E-post;Lag\n" + "\n".join(rows)).encode())
    brought = receive_file(file=file, name="medlemmer-november.csv", is_whole=False, by=by)
    until = time.monotonic() + 60
    while brought.state == "reading" and time.monotonic() < until:
        time.sleep(0.5)
        brought.refresh_from_db()
    here = f"/organisation/changes/{Reorganisation.objects.get().public_id}/preview/"
    pair = likely_pairs(access.units_with(by, access.Right.KEEP_REGISTER))[0]
    campaign = Campaign.objects.on(today()).get()
    board = Body.objects.get(unit=county, kind=Body.Kind.BOARD)
    officer = Term.objects.on(today()).filter(body=board, office__key="chair").get().member
    return {
        "import": f"/organisation/register/{brought.public_id}/",
        "reorganisation": here,
        "merging": f"/organisation/merging/{pair.kept.public_id}/{pair.other.public_id}/",
        "campaign": f"/join/campaigns/{campaign.public_id}/board/",
        "board": f"/organisation/bodies/{board.public_id}/",
        "person": f"/organisation/people/{officer.public_id}/",
    }


def grown() -> Addresses:
    """A stricter rule drafted and looked over, the figures of earlier months counted; a chair with a plan under way."""
    from courses.curriculum.models import Course
    from courses.demo.load import demo_member
    from courses.progression.kinds import CourseCompleted
    from courses.progression.models import Level
    from courses.tracks.drafting import add_requirement, draft_rule
    from courses.tracks.previewing import ask_preview
    from lms.organisation.models import Body

    by = demo_member(ADMINISTRATOR)
    draft = draft_rule(level=Level.objects.get(key="leadership.grunn"), by=by)
    course = Course.objects.get(key="personvern-i-laget")
    add_requirement(rule=draft, kind=CourseCompleted, told={"course": course}, by=by)
    preview = ask_preview(rule=draft, by=by)
    until = time.monotonic() + 240
    while preview.finished_at is None and time.monotonic() < until:
        time.sleep(0.5)
        preview.refresh_from_db()
    bodo = Body.objects.get(unit__code="kommune-1804", kind=Body.Kind.BOARD)
    return {
        "rule-draft": f"/tracks/rules/{draft.pk}/",
        "rule-preview": f"/tracks/previews/{preview.public_id}/",
        "heat": f"/competences/body/{bodo.public_id}/",
        "county-coverage": "/coverage/",
    }


def _course():  # type: ignore[no-untyped-def]
    """The board member, the course as published, and its test."""
    from assessments.attempts.models import Paper
    from courses.curriculum.models import Course
    from courses.curriculum.outlines import outline_of
    from courses.demo.load import demo_member

    outline = outline_of(Course.objects.get(key="ny-i-styret").pk)
    assert outline is not None
    return demo_member(BOARD_MEMBER), outline, Paper.objects.get(key="grunnprove")


def _county():  # type: ignore[no-untyped-def]
    """The county of the demo's administrator."""
    from courses.demo.load import demo_member
    from lms.organisation import access

    units = access.units_with(demo_member(ADMINISTRATOR), access.Right.ISSUE_CERTIFICATES)
    return units.get(code="fylke-18")


MOMENTS: dict[str, Callable[[], Addresses]] = {
    "begun": begun,
    "testing": testing,
    "passed": passed,
    "issued": issued,
    "living": living,
    "grown": grown,
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")
    django.setup()
    print(json.dumps(MOMENTS[sys.argv[1]]()))
