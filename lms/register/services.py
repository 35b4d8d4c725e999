"""Writes to imports of the member register: take a file in, ask for it to be applied, confirm, drop, tidy up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from pathlib import PurePath
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.jobs.models import Job
from lms.jobs.services import request_job
from lms.members.models import Member
from lms.periods import today
from lms.register.bounds import KEPT_DAYS, MOST_ROWS, MOST_ROWS_SQLITE
from lms.register.columns import Field, UnclearColumns, header_key, recognise
from lms.register.diff import Decision, needs_second
from lms.register.facts import Reach, in_register, reach_of
from lms.register.models import KnownColumn, RegisterImport, RowProblem, StagedRow
from lms.register.storage import digest_of, forget_file, keep_rows
from lms.sheets import SheetError, read_sheet

READ, APPLY = "read_register_import", "apply_register_import"
State = RegisterImport.State


def receive_file(*, file: BinaryIO, name: str, is_whole: bool, by: Member | None) -> RegisterImport:
    """Take in a file: its known columns are kept, to be read by a job; the others are dropped unseen.

    ``by`` None is the installation itself. Raises PermissionDenied when ``by`` keeps no
    register, SheetError when it is no sheet or too large, UnclearColumns when a column it
    cannot do without is not recognised, or two of them claim the same field.
    """
    reach = _demand_reach(by)
    sheet = read_sheet(file, name)
    columns = recognise(sheet.headers, columns_said_by(by))
    if not columns.is_clear:
        raise UnclearColumns(sheet.headers, columns)
    most = MOST_ROWS_SQLITE if connection.vendor == "sqlite" else MOST_ROWS
    try:
        path, rows = keep_rows(sheet.rows, list(columns.at.values()), most=most)
    except OverflowError as error:
        raise SheetError(too_many(name, most)) from error
    with transaction.atomic():
        row = RegisterImport.objects.create(
            name=PurePath(name).name[:120], sha256=digest_of(file), file=path, is_whole=is_whole, by=by, rows=rows,
            scope=None if by is None else list(reach.tops),
            columns=[[field, sheet.headers[place]] for field, place in columns.at.items()],
            left_out=[sheet.headers[place] for place in columns.left_out if sheet.headers[place]],
        )  # fmt: skip
        request_job(kind=READ, key=f"{READ}:{row.public_id}", payload={"import": str(row.public_id)}, by=by)
    return row


def too_many(name: str, most: int) -> str:
    """What is said of a file with more rows than this database takes at once."""
    return _(
        "%(name)s has more than %(most)s rows, which is more than this installation applies at once without keeping "
        "others waiting. Divide it into several files; for a whole register of that size, run on PostgreSQL."
    ) % {"name": name, "most": most}


def columns_said_by(by: Member | None) -> dict[str, str]:
    """What somebody has said of their columns: header key → field, or "" for left out."""
    return {} if by is None else dict(KnownColumn.objects.filter(member=by).values_list("header_key", "field"))


@transaction.atomic
def remember_columns(*, said: Mapping[str, str], by: Member) -> int:
    """Remember what headers of one's files mean: header → field, or "" for left out. Returns how many.

    Raises ValueError for a field there is not, PermissionDenied when ``by`` keeps no register.
    """
    _demand_reach(by)
    rows = [
        KnownColumn(member=by, header_key=header_key(header), field=Field(field) if field else "")
        for header, field in said.items()
        if header_key(header)
    ]
    KnownColumn.objects.bulk_create(
        {row.header_key: row for row in rows}.values(),
        update_conflicts=True,
        unique_fields=["member", "header_key"],
        update_fields=["field"],
    )
    return len(rows)


@transaction.atomic
def request_apply(*, register_import: RegisterImport, by: Member | None) -> Job | None:
    """Ask for a file that was seen to be applied; None when it now waits for a second administrator.

    Raises PermissionDenied unless ``by`` brought it and still keeps a register, ValueError when
    it does not stand ready.
    """
    _demand_reach(by)
    row = _held(register_import)
    if row.by_id != (by.pk if by else None):
        raise PermissionDenied("whoever brought the file applies it")
    if row.state != State.READY:
        raise ValueError("this import does not stand ready")
    if row.is_whole and needs_second(row.counts[Decision.LEAVING], people_in_reach(row)):
        _enter(row, State.WAITING)
        return None
    return _begin(row, by, "first")


@transaction.atomic
def confirm_leaving(*, register_import: RegisterImport, by: Member) -> Job:
    """A second administrator confirms that so many leave, and the file is applied.

    Raises PermissionDenied when ``by`` brought the file or does not keep the register for all
    of its reach, ValueError when nothing waits for it.
    """
    row = _held(register_import)
    if row.by_id == by.pk or not reach_of(by, on=today()).covers(row.scope):
        raise PermissionDenied("somebody else, who keeps the register for all of it, confirms")
    if row.state != State.WAITING:
        raise ValueError("nothing waits to be confirmed")
    row.confirmed_by = by
    row.save(update_fields=["confirmed_by"])
    told = {Decision.LEAVING: row.counts[Decision.LEAVING]}
    record_act("confirm_register", by=by, subject=subject_key("register_import", row.public_id), **told)
    return _begin(row, by, "second")


@transaction.atomic
def drop_import(*, register_import: RegisterImport, by: Member) -> None:
    """Let a file go that is not applied: its rows are deleted. Raises PermissionDenied or ValueError."""
    row = _held(register_import)
    if not reach_of(by, on=today()).covers(row.scope):
        raise PermissionDenied("another administrator's import")
    if row.state in (State.APPLYING, State.APPLIED):
        raise ValueError("it is applied, or about to be")
    _enter(row, State.DROPPED)
    _empty([row])


def empty_old_imports(*, now: dt.datetime | None = None) -> int:
    """Delete the files and rows of imports that are seven days old, applied or not. Returns how many."""
    limit = (now or timezone.now()) - dt.timedelta(days=KEPT_DAYS)
    old = list(RegisterImport.objects.filter(created_at__lt=limit, emptied_at=None))
    for row in old:
        with transaction.atomic():
            if row.state != State.APPLIED:
                _enter(row, State.DROPPED)
            _empty([row])
    return len(old)


def people_in_reach(register_import: RegisterImport) -> int:
    """How many the register holds today where the import reaches."""
    reach = Reach(None) if register_import.scope is None else reach_of(register_import.by, on=today())
    return in_register(reach, on=today()).count()


def _empty(rows: list[RegisterImport]) -> None:
    ids = [row.pk for row in rows]
    StagedRow.objects.filter(register_import__in=ids).delete()
    RowProblem.objects.filter(register_import__in=ids).delete()
    RegisterImport.objects.filter(pk__in=ids).update(emptied_at=timezone.now(), file="")
    for row in rows:
        transaction.on_commit(partial(forget_file, row.file))


def _begin(row: RegisterImport, by: Member | None, step: str) -> Job:
    _enter(row, State.APPLYING)
    name = str(row.public_id)
    return request_job(kind=APPLY, key=f"{APPLY}:{name}:{step}", payload={"import": name}, by=by)


def _enter(row: RegisterImport, state: str) -> None:
    row.state = state
    row.save(update_fields=["state"])


def _held(register_import: RegisterImport) -> RegisterImport:
    return RegisterImport.objects.select_for_update().get(pk=register_import.pk)


def _demand_reach(by: Member | None) -> Reach:
    reach = reach_of(by, on=today())
    if reach.is_empty:
        raise PermissionDenied("this person keeps no register")
    return reach


@transaction.atomic
def discard_trial(*, register_import: RegisterImport) -> None:
    """Leave no trace of a file that was only tried. Raises ValueError when it was applied."""
    if register_import.state in (State.APPLYING, State.APPLIED):
        raise ValueError("it is applied, or about to be")
    _empty([register_import])
    register_import.delete()
