"""From the kept file to staged rows: read, looked up, decided, a thousand at a time. Safe to begin again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from django.db import connection, transaction

from lms.jobs.lease import Claimed
from lms.members.models import Member
from lms.members.names import name_key
from lms.register import facts
from lms.register.bounds import MOST_LEAVING_SQLITE
from lms.register.cells import Problem, Said, Wrong, read_row, readable
from lms.register.columns import Field
from lms.register.diff import Decided, Decision, Fact, decide, differs
from lms.register.models import RegisterImport, RowProblem, StagedRow
from lms.register.storage import Line, kept_rows
from lms.register.units import UnitBook
from lms.register.writing import stage

AT_A_TIME = 2_000
"""Rows of one step: a handful of queries and two statements, some hundredths of a second under SQLite's lock."""
MOST_PROBLEMS = 10_000
"""Problems written down; more of them are only counted. A file with so many is the wrong one."""


@dataclass(slots=True)
class Desk:
    """What is at hand while rows are read: the day, the importer and their reach, the units, the numbers met so far."""

    on: dt.date
    by: Member | None
    reach: facts.Reach
    book: UnitBook
    widths: list[int]
    seen: dict[str, int] = field(default_factory=dict)


def open_desk(register_import: RegisterImport, *, on: dt.date) -> Desk:
    """Gather what every row is held against."""
    if register_import.scope is None:
        reach = facts.Reach(None)
    elif register_import.by is None:  # whoever brought it is gone, and the rights with them
        reach = facts.Reach(frozenset())
    else:
        reach = facts.reach_of(register_import.by, on=on)
    return Desk(on, register_import.by, reach, facts.unit_book(reach, on=on), facts.nought_widths())


def read_all(register_import: RegisterImport, desk: Desk, claim: Claimed) -> int:
    """Stage every row of the file, and then those who leave. Returns how many rows are wrong."""
    register_import.staged.all().delete()
    register_import.problems.all().delete()
    fields = [Field(name) for name, _header in register_import.columns]
    lines, wrong, written = kept_rows(register_import.file), 0, 0
    done = 0
    while part := list(islice(lines, AT_A_TIME)):
        saids = [_said(line, fields, desk) for line in part]
        rows, problems = settle(saids, desk, register_import)
        wrong += len({problem.row for problem in problems})
        done += len(part)
        with transaction.atomic():
            claim.advance(done=done, total=register_import.rows)
            stage(rows)
            written += write_problems(problems, register_import, room=MOST_PROBLEMS - written)
    if register_import.is_whole and not wrong:
        with transaction.atomic():
            claim.advance()
            leaving = stage_leaving(register_import, desk)
            if connection.vendor == "sqlite" and leaving > MOST_LEAVING_SQLITE:
                write_problems([Problem(0, "", "", Wrong.LEAVING, str(leaving))], register_import, room=1)
                wrong = 1
    return wrong


def _said(line: Line, fields: Sequence[Field], desk: Desk) -> Said:
    """A line read: its cells, its unit, and whether its number came before."""
    number, surplus, cells = line
    said = read_row(number, dict(zip(fields, cells, strict=False)), year=desk.on.year, surplus=surplus)
    if said.unit:
        meant = desk.book.find(said.unit)
        if meant.unit is None or meant.wrong:
            kind = meant.wrong or Wrong.UNIT_UNKNOWN
            said.problems.append(Problem(number, Field.UNIT, readable(said.unit), kind, meant.right))
        else:
            said.unit_id = meant.unit.id
    if said.number:
        first = desk.seen.setdefault(said.number, number)
        if first != number:
            said.problems.append(Problem(number, Field.NUMBER, said.number, Wrong.TWICE, str(first)))
    return said


def settle(saids: Sequence[Said], desk: Desk, register_import: RegisterImport) -> tuple[list[StagedRow], list[Problem]]:
    """Decide rows: those to stage, and everything that is wrong with the others."""
    problems = [problem for said in saids for problem in said.problems]
    whole = [said for said in saids if not said.problems]
    known = facts.facts_of([said.number for said in whole], desk.reach, on=desk.on)
    _hold_emails(whole, known, desk)
    unknown = [said.number for said in whole if said.number not in known]
    noughts = facts.numbers_but_for_noughts(unknown, desk.widths)
    merged = facts.merged_away(unknown, desk.reach, on=desk.on)
    rows = []
    for said in whole:
        number = said.number
        decided = decide(said, known.get(number), noughts=noughts.get(number, ""), merged=merged.get(number))
        if decided.problem:
            problems.append(decided.problem)
        else:
            rows.append(_row(said, decided, register_import))
    return rows, problems


def _hold_emails(saids: Iterable[Said], known: dict[str, Fact], desk: Desk) -> None:
    """Mark those whose e-mail is not this importer's to change. Asked only for rows that would change it."""
    facts_of = ((said, known.get(said.number)) for said in saids)
    changing = {fact.id: said.number for said, fact in facts_of if fact and differs(said.email, fact.email)}
    for pk in facts.keeping_email(changing, against=desk.by):
        number = changing[pk]
        known[number] = replace(known[number], keeps_email=True)


def _row(said: Said, decided: Decided, register_import: RegisterImport) -> StagedRow:
    return StagedRow(
        register_import=register_import, row=said.row, number=said.number, name=said.name,
        name_key=name_key(said.name)[:400],
        email=said.email, unit_id=said.unit_id, status=said.status, language=said.language, birth_year=said.birth_year,
        gender=said.gender, postal_code=said.postal_code, decision=decided.decision, member_id=decided.member_id,
        moves=decided.moves, becomes=decided.becomes, before=dict(decided.before),
    )  # fmt: skip


def write_problems(problems: Iterable[Problem], register_import: RegisterImport, *, room: int) -> int:
    """Write down what is wrong, as far as there is room. Returns how many."""
    rows = [
        RowProblem(
            register_import=register_import, row=one.row, field=one.field, value=one.value[:200], kind=one.kind,
            right=one.right[:300],
        )
        for one in islice(problems, max(0, room))
    ]  # fmt: skip
    return len(RowProblem.objects.bulk_create(rows, batch_size=AT_A_TIME))


def stage_leaving(register_import: RegisterImport, desk: Desk) -> int:
    """Stage those whom a whole register does not name, anew. Returns how many."""
    register_import.staged.filter(decision=Decision.LEAVING).delete()
    people = facts.left_out_by(register_import, desk.reach, on=desk.on).order_by("pk")
    rows = people.values_list("pk", "member_number", "name", "name_key", "public_id")
    # All before the first is staged: the question is about the table that is written.
    found = [(pk, number or "", name, key, public_id) for pk, number, name, key, public_id in rows]
    for part in (found[start : start + AT_A_TIME] for start in range(0, len(found), AT_A_TIME)):
        standings = facts.facts_of([number for _pk, number, *_rest in part], desk.reach, on=desk.on)
        stage(
            StagedRow(
                register_import=register_import, row=0, number=number, name=name, name_key=key, public_id=public_id,
                unit_id=standings[number].standings[0].unit, decision=Decision.LEAVING, member_id=pk,
                becomes=standings[number].standings[0].status,
            )
            for pk, number, name, key, public_id in part
        )  # fmt: skip
    return len(found)
