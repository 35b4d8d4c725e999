"""What the ledger of evidence holds of people, as the engine asks for it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.progression.record import Attendance, HeldOffice, HoursDone, Observation, Vouching, Waived
from lms.competences.models import Evidence
from lms.competences.rows import current

Kind = Evidence.Kind
ASKED_FOR = (Kind.OFFICE, Kind.SESSION, Kind.HOURS, Kind.TAUGHT, Kind.PRACTICE, Kind.ATTESTATION, Kind.WAIVER)
COLUMNS = (
    "member",
    "kind",
    "key",
    "subject",
    "about",
    "on",
    "until",
    "share",
    "score",
    "hours",
    "given_by",
    "given_as",
)


@dataclass(slots=True)
class Ledger:
    """One person's rows, sorted by what they are asked for."""

    offices: list[HeldOffice] = field(default_factory=list)
    sessions: dict[str, list[Attendance]] = field(default_factory=dict)
    practice: dict[str, list[Observation]] = field(default_factory=dict)
    hours: list[HoursDone] = field(default_factory=list)
    attestations: dict[str, list[Vouching]] = field(default_factory=dict)
    waivers: dict[str, list[Waived]] = field(default_factory=dict)


def read_ledger(ids: Sequence[int], day: dt.date) -> Mapping[int, Ledger]:
    """The rows of each person that had happened by the day. One query."""
    found: dict[int, Ledger] = defaultdict(Ledger)
    rows = current(Evidence.objects.filter(member__in=ids, kind__in=ASKED_FOR, on__lte=day)).order_by("on", "pk")
    for row in rows.values(*COLUMNS):
        _put(found[row["member"]], row)
    return found


def _put(ledger: Ledger, row: Mapping[str, Any]) -> None:
    """A session attended counts by its share, and by its hours when it says how many.

    What one record of a person vouched or waived for the other counts for nothing once they are one.
    """
    if row["kind"] in (Kind.ATTESTATION, Kind.WAIVER) and row["given_by"] == row["member"]:
        return
    on, key, named = row["on"], row["key"], row["subject"].partition(":")[2] or row["subject"]
    match row["kind"]:
        case Kind.OFFICE:
            # Held elsewhere, in no unit of ours: it counts as an office in a board, at no kind of unit.
            ledger.offices.append(HeldOffice(named, on, row["until"], "board", "", key))
        case Kind.SESSION:
            ledger.sessions.setdefault(named, []).append(Attendance(row["share"] or 0, on, key))
        case Kind.PRACTICE:
            seen = Observation(row["score"] or 0, on, row["given_by"], key)
            ledger.practice.setdefault(named, []).append(seen)
        case Kind.ATTESTATION:
            ledger.attestations.setdefault(row["about"], []).append(Vouching(frozenset(row["given_as"]), on, key))
        case Kind.WAIVER:
            ledger.waivers.setdefault(row["about"], []).append(Waived(on, row["until"], key))
    if row["hours"] is not None and row["kind"] in (Kind.HOURS, Kind.SESSION, Kind.TAUGHT):
        ledger.hours.append(HoursDone(float(row["hours"]), on, key, is_taught=row["kind"] == Kind.TAUGHT))
