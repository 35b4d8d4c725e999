"""Files and rows are gone after seven days at most, applied or not; the sums stay."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from lms.jobs.daily import request_daily
from lms.jobs.models import Job
from lms.jobs.sweeper import run_waiting
from lms.register.models import RegisterImport
from lms.register.services import empty_old_imports
from tests.factories.organisation import make_tree
from tests.lms.register.files import bring, bring_and_apply, counted, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tree():
    make_tree()


def in_days(days: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days, minutes=1)


def test_the_rows_of_an_applied_file_go_after_seven_days_and_its_sums_stay():
    row = bring_and_apply(register("1;Åse;;Bodø"))
    assert empty_old_imports(now=in_days(6)) == 0 and row.staged.count() == 1
    assert empty_old_imports(now=in_days(7)) == 1
    row.refresh_from_db()
    assert (row.state, row.staged.count(), counted(row)) == ("applied", 0, (1, 0, 0, 0, 0))


def test_what_was_never_applied_is_dropped_with_its_errors():
    refused, ready = bring(register("1;Åse;x;Bodø")), bring(register("1;Åse;;Bodø"))
    assert empty_old_imports(now=in_days(7)) == 2
    assert set(RegisterImport.objects.values_list("state", flat=True)) == {"dropped"}
    assert not refused.problems.exists() and not ready.staged.exists()


def test_it_is_done_every_day():
    row = bring(register("1;Åse;;Bodø"))
    RegisterImport.objects.update(created_at=in_days(-8))
    request_daily()
    assert Job.objects.filter(kind="empty_register_imports").count() == 1
    run_waiting()
    row.refresh_from_db()
    assert row.emptied_at is not None
