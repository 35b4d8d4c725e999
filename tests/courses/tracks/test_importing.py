"""Earlier awards from a file: each row judged, all of it recorded or nothing, the same file twice adds none."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from courses.progression.models import Award, Level
from courses.tracks.earlier import Outcome, Wrong, columns_of, is_same_name, read_day
from courses.tracks.importing import (
    NotReady,
    UnclearColumns,
    apply_awards,
    drop_import,
    forget_imports,
    receive_awards,
    rows_of,
)
from courses.tracks.models import AwardImport
from lms.members.models import Member
from lms.privacy.retention import rules
from lms.sheets import SheetError, write_xlsx
from tests.factories.courses import GRUNN, make_award, make_rule
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 14)


@pytest.fixture(autouse=True)
def _day(set_today):
    set_today(DAY)


@pytest.fixture
def tree():
    make_rule(valid_from=dt.date(2023, 1, 1))
    return make_tree()


@pytest.fixture
def inga(tree):
    person = make_member("Inga", of=tree[1], member_number="1")
    make_appointment(person, "administrator", unit=tree[1])
    return person


@pytest.fixture
def ase(tree) -> Member:
    return make_member("Åse Berg", of=tree[3], member_number="007")


def bring(inga, *rows: str, header: str = "Medlemsnummer;Navn;Dato", source: str = "Gammelt register") -> AwardImport:
    file = io.BytesIO("\n".join([header, *rows]).encode())
    return receive_awards(file=file, name="f.csv", level=Level.objects.get(key=GRUNN), source=source, by=inga)


def judged(found: AwardImport) -> list[tuple[str, str, str]]:
    return [(row.outcome, row.wrong, row.column) for row in rows_of(found)]


def test_a_row_is_found_and_recorded(inga, ase):
    found = bring(inga, "007;Berg, Åse;14.03.2024")
    assert judged(found) == [(Outcome.NEW, "", "")]
    award = apply_awards(found=found, by=inga)[0]
    assert (award.member, award.awarded_on, award.valid_until) == (ase, dt.date(2024, 3, 14), dt.date(2028, 3, 14))
    assert (award.origin, award.facts) == (Award.Origin.RECORDED, ["recorded:Gammelt register"])


@pytest.mark.parametrize(
    ("row", "wrong", "column"),
    [
        ("99;;2024-03-14", Wrong.UNKNOWN, "number"),
        (";;2024-03-14", Wrong.MISSING, "number"),
        ("7;;2024-03-14", Wrong.NOUGHTS, "number"),
        ("1;;2024-03-14", Wrong.SELF, "number"),
        ("55;;2024-03-14", Wrong.FOREIGN, "number"),
        ("007;Kari Nordmann;2024-03-14", Wrong.NAME, "name"),
        ("007;;", Wrong.MISSING, "day"),
        ("007;;i fjor", Wrong.DAY, "day"),
        ("007;;31.02.2024", Wrong.DAY, "day"),
        ("007;;15.03.2026", Wrong.FUTURE, "day"),
        ("007;;1.1.1949", Wrong.LONG_AGO, "day"),
        ("007;;2024-03-14;mer", Wrong.SURPLUS, ""),
    ],
)
def test_a_row_that_is_wrong_says_why_and_nothing_is_recorded(inga, ase, tree, row, wrong, column):
    make_member("Nabo", of=tree[2], member_number="55")
    found = bring(inga, "007;;2023-03-14", row)
    assert judged(found)[1] == (Outcome.WRONG, wrong, column)
    with pytest.raises(NotReady):
        apply_awards(found=found, by=inga)
    assert not Award.objects.exists()


def test_what_would_be_right_is_said_where_it_is_known(inga, ase):
    rows = rows_of(bring(inga, "7;;2024-03-14", "007;Ola;2024-03-14"))
    assert [row.right for row in rows] == ["007", "Åse Berg"]


def test_nothing_is_told_of_a_person_out_of_reach(inga, tree):
    make_member("Nabo Nabosen", of=tree[2], member_number="55")
    row = rows_of(bring(inga, "55;Noen;2024-03-14"))[0]
    assert (row.wrong, row.named, row.right, row.member) == (Wrong.FOREIGN, "", "", None)


def test_the_same_file_twice_adds_none(inga, ase):
    apply_awards(found=bring(inga, "007;;2024-03-14"), by=inga)
    again = bring(inga, "007;;2024-03-14")
    assert judged(again) == [(Outcome.ALREADY, "", "day")]
    with pytest.raises(NotReady):
        apply_awards(found=again, by=inga)
    assert Award.objects.count() == 1


def test_applying_twice_records_once(inga, ase):
    found = bring(inga, "007;;2024-03-14")
    apply_awards(found=found, by=inga)
    with pytest.raises(NotReady):
        apply_awards(found=found, by=inga)
    assert Award.objects.count() == 1


def test_a_row_that_stands_twice_counts_once_and_two_days_count_twice(inga, ase):
    found = bring(inga, "007;;2024-03-14", "007;;14.03.2024", "007;;2025-03-14")
    assert [outcome for outcome, _wrong, _column in judged(found)] == [Outcome.NEW, Outcome.TWICE, Outcome.NEW]
    assert rows_of(found)[1].right == "2"
    assert len(apply_awards(found=found, by=inga)) == 2


def test_a_day_before_any_rule_goes_by_the_earliest(inga, ase):
    make_rule(valid_from=dt.date(2025, 1, 1), valid_months=12)
    award = apply_awards(found=bring(inga, "007;;2019-06-01"), by=inga)[0]
    assert (award.rule.valid_from, award.valid_until) == (dt.date(2023, 1, 1), dt.date(2023, 6, 1))


def test_how_long_it_lasts_is_not_read(inga, ase):
    found = bring(inga, "007;14.03.2024;31.12.2099", header="Medlemsnummer;Dato;Gyldig til")
    assert apply_awards(found=found, by=inga)[0].valid_until == dt.date(2028, 3, 14)


def test_who_moved_away_meanwhile_is_looked_up_again_before_it_counts(inga, ase):
    found = bring(inga, "007;;2024-03-14")
    ase.memberships.update(valid_until=dt.date(2026, 3, 1))
    with pytest.raises(NotReady):
        apply_awards(found=found, by=inga)


def test_one_applies_only_ones_own_and_only_with_the_right(inga, ase, tree):
    found = bring(inga, "007;;2024-03-14")
    other = make_member("Ola", of=tree[1])
    make_appointment(other, "administrator", unit=tree[1])
    for person in (other, make_member("Kari", of=tree[1])):
        with pytest.raises(PermissionDenied):
            apply_awards(found=found, by=person)
    with pytest.raises(PermissionDenied):
        bring(make_member("Per", of=tree[1]), "007;;2024-03-14")


def test_a_file_needs_a_source_and_a_level_with_a_rule(inga, ase):
    with pytest.raises(ValidationError):
        bring(inga, "007;;2024-03-14", source=" ")
    Level.objects.get(key=GRUNN).rules.update(adopted_at=None)
    with pytest.raises(ValidationError):
        bring(inga, "007;;2024-03-14")


def test_a_file_without_the_columns_says_which(inga):
    with pytest.raises(UnclearColumns) as unclear:
        bring(inga, "Åse", header="Navn")
    assert (unclear.value.missing, unclear.value.headers) == (["number", "day"], ["Navn"])


def test_a_file_without_rows_is_refused(inga):
    with pytest.raises(SheetError):
        bring(inga)


def test_a_workbook_is_read_too(inga, ase):
    data = write_xlsx([["Member number", "Date"], ["007", dt.date(2024, 3, 14)]], title="f")
    level = Level.objects.get(key=GRUNN)
    found = receive_awards(file=io.BytesIO(data), name="f.xlsx", level=level, source="Kurs", by=inga)
    assert judged(found) == [(Outcome.NEW, "", "")]


def test_a_file_let_go_leaves_what_was_recorded(inga, ase):
    found = bring(inga, "007;;2024-03-14")
    apply_awards(found=found, by=inga)
    drop_import(found=found, by=inga)
    assert not AwardImport.objects.exists() and Award.objects.count() == 1


def test_the_rows_are_gone_after_seven_days(inga, ase):
    found = bring(inga, "007;;2024-03-14")
    assert forget_imports(found.made_at) == 0
    assert forget_imports(found.made_at + dt.timedelta(seconds=1)) == 1
    assert next(rule.ceiling for rule in rules() if rule.name == "award_imports") == 7


def test_who_has_it_from_another_day_gets_a_new_one(inga, ase):
    make_award(ase, on=dt.date(2024, 1, 1))
    assert judged(bring(inga, "007;;2024-03-14")) == [(Outcome.NEW, "", "")]


def test_many_rows_ask_no_more_of_the_database(inga, tree, django_assert_max_num_queries):
    for number in range(30):
        make_member(f"P{number}", of=tree[3], member_number=str(100 + number))
    rows = [f"{100 + number};;2024-03-14" for number in range(30)]
    with django_assert_max_num_queries(12):
        bring(inga, *rows)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14.03.2024", (2024, 3, 14)),
        ("14/3/2024", (2024, 3, 14)),
        ("2024-03-14", (2024, 3, 14)),
        ("2024-03-14T00:00:00", (2024, 3, 14)),
        ("29.02.2024", (2024, 2, 29)),
        ("29.02.2023", None),
        ("14.03.24", None),
        ("", None),
    ],
)
def test_days_as_people_write_them(text, day):
    assert read_day(text) == (dt.date(*day) if day else None)


@pytest.mark.parametrize(
    ("written", "known", "same"),
    [
        ("Åse Berg", "Åse Berg", True),
        ("BERG, ÅSE", "Åse Berg", True),
        ("Åse Berg", "Åse Marie Berg", True),
        ("Åse", "Åse Berg", True),
        ("Aase Berg", "Kari Berg", False),
        ("", "Åse Berg", False),
    ],
)
def test_names_are_the_same_when_one_has_all_parts_of_the_other(written, known, same):
    assert is_same_name(written, known) is same


def test_columns_are_known_by_several_names():
    assert columns_of(["Nr.", "Fullt navn", "Oppnådd dato"]) == ({"number": 0, "name": 1, "day": 2}, [])
    assert columns_of(["Navn"])[1] == ["number", "day"]
