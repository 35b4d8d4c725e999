"""What the demo's officers have learned over five years: levels, evidence, and how they see themselves.

Drawn by plain chance from each person's number, so that it is the same every time. The people do not exist.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from courses.curriculum.models import Course
from courses.demo.ladder import ADOPTED_ON
from courses.demo.population import BODO
from courses.progression.models import CourseProves, Level
from courses.progression.services import record_awards
from lms.competences.models import Competence, Evidence, MappingViewer, OfficeNeed
from lms.competences.models import Mapping as OwnMapping
from lms.competences.services import NewEvidence, record_evidence
from lms.members.consents import give_consent
from lms.members.models import Member
from lms.organisation.models import Body, Term
from lms.periods import today

Kind = Evidence.Kind
BEGINNER, INTERMEDIATE, ADVANCED = "leadership.grunn", "leadership.videre", "leadership.fordypning"
COURSES = {
    BEGINNER: ("ny-i-styret",),
    INTERMEDIATE: ("lede-styret", "arsmotet-i-praksis", "okonomi-for-styret", "medlemmer-som-blir"),
    ADVANCED: ("kultur-og-makt", "lede-ledere", "strategi-og-endring"),
}
OF_OFFICE = {"chair": "verv-leder", "treasurer": "verv-kasserer", "secretary": "verv-sekretaer"}
SESSIONS = {INTERMEDIATE: "samling-videre", ADVANCED: "samling-fordypning"}
SOURCE = "register før 2026"


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who holds an office today: which, and since when they have held any."""

    member: Member
    office: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class Known:
    """What courses prove, and what offices need."""

    proofs: Mapping[str, list[tuple[Competence, int, Course]]]
    needs: Mapping[str, list[tuple[Competence, int]]]


def load_standing(*, newcomer: Member, recorded: Mapping[int, dt.date]) -> None:
    """Levels, evidence and self-mapping for today's officers but the newcomer.

    ``recorded``: whose beginner level has been entered already, and of which day; one drawn close to it is left out.
    """
    officers = [officer for officer in _officers() if officer.member != newcomer]
    reached = {officer.member.pk: _levels_of(officer) for officer in officers}
    near = dt.timedelta(days=365)
    for pk, day in recorded.items():
        drawn = reached.get(pk, {}).get(BEGINNER)
        if drawn is not None and abs(drawn - day) < near:
            del reached[pk][BEGINNER]
    known = Known(_proofs(), _needs())
    rows = [row for officer in officers for row in _ledger_of(officer, reached[officer.member.pk], known)]
    record_evidence(rows=rows, by=None)
    for level in Level.objects.filter(key__in=COURSES).order_by("order"):
        days = {pk: found[level.key] for pk, found in reached.items() if level.key in found}
        people = [(one.member, days[one.member.pk]) for one in officers if one.member.pk in days]
        record_awards(level=level, people=people, by=None, source=SOURCE)
    _map_themselves(officers, known)


def _officers() -> list[Officer]:
    """Who holds a national office today, by member number, each once with the office that comes first."""
    day = today()
    found: dict[int, Officer] = {}
    terms = Term.objects.on(day).filter(office__unit=None, body__kind=Body.Kind.BOARD).exclude(member__name="")
    for term in terms.select_related("member", "office").order_by("office__order", "pk"):
        known = found.get(term.member_id)
        since = min(term.valid_from, known.since) if known else term.valid_from
        found[term.member_id] = Officer(term.member, known.office if known else term.office.key, since)
    first = dict(Term.objects.filter(member__in=found).order_by("-valid_from").values_list("member", "valid_from"))
    rows = [Officer(one.member, one.office, min(one.since, first[pk])) for pk, one in found.items()]
    return sorted(rows, key=lambda one: one.member.member_number or "")


def _levels_of(officer: Officer) -> dict[str, dt.date]:
    """Which levels the person has reached, and when: some months into the office, and not everybody."""
    chance, day, found = _chance(officer, "levels"), today(), {}
    at = max(officer.since, ADOPTED_ON)
    for key, odds, least, most in (
        (BEGINNER, 0.66, 40, 330),
        (INTERMEDIATE, 0.42, 240, 700),
        (ADVANCED, 0.3, 300, 700),
    ):
        at += dt.timedelta(days=chance.randint(least, most))
        if at >= day or chance.random() > odds:
            break
        found[key] = at
    return found


def _proofs() -> dict[str, list[tuple[Competence, int, Course]]]:
    found: dict[str, list[tuple[Competence, int, Course]]] = {}
    for row in CourseProves.objects.select_related("course", "competence"):
        found.setdefault(row.course.key, []).append((row.competence, row.level, row.course))
    return found


