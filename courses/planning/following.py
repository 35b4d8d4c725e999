"""What a reorganisation means for plans: those of bodies and units go on, people's follow their office.

A body's plan goes on with the body that carries on. A unit's goes to the heir that took
everybody else; it is one plan, so the other heirs get none. A person's follows the term that
goes on; where the body ends with its unit, the plan closes with the office. What lies on a day
to come is written down in the ledger and done on that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy, ngettext

from courses.planning.continuing import AGAIN_WITHIN
from courses.planning.models import CompetencePlan
from courses.planning.reasons import BODY_CLOSED, BY_ITSELF, TERM_ENDED, UNIT_CLOSED
from lms.organisation.following import Follower, Line, Passage, Remember, Word, register_follower
from lms.organisation.models import Body, Term
from lms.periods import today

TABLE, LATER = "plan", "later"
MODEL = "courses.CompetencePlan"
DATES = frozenset({"closed_on"})
State = CompetencePlan.State
Fate = tuple[CompetencePlan, dict[str, Any]]
"""a plan, and the columns it gets"""


def preview(passage: Passage) -> Sequence[Word]:
    """How many plans go on and how many close."""
    fates = _fates(passage)
    closing = sum("state" in after for _plan, after in fates)
    going = [plan for plan, after in fates if "state" not in after]
    people = sum(plan.member_id is not None for plan in going)
    bodies = sum(plan.member_id is None and plan.body_id is not None for plan in going)
    return [sentence for n, sentence in _sentences(bodies, people, len(going) - people - bodies, closing) if n]


def _sentences(bodies: int, people: int, units: int, closing: int) -> Iterator[tuple[int, str]]:
    n = bodies
    yield n, ngettext("%(n)d plan of a body goes on with it.", "%(n)d plans of bodies go on with them.", n) % {"n": n}
    n = people
    keeps = ngettext("%(n)d person keeps the plan for the office.", "%(n)d people keep the plan for the office.", n)
    yield n, keeps % {"n": n}
    n = units
    goes = ngettext(
        "%(n)d plan of a unit goes to the unit that takes over everybody else. The others get none.",
        "%(n)d plans of units go to the unit that takes over everybody else. The others get none.",
        n,
    )
    yield n, goes % {"n": n}
    n = closing
    ends = ngettext(
        "%(n)d plan closes with its office. It can still be read.",
        "%(n)d plans close with their offices. They can still be read.",
        n,
    )
    yield n, ends % {"n": n}


def apply(passage: Passage, remember: Remember) -> None:
    """Let the plans follow; what happens on a day to come is remembered for that day."""
    if passage.on > today():
        remember(LATER, 0, {}, _as_values(passage))
        return
    for plan, after in _fates(passage):
        before = {name: getattr(plan, name) for name in after}
        for name, value in after.items():
            setattr(plan, name, value)
        plan.save(update_fields=list(after))
        remember(TABLE, plan.pk, _plain(before), _plain(after))


def undo(lines: Sequence[Line]) -> None:
    """Every plan becomes what it was. What somebody has changed since by hand stays as they left it."""
    plans = CompetencePlan.objects.in_bulk([row for table, row, _before, _after in lines if table == TABLE])
    for table, row, before, after in lines:
        plan = plans.get(row) if table == TABLE else None
        if plan is None:
            continue
        back = {name: _value(name, value) for name, value in before.items()}
        if "state" in after and (plan.state, plan.closed_reason) != (after["state"], after["closed_reason"]):
            back = {name: value for name, value in back.items() if name not in ("state", "closed_on", "closed_reason")}
        for name, value in back.items():
            setattr(plan, name, value)
        plan.save(update_fields=list(back) or None)


def _fates(passage: Passage) -> list[Fate]:
    """Every plan the passage touches, and what becomes of it. Four queries."""
    on, ended = passage.on, _bodies_ended(passage)
    recent = Q(closed_reason__in=BY_ITSELF, closed_on__gte=on - AGAIN_WITHIN)
    rows = CompetencePlan.objects.filter(~Q(state=State.CLOSED) | recent)
    about = Q(body__in={*passage.bodies, *ended}) | Q(body=None, member=None, unit__in=list(passage.heirs))
    plans = list(rows.filter(about).order_by("pk"))
    terms = _terms_now(plans, passage)
    found = [(plan, _after(plan, passage, ended, terms)) for plan in plans]
    return [(plan, after) for plan, after in found if after]


def _after(
    plan: CompetencePlan, passage: Passage, ended: set[int], terms: Mapping[tuple[int, int, int], int]
) -> dict[str, Any]:  # fmt: skip
    body = plan.body_id
    if body is not None and body in passage.bodies:
        to = passage.bodies[body]
        after: dict[str, Any] = {} if to == body else {"body_id": to}
        term = terms.get((plan.member_id or 0, plan.office_id or 0, to))
        if plan.state != State.CLOSED and term is not None and term != plan.term_id:
            after["term_id"] = term
        return after
    if plan.state == State.CLOSED:
        return {}
    if body is not None:
        return _closed(TERM_ENDED if plan.member_id else BODY_CLOSED, passage.on) if body in ended else {}
    heirs = passage.heirs[plan.unit_id or 0]
    if plan.unit_id in heirs:
        return {}
    return {"unit_id": heirs[0]} if heirs else _closed(UNIT_CLOSED, passage.on)


def _closed(reason: str, on: dt.date) -> dict[str, Any]:
    return {"state": State.CLOSED, "closed_on": on, "closed_reason": reason}


def _bodies_ended(passage: Passage) -> set[int]:
    """The bodies of units that close, which nobody carries on."""
    gone = [unit for unit, heirs in passage.heirs.items() if unit not in heirs]
    rows = Body.objects.filter(unit__in=gone, valid_from__lt=passage.on).exclude(pk__in=list(passage.bodies))
    return set(rows.exclude(valid_until__lt=passage.on).values_list("pk", flat=True))


def _terms_now(plans: Iterable[CompetencePlan], passage: Passage) -> dict[tuple[int, int, int], int]:
    """(member, office, body that goes on) → the term that goes on. In a preview such a term is not there yet."""
    people = {plan.member_id for plan in plans if plan.member_id is not None}
    bodies = [body for body in passage.bodies.values() if body > 0]
    rows = Term.objects.filter(member__in=people, body__in=bodies).exclude(valid_until__lte=passage.on)
    return {(m, o, b): pk for m, o, b, pk in rows.order_by("-valid_from").values_list("member", "office", "body", "pk")}


def _as_values(passage: Passage) -> dict[str, Any]:
    """What is needed to do it on its day."""
    heirs = {str(unit): list(found) for unit, found in passage.heirs.items()}
    return {"heirs": heirs, "bodies": {str(body): to for body, to in passage.bodies.items()}}


def read_passage(on: dt.date, values: Mapping[str, Any]) -> Passage:
    """The passage that was remembered for its day."""
    heirs = {int(unit): found for unit, found in values["heirs"].items()}
    return Passage(on=on, heirs=heirs, bodies={int(body): to for body, to in values["bodies"].items()})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def _value(name: str, value: Any) -> Any:
    return dt.date.fromisoformat(value) if name in DATES and value else value


def register() -> None:
    """Say so, once, at start."""
    title = gettext_lazy("Plans")
    register_follower(Follower("plans", title, preview=preview, apply=apply, undo=undo, tables={TABLE: MODEL}))
