"""``manage.py import_members``: applies, waits, counts, and says by its exit what became of it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from lms.members.models import Member
from lms.register.models import RegisterImport, RowProblem, StagedRow
from tests.factories.organisation import make_member, make_tree
from tests.lms.register.files import register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bodo():
    return make_tree()[3]


@pytest.fixture
def run(tmp_path: Path):
    """``run(text, "--whole")``: exit status, the last line of the output as JSON, and what was complained of."""

    def run_it(text: str, *options: str) -> tuple[int, dict[str, int], str]:
        file, out, err = tmp_path / "medlemmer.csv", io.StringIO(), io.StringIO()
        file.write_text(text, encoding="utf-8")
        status = 0
        try:
            call_command("import_members", str(file), "--json", *options, stdout=out, stderr=err)
        except SystemExit as left:
            status = int(left.code)
        return status, json.loads(out.getvalue().splitlines()[-1]), err.getvalue()

    return run_it


def counts(new: int = 0, changed: int = 0, unchanged: int = 0, leaving: int = 0, errors: int = 0) -> dict[str, int]:
    return {"new": new, "changed": changed, "unchanged": unchanged, "leaving": leaving, "errors": errors}


def test_a_file_is_applied_and_counted_and_again_changes_nobody(run):
    text = register("1;Åse;;Bodø", "2;Ola;;Bodø")
    assert run(text)[:2] == (0, counts(new=2))
    assert run(text)[:2] == (0, counts(unchanged=2))
    assert Member.objects.count() == 2


def test_a_dry_run_says_the_same_and_leaves_no_trace(run):
    assert run(register("1;Åse;;Bodø"), "--dry-run")[:2] == (0, counts(new=1))
    assert [model.objects.count() for model in (Member, RegisterImport, StagedRow, RowProblem)] == [0] * 4


def test_a_dry_run_of_a_wrong_file_leaves_no_trace_either(run):
    status, told, said = run(register("1;Åse;;Bodo"), "--dry-run")
    assert (status, told) == (1, counts(errors=1)) and "row 2, Enhet: 'Bodo'" in said
    assert [model.objects.count() for model in (RegisterImport, StagedRow, RowProblem)] == [0] * 3


def test_a_file_with_errors_is_refused_with_row_column_value_and_what_would_be_right(run):
    status, told, said = run(register("1;Åse;;Bodø", "2;Ola;ola@;Bodø"))
    assert (status, told) == (1, counts(new=1, errors=1))
    assert "row 3, E-post: 'ola@'" in said and "kari@example.org" in said
    assert not Member.objects.exists()


def test_a_file_whose_columns_are_not_recognised_is_refused_with_their_names(run):
    status, told, said = run("first,last,zip\n1,2,3\n")
    assert (status, told) == (1, counts(errors=1))
    assert "Row 1" in said and "'first', 'last', 'zip'" in said and "medlemsnummer" in said


def test_a_file_that_cannot_be_read_is_refused_in_words(run):
    assert run(register('1;"Åse;;Bodø'))[2].startswith("medlemmer.csv, near row")


def test_a_file_that_is_not_there_ends_with_two(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("import_members", str(tmp_path / "none.csv"))
    assert refused.value.returncode == 2


def test_when_too_many_would_leave_nothing_is_applied_and_the_exit_says_so(run, bodo):
    for n in range(5):
        make_member(f"P {n}", of=bodo, member_number=f"p{n}")
    text = register("p0;P 0;;Bodø")
    assert run(text, "--whole")[:2] == (3, counts(unchanged=1, leaving=4))
    assert not Member.objects.filter(is_active=False).exists()
    assert RegisterImport.objects.get().state == "waiting"
    assert run(text, "--whole", "--dry-run")[:2] == (0, counts(unchanged=1, leaving=4))


def test_without_json_it_speaks_to_people(tmp_path):
    (tmp_path / "a.csv").write_text(register("1;Åse;;Bodø"), encoding="utf-8")
    out = io.StringIO()
    call_command("import_members", str(tmp_path / "a.csv"), stdout=out)
    assert "Applied." in out.getvalue() and "1  new" in out.getvalue()


def test_no_file_is_left_in_private_storage(run, django_capture_on_commit_callbacks):
    def kept() -> set[str]:
        exists = default_storage.exists("private/register")
        return set(default_storage.listdir("private/register")[1]) if exists else set()

    before = kept()
    with django_capture_on_commit_callbacks(execute=True):
        run(register("1;Åse;;Bodø"))
    assert kept() == before
