"""A month lies whole in its file, in an order that says nothing, and can be read with h5py alone."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
from django.conf import settings as running

from lms.archive.keys import make_keys, pseudonym
from lms.archive.layout import BLANK, Columns, Groups, UnitRow, chunk_of
from lms.archive.models import ArchiveFile, ArchiveKey, Blanking
from lms.archive.reader import column, columns_of, is_whole, month_of, opened, shares_over_months, units_of
from lms.archive.writer import Month
from lms.members.models import Member
from tests.factories import organisation

pytestmark = pytest.mark.django_db
MONTH = dt.date(2026, 11, 1)
COLUMNS = Columns(["money.budget", "care.privacy"], ["leadership.grunn"])
UNITS = [UnitRow(1, "landet", "national", 0), UnitRow(7, "bodø", "municipal", 1)]


def write(people: list[Member], month: dt.date = MONTH, level: int = 2) -> ArchiveFile:
    """A month in which these people stand at a level in the first competence."""
    make_keys([one.pk for one in people])
    secrets = dict(ArchiveKey.objects.values_list("pk", "secret"))
    with Month(month, COLUMNS, UNITS) as file:
        rows = np.zeros(len(people), COLUMNS.record)
        numbers = b"".join(pseudonym(secrets[one.pk], file.name) for one in people)
        rows["pseudonym"] = np.frombuffer(numbers, "<u8")
        rows["unit"], rows["groups"] = 7, int(Groups.MEMBER)
        rows["competences"][:, 0] = level
        file.add(rows, [one.pk for one in people])
        return file.write(written_on=dt.date(2026, 11, 24))


def people(number: int) -> list[Member]:
    return [organisation.make_member(f"Person {n}") for n in range(number)]


def test_what_was_written_is_read(archive: Path) -> None:
    row = write(people(30), level=3)
    assert (row.name, row.people, is_whole(row)) == ("competences/2026-11.h5", 30, True)
    with opened(row.name) as file:
        assert columns_of(file) == COLUMNS
        assert month_of(file) == MONTH
        assert [(unit.pk, unit.kind, unit.parent) for unit in units_of(file)] == [
            (1, "national", 0),
            (7, "municipal", 1),
        ]
        assert column(file, "money.budget").tolist() == [3] * 30
        assert column(file, "leadership.grunn").tolist() == [0] * 30
    assert shares_over_months([row.name], "money.budget", 2) == {row.name: (30, 30)}


def test_rows_stand_in_the_order_of_numbers_that_are_others_in_each_file(archive: Path) -> None:
    everybody = people(50)
    numbers = []
    for row in (write(everybody), write(everybody, dt.date(2026, 10, 1))):
        with opened(row.name) as file:
            found = file["pseudonym"][:].tolist()
            assert found == sorted(found)
            numbers.append(set(found))
    assert numbers[0].isdisjoint(numbers[1])


def test_a_file_holds_fixed_names_only_whatever_a_competence_is_called(archive: Path) -> None:
    columns = Columns(["../../etc", "å/ø\n", "x" * 80], ["a b"])
    with Month(MONTH, columns, UNITS) as file:
        row = file.write(written_on=MONTH)
    with opened(row.name) as written:
        assert set(written) == {
            "competence_keys", "level_keys", "unit_ids", "unit_parents", "unit_codes", "unit_kinds",
            "pseudonym", "unit", "office_unit", "groups", "competences", "levels",
        }  # fmt: skip
        assert columns_of(written).competences[1] == "\\xe5/\\xf8\n"
        links = [written.get(name, getlink=True) for name in written]
        assert all(isinstance(link, h5py.HardLink) for link in links)


def test_a_few_columns_lie_together_however_many_people_there_are() -> None:
    assert (chunk_of(50_000), chunk_of(1_000_000)) == ((16_384, 8), (65_536, 4))


def test_whoever_is_erased_is_in_no_file_the_next_day(archive: Path) -> None:
    from lms.archive.erasing import blank_rows, forget_row

    canary, *others = people(20)
    rows = [write([canary, *others], month) for month in (MONTH, dt.date(2026, 10, 1))]
    secret = bytes(canary.archive_key.secret)
    marks = [pseudonym(secret, row.name) for row in rows]
    assert all(mark in (archive / row.name).read_bytes() for mark, row in zip(marks, rows, strict=True))

    assert forget_row(canary) == 1
    assert not ArchiveKey.objects.filter(member=canary).exists()
    assert blank_rows() == 2

    everything = b"".join(file.read_bytes() for file in archive.rglob("*") if file.is_file())
    assert not any(mark in everything for mark in marks)
    assert not Blanking.objects.exists()
    for row in ArchiveFile.objects.all():
        assert is_whole(row)
        with opened(row.name) as file:
            assert column(file, "money.budget").tolist() == [BLANK, *[2] * 19]
            assert file["unit"][0] == file["groups"][0] == file["pseudonym"][0] == 0
            assert (file["pseudonym"][1:] > 0).all()


def test_whoever_is_erased_while_the_file_is_written_is_noted_too(archive: Path) -> None:
    one, other = people(2)
    make_keys([one.pk, other.pk])
    with Month(MONTH, COLUMNS, UNITS) as file:
        rows = np.zeros(2, COLUMNS.record)
        rows["pseudonym"] = [5, 6]
        file.add(rows, [one.pk, other.pk])
        one.archive_key.delete()
        file.write(written_on=MONTH)
    assert [bytes(row.pseudonym) for row in Blanking.objects.all()] == [(5).to_bytes(8, "little")]


def test_a_month_without_anybody_is_a_file_too(archive: Path) -> None:
    row = write([])
    with opened(row.name) as file:
        assert file["competences"].shape == (0, 2)


def test_the_example_script_reads_a_file_with_h5py_alone(archive: Path) -> None:
    row = write(people(12), level=3)
    script = running.BASE_DIR / "scripts" / "read_archive.py"
    ran = subprocess.run(
        [sys.executable, str(script), str(archive / row.name), "money.budget", "3"],
        capture_output=True, text=True, check=False, env={"PATH": ""},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "12 of 12" in ran.stdout
    assert "django" not in script.read_text(encoding="utf-8").lower()
