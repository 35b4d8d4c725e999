"""What one record of a person gave the other earns nothing once the two are one."""

import pytest

from courses.progression.kinds import Attested, CourseCompleted
from courses.progression.models import Award
from courses.progression.services import evaluate
from tests.factories.competences import make_evidence
from tests.factories.courses import make_course, make_rule
from tests.factories.organisation import DAY, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(set_today):
    set_today(DAY)


@pytest.mark.parametrize("giver", ["self", "another"])
@pytest.mark.parametrize("kind", ["attestation", "waiver"])
def test_what_one_gave_oneself_earns_no_level(kind, giver):
    kari, rule = make_member(), make_rule()
    if kind == "attestation":
        Attested.objects.create(rule=rule, about="ledet-et-mote", by=["chair"])
    else:
        CourseCompleted.objects.create(rule=rule, course=make_course(), key="kurset")
    by = kari if giver == "self" else make_member("Ola")
    about = "ledet-et-mote" if kind == "attestation" else "kurset"
    make_evidence(kari, kind=kind, key=None, level=None, about=about, given_by_id=by.pk, given_as=["chair"], on=DAY)
    evaluate(member_ids=[kari.pk])
    assert Award.objects.filter(member=kari).exists() == (giver == "another")
