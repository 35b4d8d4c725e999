"""Certificates stay where they were earned, and follow their people when asked as it is now."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.reports.over_time import certificates_earned
from lms.organisation.access import Role
from lms.organisation.lineage import rebuild_ancestry
from lms.organisation.models import Membership, Unit, UnitSuccession
from lms.reorganisation.report import over_time
from tests.factories.courses import make_credential
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = pytest.mark.django_db
LATE, ON = dt.date(2026, 12, 1), dt.date(2026, 12, 31)


def test_a_certificate_counts_where_its_holder_belonged_that_day() -> None:
    _, nordland, _, _ = make_tree()
    kari = make_member(of=nordland)
    credential = make_credential(kari)
    day = dt.date.fromisoformat(credential.payload["awarded_on"])
    assert certificates_earned(ON) == [(kari.pk, nordland.pk, day)]
    assert certificates_earned(day - dt.timedelta(days=1)) == []


def test_a_revoked_certificate_does_not_count() -> None:
    _, nordland, _, _ = make_tree()
    make_credential(make_member(of=nordland)).log.create(status="revoked")
    assert certificates_earned(ON) == []


def test_as_it_is_now_it_counts_for_the_county_that_took_over(set_today) -> None:
    nation, nordland, oslo, _ = make_tree()
    set_today(ON)
    kari, ada = make_member(of=nordland), make_member("Ada", of=nation)
    make_appointment(ada, Role.ADMINISTRATOR, unit=nation)
    make_credential(kari)
    Unit.objects.filter(pk=nordland.pk).update(valid_until=LATE)
    Membership.objects.filter(member=kari).update(valid_until=LATE)
    Membership.objects.create(member=kari, unit=oslo, valid_from=LATE)
    UnitSuccession.objects.create(predecessor=nordland, successor=oslo, on=LATE)
    rebuild_ancestry()
    report = over_time(to=ada, on=LATE - dt.timedelta(days=1))
    assert {row.name: row.numbers[-1] for row in report.was}["Nordland fylkeslag"] == 1
    assert {row.name: row.numbers[-1] for row in report.now}["Oslo fylkeslag"] == 1
    assert report.totals[-1] == 1
