"""The people of the demo, as rows: units, bodies, offices, memberships, terms, sign-ins."""

from __future__ import annotations

import datetime as dt

from courses.demo.counties import FORMER_FROM, former_numbers, load_former_counties
from courses.demo.population import Person, Population
from lms.members.models import Member
from lms.members.services import open_account
from lms.organisation.lineage import rebuild_ancestry
from lms.organisation.models import Appointment, Body, Membership, Office, Term, Unit, UnitParent
from lms.organisation.services import project_groups
from lms.pages.shell import DEMO_PASSWORD
from lms.periods import today

BATCH = 1000
NEWCOMER = "100001"


def load_people(population: Population) -> dict[str, Member]:
    """Everybody, by member number."""
    units = _load_units(population)
    bodies = _load_bodies(population, units)
    people = _load_members(population, units)
    _load_terms(population, units, bodies, people)
    for person in population.people:
        if person.sign_in and person.email:
            member = people[person.member_number]
            open_account(member=member, email=person.email, password=DEMO_PASSWORD)
            project_groups(member=member)
    return people


def _load_units(population: Population) -> dict[str, Unit]:
    Unit.objects.bulk_create(
        [Unit(code=u.code, name=u.name, kind=u.kind, valid_from=u.valid_from) for u in population.units],
        batch_size=BATCH,
    )
    units = {unit.code: unit for unit in Unit.objects.all()}
    UnitParent.objects.bulk_create(
        [
            UnitParent(unit=units[u.code], parent=units[u.parent], valid_from=u.valid_from)
            for u in population.units
            if u.parent
        ],
        batch_size=BATCH,
    )
    load_former_counties(units)
    rebuild_ancestry()
    return units


def _load_bodies(population: Population, units: dict[str, Unit]) -> dict[tuple[str, str], Body]:
    rows = [
        Body(unit=units[b.unit], kind=b.kind, name=b.name, valid_from=units[b.unit].valid_from)
        for b in population.bodies
    ]
    Body.objects.bulk_create(rows, batch_size=BATCH)
    return {(body.unit.code, body.kind): body for body in Body.objects.select_related("unit")}


def _load_members(population: Population, units: dict[str, Unit]) -> dict[str, Member]:
    Member.objects.bulk_create(
        [
            Member(
                member_number=p.member_number,
                name="" if p.blank_name else p.name,
                email=p.email or "",
                language=p.language,
                password="!",
            )
            for p in population.people
        ],
        batch_size=BATCH,
    )
    people = {m.member_number: m for m in Member.objects.exclude(member_number=None) if m.member_number}
    Membership.objects.bulk_create(
        [
            Membership(member=people[p.member_number], unit=units[p.unit], status=p.status, valid_from=_since(p))
            for p in population.people
        ],
        batch_size=BATCH,
    )
    return people


def _since(person: Person) -> dt.date:
    """Since when somebody has belonged to their branch, whose number may have changed meanwhile."""
    if person.unit in former_numbers():
        return max(person.joined_on, FORMER_FROM)
    return person.unit_from


def _load_terms(
    population: Population,
    units: dict[str, Unit],
    bodies: dict[tuple[str, str], Body],
    people: dict[str, Member],
) -> None:
    offices = {office.key: office for office in Office.objects.filter(unit=None)}
    Term.objects.bulk_create(
        [
            Term(
                member=people[t.member_number],
                office=offices[t.office],
                body=bodies[(t.unit, t.body_kind)],
                election=t.election,
                valid_from=t.valid_from,
                valid_until=t.valid_until,
            )
            for t in population.terms
        ],
        batch_size=BATCH,
    )
    Appointment.objects.bulk_create(
        [
            Appointment(
                member=people[a.member_number],
                role=a.role,
                unit=units[a.unit],
                valid_from=a.valid_from,
                valid_until=a.valid_until,
            )
            for a in population.appointments
        ]
    )


def elect_newcomer() -> None:
    """Åse was elected a month ago, when somebody moved away: everything the first weeks bring is ahead of her."""
    term = Term.objects.select_related("body").get(member__member_number=NEWCOMER)
    term.valid_from = today() - dt.timedelta(days=26)
    term.election = f"Ekstraordinært årsmøte {term.valid_from:%d.%m.%Y}"
    term.save(update_fields=["valid_from", "election"])
