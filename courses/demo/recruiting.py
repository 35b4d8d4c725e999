"""The demo's recruiting days: one that goes on today, and one that ended.

Those who came are invented sympathisers without a member number. Two of them are in the register
already, so that there is something to merge.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from django.db.models import Count
from django.utils import timezone

from courses.curriculum.models import Course
from courses.demo.arriving import Guest, draw_guests
from courses.demo.places import NATIONAL, NORDLAND
from courses.enrolment.models import Enrolment
from lms.joining.campaigns import make_campaign
from lms.joining.consent import SYMPATHISER
from lms.joining.links import make_link
from lms.joining.models import Arrival, Campaign, InviteLink
from lms.members.accounts import give_sign_in_address
from lms.members.models import Consent, Member
from lms.organisation import access
from lms.organisation.models import Appointment, Membership, Term, Unit, UnitAncestry
from lms.periods import Period, today

DAY = dt.timedelta(days=1)
GOAL, FORMER_GOAL = 80, 15
# How many have come today by the link of each branch. The wall names only those with five and more.
NOW = {
    "kommune-1804": 9, "kommune-1806": 4, "kommune-1833": 6, "kommune-1865": 2, "kommune-1860": 1,
    "kommune-0301": 8, "kommune-4601": 7, "kommune-5001": 6, "kommune-5501": 5, "kommune-3407": 4,
}  # fmt: skip
BEFORE = {"kommune-1804": 6, "kommune-1833": 3, "kommune-0301": 5, "kommune-1103": 4}
DAYS_AGO = 190
SATURDAY = 5


def load_recruiting(course: Course) -> None:
    """A national recruiting day with links and people who come, and an open day before it."""
    key, nation = f"course:{course.key}", Unit.objects.get(code=NATIONAL)
    chief, now = _inviter(NATIONAL), timezone.localtime()
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={*NOW, *BEFORE})}
    taken = set(Member.objects.values_list("name", flat=True))
    day = Period(today(), today() + DAY)
    campaign = make_campaign(name="Vervedagen", unit=nation, period=day, goal=GOAL, course_key=key, by=chief)
    links = {code: make_link(unit=units[code], by=_inviter(code), campaign=campaign) for code in NOW}
    guests = draw_guests(NOW, start=opening(now), until=now, chance=Random("vervedagen"), taken=taken)
    came = _take_in(guests, links)
    Enrolment.objects.bulk_create(Enrolment(member=member, course=course) for member in came[::2])

    ago = day.start - dt.timedelta(days=DAYS_AGO)
    then = ago - dt.timedelta(days=(ago.weekday() - SATURDAY) % 7)
    former = Campaign.objects.create(
        name="Åpen dag", unit=nation, goal=FORMER_GOAL, course_key=key, valid_from=then, valid_until=then + DAY
    )
    links = {code: _former_link(former, unit) for code, unit in units.items() if code in BEFORE}
    ten = dt.datetime.combine(then, dt.time(10), now.tzinfo)
    taken.update(guest.name for guest in guests)
    until = ten + dt.timedelta(hours=8)
    guests = draw_guests(BEFORE, start=ten, until=until, chance=Random("dagen"), taken=taken)
    _take_in(_with_doubles(guests), links)


def opening(now: dt.datetime) -> dt.datetime:
    """When the first came: eight in the morning, or midnight when the demo is loaded before nine."""
    return now.replace(hour=8 if now.hour >= 9 else 0, minute=0, second=0, microsecond=0)


def _inviter(code: str) -> Member:
    """Who makes the link of a unit: an administrator nearest above it, else somebody of a board who may invite."""
    day = today()
    lines = UnitAncestry.objects.on(day).filter(unit__code=code).order_by("depth").values_list("ancestor", flat=True)
    offices = [key for key, rights in access.RIGHTS_OF_OFFICE.items() if access.Right.INVITE in rights]
    for unit in lines:
        named = Appointment.objects.on(day).filter(unit=unit, role=Appointment.Role.ADMINISTRATOR)
        elected = Term.objects.on(day).filter(
            body__unit=unit, body__kind="board", office__key__in=offices, office__unit=None
        )
        holders = [*named.values_list("member", flat=True)[:1]]
        holders += elected.order_by("office__order", "pk").values_list("member", flat=True)[:1]
        if holders:
            return Member.objects.get(pk=holders[0])
    raise LookupError(f"nobody may invite for {code}")


def _former_link(campaign: Campaign, unit: Unit) -> InviteLink:
    """A link of the day that is over: its period is too."""
    return InviteLink.objects.create(
        unit=unit,
        inviter=_inviter(unit.code),
        campaign=campaign,
        course_key=campaign.course_key,
        valid_from=campaign.valid_from,
        valid_until=campaign.valid_until,
    )


def _with_doubles(guests: Sequence[Guest]) -> list[Guest]:
    """The guests, but the first two in Nordland are people the register has: one by e-mail, one by birth year."""
    nordland = [place for place, guest in enumerate(guests) if guest.unit.startswith("kommune-18")]
    found = list(guests)
    for known, place, same in zip(_in_the_register(), nordland, ("email", "birth_year"), strict=False):
        found[place] = replace(found[place], name=known.name, **{same: getattr(known, same)})
    return found


def _in_the_register() -> list[Member]:
    """Two members in Nordland with an e-mail of their own and no office, whose names nobody else there bears."""
    day = today()
    under = UnitAncestry.objects.on(day).filter(ancestor__code=NORDLAND).values("unit")
    belong = Membership.objects.on(day).filter(unit__in=under, status=Membership.Status.MEMBER).values("member")
    shared = Member.objects.values("email").annotate(n=Count("pk")).filter(n__gt=1).values("email")
    namesakes = Member.objects.order_by().values("name_key").annotate(n=Count("pk")).filter(n__gt=1)
    people = Member.objects.filter(pk__in=belong, terms=None, appointments=None, emailaddress=None)
    people = people.exclude(name="").exclude(name_key__in=namesakes.values("name_key"))
    people = people.exclude(email="").exclude(email__in=shared)
    return list(people.exclude(birth_year=None).order_by("pk")[:2])


def _take_in(guests: Sequence[Guest], links: Mapping[str, InviteLink]) -> list[Member]:
    """People as the sign-up page makes them: account, consent, sympathiser of the unit, one more in the count."""
    people = [
        Member(name=g.name, email=g.email, language=g.language, birth_year=g.birth_year, password="!", last_login=g.at)
        for g in guests
    ]
    pairs = list(zip(Member.objects.bulk_create(people), guests, strict=True))
    for member, guest in pairs:
        give_sign_in_address(member=member, email=member.email)
        member.created_at = guest.at  # the day they came, not the one the demo was loaded on
    Member.objects.bulk_update(people, ["created_at"])
    _let_agree(pairs)
    status = Membership.Status.SYMPATHISER
    Membership.objects.bulk_create(
        Membership(member=member, unit_id=links[guest.unit].unit_id, status=status, valid_from=guest.at.date())
        for member, guest in pairs
    )
    Arrival.objects.bulk_create(_arrival(member, guest, links[guest.unit]) for member, guest in pairs)
    return people


def _let_agree(pairs: Sequence[tuple[Member, Guest]]) -> None:
    """The consent each gave when they came."""
    key, version = SYMPATHISER.key, SYMPATHISER.version
    rows = [Consent(member=member, purpose=key, version=version, language=member.language) for member, _ in pairs]
    Consent.objects.bulk_create(rows)
    for row, (_, guest) in zip(rows, pairs, strict=True):
        row.given_at = guest.at
    Consent.objects.bulk_update(rows, ["given_at"])


def _arrival(member: Member, guest: Guest, link: InviteLink) -> Arrival:
    return Arrival(
        member=member,
        unit_id=link.unit_id,
        link=link,
        campaign=link.campaign,
        course_key=link.course_key,
        at=guest.at,
    )