def _ledger_of(officer: Officer, reached: Mapping[str, dt.date], known: Known) -> Iterator[NewEvidence]:
    chance, member = _chance(officer, "ledger"), officer.member
    for level, day in reached.items():
        for key in COURSES[level]:
            yield from _course(member, key, day - dt.timedelta(days=chance.randint(0, 90)), known)
        if level in SESSIONS:
            key = f"session:{SESSIONS[level]}:{member.public_id}"
            subject = f"session:{SESSIONS[level]}"
            yield NewEvidence(member.pk, Kind.SESSION, key, day, subject=subject, share=chance.choice((80, 90, 100)))
            yield NewEvidence(member.pk, Kind.HOURS, f"hours:{key}", day, subject=subject, hours=6)
    extra = OF_OFFICE.get(officer.office)
    if extra and chance.random() < 0.5:
        yield from _course(member, extra, max(officer.since + dt.timedelta(days=25), ADOPTED_ON), known)
    if chance.random() < 0.4:
        yield from _course(member, "personvern-i-laget", _within(chance, 900), known)
    if (today() - officer.since).days > 365:
        yield from _vouched(officer, chance, known)


def _course(member: Member, key: str, on: dt.date, known: Known) -> Iterator[NewEvidence]:
    for competence, level, course in known.proofs.get(key, ()):
        subject = f"course:{course.public_id}"
        yield NewEvidence(
            member.pk, Kind.COURSE, f"{subject}:{competence.key}:{member.public_id}", min(on, today()),
            competence_id=competence.pk, level=level, subject=subject, label=course.title,
        )  # fmt: skip


def _vouched(officer: Officer, chance: Random, known: Known) -> Iterator[NewEvidence]:
    """For some who have held the office for a year: the chair of the unit above vouches for what it needs most."""
    if chance.random() > 0.45:
        return
    needs = known.needs.get(officer.office, [])
    strong = [competence for competence, level in needs if level >= 3] or [competence for competence, _ in needs[:4]]
    for competence in chance.sample(strong, min(len(strong), chance.randint(1, 4))):
        key = f"attested:{competence.key}:{officer.member.public_id}"
        yield NewEvidence(
            officer.member.pk, Kind.ATTESTATION, key, _within(chance, 330),
            competence_id=competence.pk, level=3, given_as=("chair_parent_unit",),
        )  # fmt: skip


def _map_themselves(officers: list[Officer], known: Known) -> None:
    """A third have mapped themselves; most of those let themselves be found, and Bodø's board see each other's."""
    rows, mapped = [], []
    board = Term.objects.on(today()).filter(body__unit__code=BODO, body__kind=Body.Kind.BOARD)
    bodo = set(board.values_list("member", flat=True))
    for officer in officers:
        chance = _chance(officer, "own")
        if officer.member.pk not in bodo and chance.random() > 0.34:
            continue
        on = _within(chance, 200)
        mapped.append((officer, on, chance))
        for competence, level in sorted(known.needs.get(officer.office, []), key=lambda need: -need[1])[:12]:
            said = min(4, max(0, level + chance.choice((-1, -1, 0, 0, 0, 1))))
            key = f"self:{officer.member.public_id}:{competence.key}:{on}"
            rows.append(NewEvidence(officer.member.pk, Kind.SELF, key, on, competence_id=competence.pk, level=said))
    record_evidence(rows=rows, by=None)
    OwnMapping.objects.bulk_create(OwnMapping(member=one.member, on=on, office_key=one.office) for one, on, _ in mapped)
    for officer, _, chance in mapped:
        if chance.random() < 0.7:
            give_consent(member=officer.member, purpose="competence_search")
    MappingViewer.objects.bulk_create(
        MappingViewer(member=one.member, viewer_id=other)
        for one, _, _ in mapped
        if one.member.pk in bodo
        for other in bodo - {one.member.pk}
    )


def _needs() -> dict[str, list[tuple[Competence, int]]]:
    """What each office needs anywhere."""
    found: dict[str, list[tuple[Competence, int]]] = {}
    rows = OfficeNeed.objects.on(today()).filter(unit_kind="").select_related("competence")
    for row in rows.order_by("competence__number"):
        found.setdefault(row.office_key, []).append((row.competence, row.level))
    return found


def _chance(officer: Officer, what: str) -> Random:
    return Random(f"{officer.member.member_number}-{what}")


def _within(chance: Random, days: int) -> dt.date:
    return today() - dt.timedelta(days=chance.randint(5, days))
