"""Terms that end with their body are announced; those that go on with it are not told as new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from lms.organisation.models import Term, TermAnnouncement
from lms.organisation.signals import term_ended, term_started
from lms.periods import today
from lms.reorganisation.facts import Edit, Row
from lms.reorganisation.models import Reorganisation
from lms.reorganisation.writing import write_lines

ENDED, STARTED = TermAnnouncement.Kind.ENDED, TermAnnouncement.Kind.STARTED


def announce_ended(reorganisation: Reorganisation, terms: Iterable[Row]) -> None:
    """Announce, once, the terms that a day behind us ends. What lies ahead is announced on its day."""
    if reorganisation.on > today():
        return
    ids = [row.id for row in terms if row.since < reorganisation.on]
    fresh = _announce(reorganisation, ids, ENDED)
    if fresh:
        term_ended.send(Term, ids=fresh)


def keep_quiet_of_carried(reorganisation: Reorganisation, terms: Iterable[Row]) -> None:
    """A term that goes on in the new unit is one office to the person: no end and no start is announced."""
    _announce(reorganisation, [row.id for row in terms if row.since < reorganisation.on], ENDED)
    made = reorganisation.ledger.filter(table="term", before={}).values_list("row", flat=True)
    _announce(reorganisation, made, STARTED)


def announce_taken_back(terms: Iterable[int], *, on: dt.date) -> None:
    """Say that terms have started which hold again because what ended them was undone: their end is unsaid."""
    day = today()
    if on > day:
        return
    ids = list(Term.objects.on(day).filter(pk__in=list(terms)).order_by("pk").values_list("pk", flat=True))
    TermAnnouncement.objects.filter(term__in=ids, kind=ENDED).delete()
    if ids:
        term_started.send(Term, ids=ids)


def _announce(reorganisation: Reorganisation, terms: Iterable[int], kind: str) -> list[int]:
    """Write down that these terms have been announced; returns those that had not been."""
    wanted = list(terms)
    told = set(TermAnnouncement.objects.filter(term__in=wanted, kind=kind).values_list("term", flat=True))
    fresh = [term for term in wanted if term not in told]
    rows = TermAnnouncement.objects.bulk_create(TermAnnouncement(term_id=term, kind=kind) for term in fresh)
    lines = [(Edit("announcement", None, {}, {"term": row.term_id, "kind": kind}), row.pk) for row in rows]
    write_lines(reorganisation, lines)
    return fresh
