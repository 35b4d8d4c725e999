"""A level is awarded once, whoever evaluates at the same moment."""

from functools import partial

import pytest

from certificates.models import Credential
from courses.enrolment.models import CourseCompletion
from courses.progression.models import Award
from courses.progression.services import evaluate
from tests.factories.courses import make_attempt, make_course, make_paper, make_rule, outline
from tests.factories.organisation import make_member
from tests.racing import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_twenty_evaluations_at_once_award_and_issue_once():
    paper, kari = make_paper(1), make_member()
    course = make_course(1, paper=paper)
    make_attempt(paper, kari)
    CourseCompletion.objects.create(member=kari, course=course, outline_id=outline(course).id)
    make_rule(course, paper)
    all_at_once(*[partial(evaluate, member_ids=[kari.pk])] * 20)
    assert Award.objects.get().member == kari
    assert Credential.objects.get().award_key == Award.objects.get().key
