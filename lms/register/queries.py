"""Reads for the pages of an import: who may see it, what it says, row by row and summed up."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from lms.jobs.models import Job
from lms.members.models import Member
from lms.organisation.models import Membership, Term, Unit
from lms.periods import today
from lms.register.cells import Wrong
from lms.register.diff import FIELDS, NOTES, Decision
from lms.register.facts import Reach, ending_terms, reach_of
from lms.register.models import RegisterImport, RowProblem, StagedRow
from lms.register.wording import field_label

MOST_LISTED = 200
State = RegisterImport.State


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a person, as it is and as it becomes."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One person of an import. ``row`` is 0 for those who are not in the file."""

    row: int
    number: str
    name: str
    unit: str
    decision: str
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()


def imports_seen_by(member: Member) -> tuple[Reach, list[RegisterImport]]:
    """The newest imports that lie wholly within somebody's reach, and that reach."""
    reach = reach_of(member, on=today())
    if reach.is_empty:
        return reach, []
    rows = RegisterImport.objects.select_related("by", "confirmed_by")[:MOST_LISTED]
    return reach, [row for row in rows if reach.covers(row.scope)]


def import_seen_by(member: Member, public_id: uuid.UUID) -> RegisterImport | None:
    """One import, if it lies wholly within somebody's reach."""
    row = RegisterImport.objects.select_related("by", "confirmed_by").filter(public_id=public_id).first()
    reach = reach_of(member, on=today())
    return row if row is not None and not reach.is_empty and reach.covers(row.scope) else None


def job_of(register_import: RegisterImport) -> Job | None:
    """The job that reads or applies it, the newest."""
    names = [f"{kind}:{register_import.public_id}" for kind in ("read_register_import", "apply_register_import")]
    wanted = Q(key__in=names[:1]) | Q(key__in=[f"{names[1]}:first", f"{names[1]}:second"])
    return Job.objects.filter(wanted).order_by("-pk").first()


def staged_with(register_import: RegisterImport, decision: str) -> QuerySet[StagedRow]:
    """The people of an import with one decision, or of whom one thing is noted: as in the file; who leave, by name."""
    if decision in NOTES:
        return register_import.staged.filter(before__has_key=decision).select_related("member").order_by("row")
    order = ("name_key", "pk") if decision == Decision.LEAVING else ("row",)
    return register_import.staged.filter(decision=decision).select_related("member").order_by(*order)


def lines_of(rows: Sequence[StagedRow]) -> list[Line]:
    """Rows as people read them. One query."""
    mentioned = {row.unit_id for row in rows} | {row.before.get("unit") for row in rows if row.moves}
    units = dict(Unit.objects.filter(pk__in=mentioned - {None}).values_list("pk", "name"))
    return [
        Line(
            row.row, row.number, row.name, units.get(row.unit_id, ""), row.decision, tuple(_changes(row, units)),
            tuple(note for note in NOTES if note in row.before),
        )
        for row in rows
    ]  # fmt: skip


def _changes(row: StagedRow, units: Mapping[int, str]) -> Iterable[Change]:
    for name in (*FIELDS, "unit", "status"):
        if name not in row.before:
            continue
        before = row.before[name]
        after = row.becomes if name == "status" else row.unit_id if name == "unit" else getattr(row, name)
        if before != after:
            yield Change(field_label(name), _shown(name, before, units), _shown(name, after, units))


def _shown(name: str, value: object, units: Mapping[int, str]) -> str:
    """A value as people read it; nothing is a dash."""
    if not value:
        return "–"
    if name == "unit":
        return units.get(int(str(value)), "–")
    words = {"language": dict(settings.LANGUAGES), "status": status_words(), "gender": gender_words()}.get(name, {})
    return words.get(str(value), str(value))


def status_words() -> dict[str, str]:
    """What one is to the organisation."""
    return {Membership.Status.MEMBER: _("member"), Membership.Status.SYMPATHISER: _("sympathiser")}


def gender_words() -> dict[str, str]:
    """Genders in words."""
    return {Member.Gender.WOMAN: _("woman"), Member.Gender.MAN: _("man"), Member.Gender.OTHER: _("another gender")}


def offices_ending(register_import: RegisterImport) -> QuerySet[Term]:
    """Offices that end, or ended, with those who leave."""
    rows = ending_terms(register_import, on=register_import.applied_on or today())
    return rows.select_related("member", "office", "body__unit").order_by("member__name_key", "pk")


def unknown_units(register_import: RegisterImport) -> list[tuple[RowProblem, int]]:
    """What stands for a unit and is none, with how often, the most frequent first."""
    kinds = (Wrong.UNIT_UNKNOWN, Wrong.UNIT_SHARED, Wrong.UNIT_FOREIGN)
    found = register_import.problems.filter(kind__in=kinds).order_by().values("value", "kind", "right")
    told = found.annotate(rows=Count("pk")).order_by("-rows", "value")
    return [
        (RowProblem(value=one["value"], kind=one["kind"], right=one["right"]), int(one["rows"])) for one in told[:20]
    ]
