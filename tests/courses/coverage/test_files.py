"""What can be taken out: the table as it is shown, everybody's levels, and a course; confirmed and written down."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.coverage.completion import completion_lines, local_day
from courses.coverage.exporting import matrix_lines
from lms.audit.models import Entry, Sighting, SightingOf
from lms.members.models import Member
from lms.organisation.models import Unit
from tests.factories import courses, organisation
from tests.factories.coverage import count_months, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> tuple[Unit, ...]:
    return organisation.make_tree()


@pytest.fixture
def ada(tree) -> Member:
    one = organisation.make_member("Ada", email="ada@example.org", password="et-langt-passord")
    organisation.make_appointment(one, "administrator", unit=tree[1])
    return one


def read(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_the_matrix_holds_everybody_the_reader_sees_and_nobody_else(tree, ada) -> None:
    _nation, nordland, oslo, bodo = tree
    seen = make_people(bodo, 3, 0)
    make_people(oslo, 4)
    Member.objects.filter(pk=seen[0].pk).update(name='=cmd|"x";\n')
    rows = read(b"".join(matrix_lines(nordland, by=ada)))
    assert len(rows) == 3
    assert rows[1][:3] == ['\'=cmd|"x";\n', "Bodø", "3"]
    assert rows[2][:3] == ["Kari", "Bodø", "0"]
    exported = Sighting.objects.get(page="competence_matrix")
    assert exported.act == Sighting.Act.EXPORTED
    assert set(SightingOf.objects.values_list("subject", flat=True)) == {one.public_id for one in seen}


def test_the_matrix_begins_before_it_asks_for_people(tree, ada) -> None:
    make_people(tree[3], 1)
    stream = matrix_lines(tree[1], by=ada)
    with CaptureQueriesContext(connection) as captured:
        assert len(read(next(stream))) == 1
    assert not any("organisation_membership" in query["sql"] for query in captured)


def test_a_thousand_people_in_the_matrix_ask_no_more_often_than_ten(tree, ada) -> None:
    def asked(number: int) -> int:
        make_people(tree[3], *[1] * number)
        with CaptureQueriesContext(connection) as captured:
            list(matrix_lines(tree[1], by=ada))
        return len(captured)

    asked(1)
    assert asked(10) == asked(1_000)


def test_files_are_sent_for_and_confirmed(tree, ada, settings) -> None:
    make_people(tree[3], *[0, 2] * 8)
    count_months(2)
    client = Client()
    at = f"/coverage/{tree[1].public_id}"
    for path in ("table.csv", "people.csv", f"courses/{courses.make_course(1).key}.csv"):
        assert client.post(f"{at}/{path}").headers["Location"].startswith("/accounts/login/")
    client.force_login(ada)
    usual, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT, -1
    assert client.post(f"{at}/people.csv").headers["Location"].startswith("/accounts/reauthenticate/")
    assert client.get(f"{at}/people.csv").status_code == 405
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = usual
    table = client.post(f"{at}/table.csv?group=all")
    assert [row[4:6] for row in read(table.content) if row[2].startswith("money.budget")] == [["16", "8"]]
    assert client.post(f"{at}/table.pdf").content.startswith(b"%PDF")
    assert len(read(b"".join(client.post(f"{at}/people.csv").streaming_content))) == 17
    assert client.post(f"{at}/table.exe").status_code == 404
    assert set(Entry.objects.values_list("act", flat=True)) >= {"export_coverage", "export_matrix"}


def test_the_table_hides_what_the_page_hides(tree, ada) -> None:
    from courses.coverage.asking import Asked
    from courses.coverage.exporting import table_file
    from courses.coverage.queries import ALL, overview

    make_people(tree[3], 2, 0, 0)
    count_months(1)
    asked = Asked(tree[1], group="all")
    rows = read(table_file(overview(tree[1], group=ALL), asked, kind="csv", by=ada))
    assert {row[5] for row in rows[1:]} == {"for få til å vises"} or "2" not in {row[5] for row in rows[1:]}


def test_the_completion_of_a_course_says_on_which_day_each_lesson_was_done(tree, ada) -> None:
    one = organisation.make_member("Kari", of=tree[3])
    organisation.make_member("Ola", of=tree[2])
    course = courses.make_course(2)
    courses.finish(course, one)
    rows = read(b"".join(completion_lines(course, tree[1], by=ada)))
    assert [row[0] for row in rows[1:]] == ["Kari"]
    assert all(rows[1][1:])
    assert Sighting.objects.filter(page="course_completion").count() == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-01 12:00:00", "2026-07-01"),
        ("2026-07-01 21:30:00.123", "2026-07-01"),
        ("2026-07-01 22:30:00.123", "2026-07-02"),
        ("2026-12-31 23:30:00+00", "2027-01-01"),
        ("2026-12-31 02:10:00", "2026-12-31"),
        ("", ""),
    ],
)
def test_a_moment_is_the_day_it_was_here(text: str, day: str) -> None:
    assert local_day(text) == day


def test_whoever_looked_at_nobody_is_not_written_down(tree, ada) -> None:
    from lms.audit.services import record_sighting_of_all

    assert record_sighting_of_all(by=ada, page="p", of=Member.objects.filter(pk=ada.pk)) == 0
    assert not Sighting.objects.exists()
