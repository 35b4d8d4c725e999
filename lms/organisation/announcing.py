"""``term_started`` and ``term_ended``: said on the day, once each, whoever finds out first.

A term that begins or ends today is announced by the service that records it, all others by
the daily job. What was said stands as a row, and whoever says something holds the term locked
meanwhile. Days without a worker are caught up. What lay further back than ``LOOKS_BACK`` when
the program first met it is history, not news: it is marked as said, and nobody is told.

A corrected term may be announced again: one that was said to have ended and goes on after all
is said to have started; one that was said to have started and begins later after all is said
to have ended. Who listens must therefore bear to hear the same twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from lms.organisation.models import Term, TermAnnouncement
from lms.organisation.signals import term_ended, term_started
from lms.periods import Period, today

Kind = TermAnnouncement.Kind
LOOKS_BACK = dt.timedelta(days=90)
AT_A_TIME = 500


@transaction.atomic
def announce(ids: Collection[int]) -> tuple[int, int]:
    """Say of these terms what has come to be by today and has not been said. Returns how many started and ended."""
    day = today()
    terms = list(Term.objects.select_for_update().filter(pk__in=ids, valid_from__lte=day).order_by("pk"))
    said = _said([term.pk for term in terms])
    started = [term.pk for term in terms if not said & {(term.pk, Kind.STARTED), (term.pk, Kind.ENDED)}]
    over = [term.pk for term in terms if term.valid_until is not None and term.valid_until <= day]
    ended = [pk for pk in over if (pk, Kind.ENDED) not in said]
    _write(started, ended)
    if started:
        term_started.send(Term, ids=started)
    if ended:
        term_ended.send(Term, ids=ended)
    return len(started), len(ended)


@transaction.atomic
def announce_correction(term: Term, before: Period) -> None:
    """Say what a term whose days were changed has come to be, where something else was said ``before``."""
    day, said = today(), {kind for _, kind in _said([term.pk])}
    is_over = term.valid_until is not None and term.valid_until <= day
    if term.valid_from > day:
        if said == {Kind.STARTED}:
            term_ended.send(Term, ids=[term.pk])
        term.announcements.all().delete()
    elif not said and is_over:
        # Held until now without our saying so: its end is news. Never held on any day we knew of: history.
        _write([term.pk], [] if before.start <= day else [term.pk])
        announce([term.pk])
    elif Kind.ENDED in said and not is_over:
        term.announcements.all().delete()
        announce([term.pk])
    else:
        announce([term.pk])


def announce_new(term: Term) -> None:
    """Announce a term that has just been recorded, if it is held today; one that is over is history."""
    if term.valid_until is not None and term.valid_until <= today():
        _write([term.pk], [term.pk])
    elif term.valid_from <= today():
        announce([term.pk])


def take_back(term: Term) -> None:
    """Before a term that was recorded by mistake is taken away: whoever heard that it started hears that it ended."""
    if {kind for _, kind in _said([term.pk])} == {Kind.STARTED}:
        term_ended.send(Term, ids=[term.pk])


def due() -> Iterator[list[int]]:
    """Terms of which something is to be said by today, some hundreds at a time."""
    day = today()
    news = Q(valid_from__lte=day) & ~_has(Kind.STARTED) & ~_has(Kind.ENDED)
    ids = list(Term.objects.filter(news | (Q(valid_until__lte=day) & ~_has(Kind.ENDED))).values_list("pk", flat=True))
    for start in range(0, len(ids), AT_A_TIME):
        yield ids[start : start + AT_A_TIME]


@transaction.atomic
def leave_history() -> int:
    """Mark what was history when we first met it as said, silently. Returns how many terms."""
    day = today()
    old = _unsaid().filter(valid_from__lte=day - LOOKS_BACK)
    rows = list(old.values_list("pk", "valid_until"))
    _write([pk for pk, _ in rows], [pk for pk, until in rows if until is not None and until <= day])
    forgotten = Term.objects.filter(~_has(Kind.ENDED), valid_until__lte=day - LOOKS_BACK)
    _write([], list(forgotten.values_list("pk", flat=True)))
    return len(rows)


def _unsaid() -> QuerySet[Term]:
    """Terms of which nothing has ever been said."""
    return Term.objects.filter(~Exists(TermAnnouncement.objects.filter(term=OuterRef("pk"))))


def _has(kind: str) -> Exists:
    return Exists(TermAnnouncement.objects.filter(term=OuterRef("pk"), kind=kind))


def _said(ids: Collection[int]) -> set[tuple[int, str]]:
    return set(TermAnnouncement.objects.filter(term__in=ids).values_list("term", "kind"))


def _write(started: Collection[int], ended: Collection[int]) -> None:
    rows = [TermAnnouncement(term_id=pk, kind=Kind.STARTED) for pk in started]
    rows += [TermAnnouncement(term_id=pk, kind=Kind.ENDED) for pk in ended]
    TermAnnouncement.objects.bulk_create(rows, batch_size=AT_A_TIME, ignore_conflicts=True)
