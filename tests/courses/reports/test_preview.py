"""Who gets a certificate, who has one, who lacks something and why."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enrolment.services import enrol
from courses.progression.models import AwardEnding, Extension, LevelRule
from courses.reports.issuing import issue_to_group
from courses.reports.preview import Decision, preview_batch
from lms.jobs.sweeper import run_waiting
from tests.factories.courses import make_award
from tests.factories.organisation import make_member


def decisions(county) -> dict[str, str]:
    preview = preview_batch(county.level, county.unit, to=county.administrator)
    return {row.member.name: row.decision for row in preview.rows}


def test_those_who_reached_the_level_get_one_and_those_under_way_lack_something(county):
    county.reached("Åse")
    enrol(member=make_member("Per", of=county.town), course=LevelRule.objects.get().certificate_course)
    make_member("Never began", of=county.town)
    assert decisions(county) == {"Åse": Decision.GETS, "Per": Decision.MISSING}


def test_the_reason_says_what_is_missing(county):
    enrol(member=make_member("Per", of=county.town), course=LevelRule.objects.get().certificate_course)
    (row,) = preview_batch(county.level, county.unit, to=county.administrator).rows
    assert "Ny i styret" in row.reason
    assert "Grunnprøven" in row.reason


def test_a_person_without_a_name_is_named_by_number_and_lacks_a_name(county):
    county.reached("")
    assert decisions(county) == {"": Decision.MISSING}


def test_people_of_other_counties_are_not_there(county):
    county.reached("Ola", of=county.other)
    assert decisions(county) == {}


def test_another_county_may_not_be_previewed(county):
    with pytest.raises(PermissionDenied):
        preview_batch(county.level, county.other, to=county.administrator)


def test_names_stand_in_norwegian_order(county):
    for name in ("Åse", "Øyvind", "Ærlend", "Zara", "anne"):
        county.reached(name)
    assert list(decisions(county)) == ["anne", "Zara", "Ærlend", "Øyvind", "Åse"]


def test_whoever_was_issued_one_has_it(county):
    county.reached("Åse")
    issue_to_group(subject=county.level, unit=county.unit, by=county.administrator)
    run_waiting()
    assert decisions(county) == {"Åse": Decision.HAS}


def test_the_preview_asks_as_often_for_forty_as_for_four(county):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            preview_batch(county.level, county.unit, to=county.administrator)
        return len(queries)

    course = LevelRule.objects.get().certificate_course
    for number in range(4):
        county.reached(f"Person {number}")
        enrol(member=make_member(f"Begun {number}", of=county.town), course=course)
    asked()  # the rules are kept from here on
    few = asked()
    for number in range(4, 40):
        county.reached(f"Person {number}")
        enrol(member=make_member(f"Begun {number}", of=county.town), course=course)
    assert asked() == few <= 20


def test_an_award_that_was_ended_gets_none_and_an_extension_is_no_new_one(county):
    ended, extended = county.reached("Per"), county.reached("Åse", valid_until=dt.date(2026, 4, 1))
    AwardEnding.objects.create(award=ended, on=dt.date(2026, 4, 1), decision="Landsstyret")
    days = {"lapsing_from": dt.date(2026, 4, 1), "lapsing_until": dt.date(2026, 5, 1), "until": dt.date(2030, 1, 1)}
    extension = Extension.objects.create(level=county.level, unit=county.unit, decision="Landsstyret", **days)
    more = {"origin": "extended", "valid_until": extension.until, "extension": extension}
    make_award(extended.member, on=dt.date(2026, 3, 20), **more)
    preview = preview_batch(county.level, county.unit, to=county.administrator, on=dt.date(2026, 4, 2))
    assert {row.member.name: row.basis_id for row in preview.rows} == {"Åse": extended.pk}
