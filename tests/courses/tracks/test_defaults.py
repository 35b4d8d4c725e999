"""What Tillit brings: it loads, means what it says, and leaves alone what is there."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from courses.curriculum.models import Course
from courses.curriculum.services import found_course
from courses.planning.models import PlanTemplate, TemplateGoal
from courses.progression import kinds
from courses.progression.models import CourseProves, Level, LevelRule, Requirement, Track
from courses.tracks.defaults import load_defaults, what_is_there
from lms.competences.models import BodyNeed, Competence, Entry, FrameworkVersion, OfficeNeed
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SINCE = dt.date(2025, 1, 12)
LANGUAGES = {"nb", "nn", "en"}


@pytest.fixture
def loaded() -> None:
    load_defaults(by=None, since=SINCE)


def test_twice_is_once() -> None:
    assert load_defaults(by=None, since=SINCE).is_new
    assert not load_defaults(by=None, since=SINCE).is_new
    assert what_is_there().is_all


def test_the_framework_has_32_competences_with_five_levels_in_three_languages(loaded: None) -> None:
    entries = list(Entry.objects.all())
    assert len(entries) == Competence.objects.count() == 32
    assert {entry.area.key for entry in entries} == {"role", "meet", "money", "care", "members", "lead", "share"}
    assert all(len(entry.descriptors) == 5 for entry in entries)
    texts = [text for entry in entries for text in (entry.title, *entry.descriptors)]
    assert all(set(text) == LANGUAGES and all(text.values()) for text in texts)


def test_every_place_in_the_profile_is_taken_once(loaded: None) -> None:
    assert sorted(Competence.objects.values_list("number", flat=True)) == list(range(32))


def test_what_fades_is_what_the_framework_says(loaded: None) -> None:
    fading = dict(Competence.objects.exclude(fades_after_months=None).values_list("key", "fades_after_months"))
    rules = dict.fromkeys(("care.privacy", "care.whistle", "money.report", "money.grants"), 48)
    assert fading == rules | dict.fromkeys(("share.teach", "share.guide"), 36)
    assert set(Competence.objects.filter(fades_by="practice").values_list("key", flat=True)) == {
        "share.teach",
        "share.guide",
    }


@pytest.mark.parametrize(
    ("office", "unit_kind", "competence", "level", "is_urgent"),
    [
        ("chair", "", "lead.plan", 3, True),
        ("treasurer", "", "money.books", 3, True),
        ("board_member", "", "role.bylaws", 1, True),
        ("alternate", "", "role.mandate", 1, False),
        ("instructor", "", "share.teach", 3, False),
        ("chair", "county", "care.privacy", 3, True),
        ("chair", "municipal", "share.inform", 3, False),
        ("training", "county", "share.guide", 3, False),
    ],
)
def test_offices_need_what_the_table_says(
    loaded: None, office: str, unit_kind: str, competence: str, level: int, is_urgent: bool
) -> None:
    need = OfficeNeed.objects.get(office_key=office, unit_kind=unit_kind, competence__key=competence)
    assert (need.level, need.is_urgent) == (level, is_urgent)


def test_a_board_needs_eleven_things_together(loaded: None) -> None:
    assert BodyNeed.objects.count() == 11
    assert set(BodyNeed.objects.filter(least=0).values_list("competence__key", flat=True)) == {
        "role.mandate", "role.impartial", "care.privacy",
    }  # fmt: skip


def test_the_ladder_has_two_tracks_of_three_levels_each_with_a_rule(loaded: None) -> None:
    assert list(Track.objects.values_list("key", flat=True)) == ["leadership", "instructor"]
    assert Level.objects.count() == LevelRule.objects.count() == 6
    months = dict(LevelRule.objects.values_list("level__key", "valid_months"))
    assert set(months.values()) == {48, None} and months["instructor.kursholder"] is None
    assert LevelRule.objects.get(level__key="instructor.assistent").lapses_unless_next_within == 18


def test_beginner_asks_for_the_course_or_what_stands_in_for_it_and_the_test(loaded: None) -> None:
    rule = LevelRule.objects.get(level__key="leadership.grunn")
    course, paper = Requirement.objects.filter(rule=rule, parent=None, part="required")
    assert (course.course.key, paper.paper_key, paper.least_percent) == ("ny-i-styret", "grunnprove", 70)
    stand_in = kinds.Equivalent.objects.get(parent=course)
    office, stricter = Requirement.objects.filter(parent=stand_in)
    assert (office.offices, office.months, office.within_months, stricter.least_percent) == ([], 24, 60, 80)


def test_beginner_is_renewed_in_three_ways(loaded: None) -> None:
    rule = LevelRule.objects.get(level__key="leadership.grunn")
    ways = kinds.AnyOf.objects.get(rule=rule, part="renewal", parent=None)
    assert [way.kind for way in Requirement.objects.filter(parent=ways)] == ["all_of", "all_of", "level"]


def test_every_kind_but_hours_taught_and_waivers_is_in_the_ladder(loaded: None) -> None:
    used = {row.kind for row in Requirement.objects.all()}
    assert used == {
        "all_of", "any_of", "course", "paper", "competence", "competence_count", "level", "office", "session",
        "practice", "hours", "attestation", "equivalent",
    }  # fmt: skip


def test_what_nobody_has_made_is_planned_and_becomes_the_course_made_under_its_name(loaded: None) -> None:
    planned = Course.objects.get(key="lede-styret")
    assert planned.is_planned and planned.planned_minutes == 240
    made = found_course(title="Å lede et styre", language="nb", by=None)
    assert made.pk == planned.pk and not made.is_planned
    assert found_course(title="Å lede et styre", language="nb", by=None).pk != planned.pk


def test_a_course_alone_proves_at_most_level_two(loaded: None) -> None:
    assert set(CourseProves.objects.values_list("level", flat=True)) == {1, 2}


def test_there_is_a_plan_for_every_elected_office_for_a_board_and_for_a_unit(loaded: None) -> None:
    offices = set(PlanTemplate.objects.filter(made_for="office").values_list("office_key", flat=True))
    assert offices == {
        "chair", "deputy", "secretary", "treasurer", "training", "youth", "equality", "board_member", "alternate",
        "nominating", "audit",
    }  # fmt: skip
    assert set(PlanTemplate.objects.exclude(made_for="office").values_list("made_for", flat=True)) == {"body", "unit"}
    assert TemplateGoal.objects.filter(is_coverage=True).exists()


def test_what_has_been_changed_stays_changed(loaded: None) -> None:
    Level.objects.filter(key="leadership.grunn").update(title={"nb": "trinn én"})
    OfficeNeed.objects.filter(office_key="chair").exclude(competence__key="lead.plan").delete()
    FrameworkVersion.objects.update(decision="Landsmøtet 2026")
    load_defaults(by=None)
    assert Level.objects.get(key="leadership.grunn").title == {"nb": "trinn én"}
    assert OfficeNeed.objects.filter(office_key="chair").count() == 1
    assert FrameworkVersion.objects.get().decision == "Landsmøtet 2026"


def test_only_whoever_may_adopt_rules_loads_them() -> None:
    nation, nordland, *_ = make_tree()
    county, national = make_member("Inga", of=nordland), make_member("Ada", of=nation)
    make_appointment(county, "administrator", unit=nordland)
    make_appointment(national, "administrator", unit=nation)
    with pytest.raises(PermissionDenied):
        load_defaults(by=county)
    assert load_defaults(by=national).is_new


def test_the_command_says_what_came_in(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_defaults", since="2025-01-12")
    call_command("load_defaults")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Framework: ") and second == "Everything was there already."
