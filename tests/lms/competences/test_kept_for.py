"""Papers of an application go a year after the answer; the answer stands."""

import datetime as dt

import pytest
from django.utils import timezone

from lms.competences.models import PriorDocument, PriorLearning
from lms.privacy.retention import purge_all
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("state", "days", "stays"), [("accepted", 364, True), ("accepted", 366, False), ("returned", 366, True)]
)
def test_papers_go_a_year_after_the_answer(state, days, stays):
    told = PriorLearning.objects.create(member=make_member(), state=state, reviewed_at=NOW - dt.timedelta(days=days))
    PriorDocument.objects.create(application=told, name="a.pdf", media_type="application/pdf", content=b"x", size=1)
    purge_all(NOW)
    assert PriorDocument.objects.exists() == stays and PriorLearning.objects.exists()
