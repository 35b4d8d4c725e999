"""A made organisation in bulk: one nation, fifteen counties, their branches, people and boards."""

from __future__ import annotations

from lms.members.models import Member
from lms.members.names import name_key
from lms.organisation.lineage import rebuild_ancestry
from lms.organisation.models import Body, Membership, Office, Term, Unit, UnitParent
from tests.factories.organisation import LONG_AGO

FIRST, LAST = ("Åse", "Kari", "Ola", "Márjá", "Nils", "Ærlig"), ("Berg", "Vik", "Østby", "Ås", "Dal")
COUNTIES = 15


def populate(members: int, *, units: int = 360) -> Unit:
    """Make it; the nation is returned. Everybody belongs to one branch, every branch has a chair."""
    nation, branches = _make_units(units)
    people = [
        Member(name=f"{FIRST[n % 6]} {LAST[n % 5]} {n}", member_number=f"{500_000 + n}", birth_year=1940 + n % 65)
        for n in range(members)
    ]
    for person in people:
        person.name_key = name_key(person.name)
    people = Member.objects.bulk_create(people, batch_size=2_000)
    Membership.objects.bulk_create(
        [Membership(member=p, unit=branches[n % len(branches)], valid_from=LONG_AGO) for n, p in enumerate(people)],
        batch_size=2_000,
    )
    chair = Office.objects.get_or_create(key="chair", unit=None, defaults={"title": {"nb": "leder"}})[0]
    boards = Body.objects.bulk_create([Body(unit=one, name="Styret", valid_from=LONG_AGO) for one in branches])
    Term.objects.bulk_create(
        [Term(member=p, office=chair, body=b, valid_from=LONG_AGO) for p, b in zip(people, boards, strict=False)]
    )
    return nation


def _make_units(number: int) -> tuple[Unit, list[Unit]]:
    kinds = [Unit.Kind.NATIONAL, *[Unit.Kind.COUNTY] * COUNTIES]
    kinds += [Unit.Kind.MUNICIPAL] * (number - len(kinds))
    made = Unit.objects.bulk_create(
        [Unit(code=f"p{n}", name=f"{kind} {n}", kind=kind, valid_from=LONG_AGO) for n, kind in enumerate(kinds)]
    )
    nation, counties, branches = made[0], made[1 : COUNTIES + 1], made[COUNTIES + 1 :]
    above = [(county, nation) for county in counties]
    above += [(branch, counties[n % COUNTIES]) for n, branch in enumerate(branches)]
    UnitParent.objects.bulk_create([UnitParent(unit=one, parent=over, valid_from=LONG_AGO) for one, over in above])
    rebuild_ancestry()
    return nation, branches
