"""The ledger read for many people at once: what proves, what they say of themselves, offices they have held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from lms.competences.levels import Proof, Service
from lms.competences.models import Evidence
from lms.competences.rows import current
from lms.organisation.models import Body, Term
from lms.periods import Period

OFFICE = "office:"
"""How the subject of an office held elsewhere begins: ``office:chair``."""
OFFICE_OF: dict[str, str] = {Body.Kind.NOMINATING: "nominating", Body.Kind.CONTROL: "audit"}
"""Whoever sits in these bodies holds this office, whatever the seat is called."""
BOARDS = (Body.Kind.BOARD, Body.Kind.EXECUTIVE)


@dataclass(slots=True)
class Account:
    """What the ledger and the terms hold of one person; by competence where it speaks of one."""

    proofs: dict[int, list[Proof]] = field(default_factory=dict)
    answers: dict[int, list[tuple[dt.date, int, int]]] = field(default_factory=dict)
    services: list[Service] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.proofs or self.answers or self.services)


def accounts_of(member_ids: Collection[int]) -> dict[int, Account]:
    """The account of each of these people. Two queries, however many."""
    accounts = {pk: Account() for pk in member_ids}
    rows = current(Evidence.objects.filter(member__in=member_ids)).exclude(kind=Evidence.Kind.WAIVER)
    columns = ("pk", "member", "kind", "competence", "level", "on", "until", "subject", "given_by")
    for pk, member, kind, competence, level, on, until, subject, giver in rows.values_list(*columns):
        account = accounts[member]
        if kind == Evidence.Kind.OFFICE:
            if until is None or on < until:
                account.services.append(Service(subject.removeprefix(OFFICE), "", Period(on, until)))
        elif competence is None:
            continue
        elif kind == Evidence.Kind.SELF:
            if level is not None:
                account.answers.setdefault(competence, []).append((on, level, pk))
        else:
            account.proofs.setdefault(competence, []).append(Proof(kind, on, level or 0, giver != member))
    for member, service in _terms_of(member_ids):
        accounts[member].services.append(service)
    return accounts


def _terms_of(member_ids: Collection[int]) -> list[tuple[int, Service]]:
    """Terms that count: any national office in a board, and a seat in a committee that is an office by itself."""
    rows = Term.objects.filter(member__in=member_ids, body__kind__in=(*BOARDS, *OFFICE_OF))
    columns = ("member", "office__key", "office__unit", "body__kind", "body__unit__kind", "valid_from", "valid_until")
    found = []
    for member, office, own_of_unit, body, unit_kind, start, until in rows.values_list(*columns):
        key = OFFICE_OF.get(body) or (office if own_of_unit is None else "")
        if key:
            found.append((member, Service(key, unit_kind, Period(start, until))))
    return found
