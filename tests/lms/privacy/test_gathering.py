"""A person's own copy holds every row with their key, says why we have it, and names nobody else."""

from __future__ import annotations

import json

import pytest

from lms.members.models import Member
from lms.privacy.declarations import declared
from lms.privacy.gathering import ANOTHER, YOU, exported_fields, gather, kind_of
from lms.privacy.registry import Portion, register_eraser, register_exporter
from lms.privacy.schema import schema
from lms.privacy.ways import rows_of
from tests.factories.canary import EMAIL, NAME, NUMBER, make_canary
from tests.factories.organisation import make_member, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def canary(settings, tmp_path) -> Member:
    settings.MEDIA_ROOT = tmp_path
    return make_canary()


def test_every_row_with_the_persons_key_is_in_it(canary) -> None:
    found = {kept.kind: len(kept.rows) for kept in gather(canary)}
    expected = {
        kind_of(said.model): rows_of(canary, said.model).count()
        for said in declared().values()
        if said.model is not Member and exported_fields(said)
    }
    assert {kind: found.get(kind, 0) for kind in expected} == expected
    assert sum(1 for count in expected.values() if count) > 20


def test_the_person_themself_is_in_it(canary) -> None:
    me = next(kept.rows[0] for kept in gather(canary) if kept.kind == "members.member")
    assert (me["name"], me["email"], me["member_number"]) == (NAME, EMAIL, NUMBER)
    assert me["public_id"] == str(canary.public_id)
    assert not {"password", "name_key", "id"} & set(me)


def test_what_is_not_exported_is_left_out(canary) -> None:
    text = json.dumps([list(kept.rows) for kept in gather(canary)])
    assert canary.password not in text and "kanarinokkel" not in text and "hemmelig" not in text


def test_nobody_else_is_named(canary) -> None:
    rows = [row for kept in gather(canary) if kept.kind == "organisation.delegation" for row in kept.rows]
    assert {(row["member"], row["giver"]) for row in rows} == {(YOU, ANOTHER), (ANOTHER, YOU)}
    told = json.dumps([list(kept.rows) for kept in gather(canary)])
    assert "Ada" not in told


def test_each_kind_says_why_and_for_how_long(canary) -> None:
    without = [kept.kind for kept in gather(canary) if not kept.purposes]
    assert without == []
    assert next(kept.keep for kept in gather(canary) if kept.kind == "assessments.response") == [
        "12 months, then only the mark"
    ]


def test_of_a_page_one_wrote_only_what_it_is(canary) -> None:
    page = next(kept.rows[0] for kept in gather(canary) if kept.kind == "courses.coursepage")
    assert page == {"what": "Ny i styret", "owner": YOU, "locked_by": None}


def test_who_saw_the_person_is_in_it_and_so_is_whom_they_looked_up(canary) -> None:
    seen = {kept.kind: kept.rows for kept in gather(canary) if kept.kind.startswith("audit.")}
    assert [row["page"] for row in seen["audit.seen_by_others"]] == ["member_list"]
    assert [row["page"] for row in seen["audit.looked_at_others"]] == ["member_list"]
    assert {row["act"] for row in seen["audit.acts"]} >= {"ask_for_copy"}


def test_certificates_come_as_pdf(canary) -> None:
    kept = next(kept for kept in gather(canary) if kept.kind == "certificates.sheets")
    assert kept.files[0][0].endswith(".pdf") and kept.files[0][1].startswith(b"%PDF-")


def test_somebody_who_has_done_nothing_gets_little(django_assert_max_num_queries) -> None:
    person = make_member(of=make_tree()[1])
    with django_assert_max_num_queries(75):  # one for each kind of row
        kinds = [kept.kind for kept in gather(person)]
    assert kinds == ["members.member", "organisation.membership"]


def test_the_schema_describes_every_exported_field() -> None:
    defs = schema()["$defs"]
    assert {kind_of(said.model) for said in declared().values() if exported_fields(said)} == set(defs)
    bare = [f"{kind}.{name}" for kind, row in defs.items() for name, form in row["properties"].items() if form is None]
    assert bare == []


def test_two_rooms_cannot_use_one_name() -> None:
    register_exporter("test.one", _nothing)
    register_eraser("test.one", _none)
    with pytest.raises(ValueError, match="two exporters"):
        register_exporter("test.one", lambda person: Portion(""))
    with pytest.raises(ValueError, match="two erasers"):
        register_eraser("test.one", lambda person: 1)


def _nothing(person: object) -> Portion:
    return Portion("")


def _none(person: object) -> int:
    return 0
