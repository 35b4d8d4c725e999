"""The list of people as a file: everybody in it, written down as exported."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from django.utils.translation import gettext as _

from lms.audit.models import Sighting
from lms.audit.services import record_sighting
from lms.directory.people.filters import Filters
from lms.directory.people.queries import Row, people_within, rows_of
from lms.directory.people.words import STANDINGS
from lms.members.models import Member
from lms.sheets import write_csv, write_xlsx

AT_A_TIME = 2_000
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def people_file(*, units: Collection[int], filters: Filters, kind: str, by: Member) -> bytes:
    """The list ``by`` sees, as CSV or XLSX, every row of it; written down as exported before it is given.

    ``units`` is what ``by`` sees today: the caller has asked.
    """
    people = people_within(units, filters)
    found = dict(people.values_list("pk", "public_id"))
    record_sighting(by=by, page="member_list", of=found.values(), act=Sighting.Act.EXPORTED)
    rows = _lines(list(found), filters)
    return write_csv(rows) if kind == "csv" else write_xlsx(rows, title=_("People"))


def _lines(ids: list[int], filters: Filters) -> Iterator[list[object]]:
    yield [
        _("Member number"), _("Name"), _("E-mail"), _("Unit"), _("Status"), _("Offices"), _("Language"),
        _("Year of birth"),
    ]  # fmt: skip
    left = iter(ids)
    while batch := list(islice(left, AT_A_TIME)):
        people = Member.objects.filter(pk__in=batch).order_by(*filters.ordering)
        yield from (_line(row) for row in rows_of(people, on=filters.on))


def _line(row: Row) -> list[object]:
    member = row.member
    return [
        member.member_number, member.name, member.email, row.unit, str(STANDINGS[row.status]), "; ".join(row.offices),
        member.get_language_display(), member.birth_year,
    ]  # fmt: skip
