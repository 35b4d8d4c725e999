"""What the demo's bodies decide, how many seats they have, and who its people are by age and gender.

Ages and genders are drawn for invented people, by their number; the shares are those of a
plausible organisation, not of any real one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random

from courses.demo.names import GIVEN, SAMI_GIVEN
from lms.members.models import Member
from lms.organisation.models import Body, BodySeat, Term, TermAnnouncement
from lms.periods import today

BATCH = 1000
WOMEN = frozenset(GIVEN[: GIVEN.index("Jan")]) | frozenset(SAMI_GIVEN[: SAMI_GIVEN.index("Áilu")])
AUTHORITY = {
    Body.Kind.BOARD: (
        "Leder laget mellom årsmøtene, setter vedtak ut i livet og svarer for økonomi og medlemmer. "
        "Vedtektene § 7. Vedtaksført når over halvparten møter."
    ),
    Body.Kind.EXECUTIVE: "Forbereder styremøtene og avgjør det som haster. Vedtektene § 8.",
    Body.Kind.NOMINATING: (
        "Foreslår kandidater til alle verv årsmøtet velger, fire uker før møtet. "
        "Innstiller ikke seg selv. Vedtektene § 11."
    ),
    Body.Kind.CONTROL: "Ser til at vedtektene følges og avgjør klager. Vedtektene § 12.",
    Body.Kind.COMMITTEE: "Utreder og foreslår for styret. Styret fastsetter mandatet.",
}


def fill_bodies() -> None:
    """Give every body its authority, its seats and its rules; and leave the past announced."""
    day = today()
    bodies = list(Body.objects.select_related("unit"))
    for body in bodies:
        body.authority = AUTHORITY[Body.Kind(body.kind)]
        if body.kind == Body.Kind.BOARD:
            body.least_of_each_gender = 40
            body.least_under_40 = 2 if body.unit.kind == "national" else 1
    Body.objects.bulk_update(bodies, ["authority", "least_of_each_gender", "least_under_40"], batch_size=BATCH)
    held = Counter(Term.objects.on(day).values_list("body", "office"))
    chance = Random("seats")
    BodySeat.objects.bulk_create(
        [
            # Now and then a seat stands empty, as they do.
            BodySeat(body_id=body, office_id=office, number=number + (chance.random() < 0.04))
            for (body, office), number in sorted(held.items())
        ],
        batch_size=BATCH,
    )
    _leave_announced(day)


def _leave_announced(day: dt.date) -> None:
    """What began and ended before the demo was loaded is no news."""
    rows = [
        TermAnnouncement(term_id=term.pk, kind=kind)
        for term in Term.objects.all()
        for kind, on in (("started", term.valid_from), ("ended", term.valid_until))
        if on is not None and on <= day
    ]
    TermAnnouncement.objects.bulk_create(rows, batch_size=BATCH)


def describe_people() -> None:
    """Birth years and genders for everybody the demo's register knows."""
    people = list(Member.objects.exclude(member_number=None))
    for member in people:
        chance = Random(f"{member.member_number}-person")
        first = member.name.split()[0].split("-")[0] if member.name else ""
        member.birth_year = 2026 - round(chance.triangular(17, 84, 46))
        if chance.random() < 0.93:  # the field is optional, and some leave it out
            member.gender = Member.Gender.WOMAN if first in WOMEN else Member.Gender.MAN
    Member.objects.bulk_update(people, ["birth_year", "gender"], batch_size=BATCH)
