"""A file with one wrong row counts for nothing, and says which row, which column, and what would be right."""

from __future__ import annotations

import pytest
from django.utils import translation

from lms.members.models import Member
from lms.register.columns import UnclearColumns
from lms.register.models import RegisterImport, StagedRow
from lms.register.services import request_apply
from lms.register.wording import problem_text
from lms.sheets import SheetError
from tests.factories.organisation import make_member, make_tree, make_unit
from tests.lms.register.files import bring, counted, problems_of, register, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def tree():
    return make_tree()


@pytest.mark.usefixtures("tree")
def test_every_kind_of_error_is_told_with_row_column_and_value():
    text = register(
        "1;Åse;ase@example.org;Bodø",
        "2;Ola;ola@;Bodø",
        "3;Kari;;Bodo",
        "1;Per;;Bodø",
        ";Nils;;Bodø",
        "5;;;",
        "6;A;B;C;D",
    )
    row = bring(text)
    assert (row.state, counted(row)) == ("refused", (1, 0, 0, 0, 6))
    assert problems_of(row) == [
        (3, "email", "ola@", "email"),
        (4, "unit", "Bodo", "unit unknown"),
        (5, "number", "1", "twice"),
        (6, "number", "", "missing"),
        (7, "name", "", "missing"),
        (7, "unit", "", "missing"),
        (8, "", "", "surplus"),
    ]
    assert not Member.objects.exists()


@pytest.mark.usefixtures("tree")
def test_a_refused_file_cannot_be_applied():
    row = bring(register("1;Åse;;Bodo"))
    with pytest.raises(ValueError, match="ready"):
        request_apply(register_import=row, by=None)
    assert not Member.objects.exists()


def test_a_name_two_units_share_is_an_error_that_names_both(tree):
    make_unit("Herøy", under=tree[1])
    make_unit("Herøy", under=tree[2])
    row = bring(register("1;Åse;;Herøy"))
    text = problem_text(row.problems.get())
    assert problems_of(row) == [(2, "unit", "Herøy", "unit shared")]
    assert text.count("Herøy (u") == 2


def test_a_number_that_lost_its_noughts_in_a_spreadsheet_is_an_error(tree):
    make_member("Kari", of=tree[3], member_number="00101")
    row = bring(xlsx([101, "Kari", "", "Bodø"]))
    assert problems_of(row) == [(2, "number", "101", "noughts")]
    assert "00101" in problem_text(row.problems.get())


@pytest.mark.usefixtures("tree")
def test_unknown_columns_are_dropped_before_anything_is_stored(settings):
    header = "Medlemsnummer;Navn;Fødselsnummer;Enhet;Telefon"
    row = bring(register("1;Åse;12038512345;Bodø;90909090", header=header))
    assert row.left_out == ["Fødselsnummer", "Telefon"]
    assert "12038512345" not in str(list(StagedRow.objects.values()))
    assert "90909090" not in str(list(StagedRow.objects.values()))


@pytest.mark.usefixtures("tree")
def test_the_file_that_waits_to_be_read_holds_the_known_columns_only_and_goes_when_it_is_read(
    django_capture_on_commit_callbacks,
):
    import io

    from django.core.files.storage import default_storage

    from lms.jobs.sweeper import run_waiting
    from lms.register.services import receive_file

    text = register("1;Åse;12038512345;Bodø", header="Medlemsnummer;Navn;Fødselsnummer;Enhet")
    row = receive_file(file=io.BytesIO(text.encode()), name="a.csv", is_whole=False, by=None)
    with default_storage.open(row.file) as kept:
        assert b"1203" not in kept.read()
    path = row.file
    with django_capture_on_commit_callbacks(execute=True):
        run_waiting()
    row.refresh_from_db()
    assert row.file == "" and not default_storage.exists(path)


@pytest.mark.parametrize(
    ("header", "missing", "twice"),
    [
        ("Navn;E-post;Enhet", ["number"], []),
        ("first;last;zip", ["number", "unit", "name"], []),
        ("Medlemsnr;Navn;Epost;Mail;Enhet", [], ["email"]),
    ],
)
def test_a_file_whose_columns_are_not_clear_is_not_taken_in(header, missing, twice):
    with pytest.raises(UnclearColumns) as unclear:
        bring(register("1;2;3;4;5", header=header))
    assert (list(unclear.value.columns.missing), list(unclear.value.columns.twice)) == (missing, twice)
    assert not RegisterImport.objects.exists()


def test_a_file_with_more_rows_than_sqlite_applies_at_once_is_refused_with_advice(monkeypatch):
    monkeypatch.setattr("lms.register.services.MOST_ROWS_SQLITE", 2)
    monkeypatch.setattr("lms.register.services.MOST_ROWS", 2)
    with pytest.raises(SheetError, match="Divide it"):
        bring(register("1;A;;B", "2;A;;B", "3;A;;B"))
    assert not RegisterImport.objects.exists()


@pytest.mark.usefixtures("tree")
def test_the_same_people_are_read_from_csv_xlsx_and_odd_encodings():
    people = [("0101", "Åse Østby", "ase@example.org", "Bodø"), ("0102", "Máret", "", "Oslo fylkeslag")]
    text = register(*(";".join(person) for person in people))
    comma, tab, old = text.replace(";", ","), text.replace(";", "\t"), text.replace("Máret", "Maret")
    marked, wide = text.encode("utf-8-sig"), text.encode("utf-16")
    for data in (marked, wide, comma.encode(), tab.encode(), old.encode("cp1252"), xlsx(*people)):
        row = bring(data)
        assert (row.state, counted(row)[0]) == ("ready", 2), problems_of(row)
        assert row.staged.get(number="0101").name == "Åse Østby"


HOSTILE = [
    "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "'; DROP TABLE members_member; --", "{{ 7*7 }}", "%s%s%n",
    "../../etc",
    "Robert\\'); --", "🦌🏔", "كاري", "ＫＡＲＩ", "null", "None", "-1", "@kari", "\\N", "\\.", "a\tb",
]  # fmt: skip


@pytest.mark.postgres
@pytest.mark.usefixtures("tree")
def test_a_hostile_name_is_a_name():
    import csv
    import io

    from tests.lms.register.files import bring_and_apply

    out = io.StringIO()
    rows = [("Medlemsnummer", "Navn", "Enhet"), *((number, name, "Bodø") for number, name in enumerate(HOSTILE))]
    csv.writer(out, delimiter=";").writerows(rows)
    bring_and_apply(out.getvalue())
    names = dict(Member.objects.values_list("member_number", "name"))
    assert [names[str(number)] for number in range(len(HOSTILE))] == [" ".join(name.split()) for name in HOSTILE]
