"""What a file still says of a person: rows and errors that wait, which no key leads to."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Model, Q

from lms.members.models import Member
from lms.members.queries import sign_in_addresses
from lms.privacy.registry import register_eraser
from lms.register.models import RowProblem, StagedRow


def forget_rows(person: Model) -> int:
    """Delete the staged rows of a person, known then or new, and all that is written of those rows' errors.

    An error is found by the number, an address or the name in it. One that holds none of them
    (an e-mail that is none) is found only beside one that does; it goes within seven days.
    """
    if not isinstance(person, Member):
        return 0
    mine = Q(public_id=person.public_id) | Q(member=person)
    said = Q()
    for value in {person.name, person.email, *sign_in_addresses(person)} - {""}:
        said |= Q(value__iexact=value)
    if person.member_number:
        mine |= Q(number=person.member_number)
        said |= Q(value=person.member_number) | Q(right=person.member_number)
    rows = StagedRow.objects.filter(mine)
    problems = RowProblem.objects.filter(said) if said else RowProblem.objects.none()
    places: dict[int, set[int]] = defaultdict(set)
    for found in (rows, problems):
        for register_import, row in found.values_list("register_import", "row"):
            places[register_import].add(row)
    count = rows.delete()[0]
    for register_import, numbers in places.items():
        beside = RowProblem.objects.filter(register_import=register_import, row__in=numbers - {0})
        count += beside.delete()[0]
    return count + problems.delete()[0]


def register() -> None:
    """Say so, once, at start."""
    register_eraser("register_rows", forget_rows)
