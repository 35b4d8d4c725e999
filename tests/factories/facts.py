"""People with all kinds of facts, by chance, written many at a time; and a level that asks for twelve things."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from assessments.attempts.models import Attempt, Paper
from courses.curriculum.models import Course, Outline
from courses.enrolment.models import CourseCompletion
from courses.progression import kinds
from courses.progression.models import Level, LevelRule, Requirement
from lms.competences.models import Competence, Evidence, Framework, Profile
from lms.members.models import Member
from lms.organisation.models import Body, Office, Term
from tests.factories.organisation import make_unit

BATCH = 2_000
COURSES, COMPETENCES = 4, 12
SEATS = ["chair", "deputy", "treasurer", "board_member"]
SINCE = dt.date(2022, 1, 1)


def make_things() -> dict[str, list[Any]]:
    """Courses with an outline, papers, competences, and boards to sit in."""
    courses = [Course.objects.create(key=f"kurs-{n}", title={"nb": f"Kurs {n}"}) for n in range(COURSES)]
    outlines = [Outline.objects.create(course=course, number=1) for course in courses]
    papers = [Paper.objects.create(key=f"prove-{n}", title={"nb": f"Prøve {n}"}, mode="test") for n in range(2)]
    framework = Framework.objects.create(key="fakta", title={"nb": "Fakta"})
    first = 1 + max([0, *Competence.objects.values_list("number", flat=True)])
    competences = [
        Competence.objects.create(framework=framework, key=f"fakta.{n}", number=first + n) for n in range(COMPETENCES)
    ]
    bodies = [
        Body.objects.create(unit=make_unit(kind), kind="board", name="Styret", valid_from=SINCE)
        for kind in ("county", "municipal", "local")
    ]
    return {"courses": courses, "outlines": outlines, "papers": papers, "competences": competences, "bodies": bodies}


def make_twelve(things: dict[str, list[Any]], *, level: str = "leadership.grunn") -> LevelRule:
    """The rule of a level: twelve requirements, and two ways of renewing it."""
    rule = LevelRule.objects.create(
        level=Level.objects.get(key=level), decision="Landsstyret", valid_from=SINCE, valid_months=36
    )
    courses, papers, competences = things["courses"], things["papers"], things["competences"]
    rows: list[Requirement] = [
        kinds.CourseCompleted(course=courses[0]),
        kinds.CourseCompleted(course=courses[1], key="andre-kurset"),
        *(kinds.PaperPassed(paper=paper, least_percent=60) for paper in papers),
        *(kinds.CompetenceHeld(competence=one, least_level=2) for one in competences[:2]),
        kinds.CompetenceCount(count=3, least_level=2),
        kinds.OfficeHeld(offices=SEATS, months=6, within_months=48),
        kinds.SessionAttended(session_key="samling", title={"nb": "Samling"}, least_share=75),
        kinds.PracticeObserved(form_key="skjema", title={"nb": "skjema"}, least_score=2, count=1),
        kinds.HoursCollected(least_hours=4, within_months=48),
        kinds.Attested(about="oppgaven", title={"nb": "oppgaven"}, by=["instructor"]),
    ]
    for order, row in enumerate(rows):
        row.rule, row.order = rule, order
        row.save()
    either = kinds.AnyOf.objects.create(rule=rule, part=Requirement.Part.RENEWAL, least=1)
    kinds.CourseCompleted.objects.create(
        rule=rule, part=Requirement.Part.RENEWAL, parent=either, order=0, course=courses[2]
    )
    kinds.HoursCollected.objects.create(
        rule=rule, part=Requirement.Part.RENEWAL, parent=either, order=1, least_hours=8, within_months=36
    )
    return rule


def make_facts(
    things: dict[str, list[Any]], members: Sequence[Member], *, seed: int, until: dt.date, share: float = 0.5
) -> None:
    """Facts of every kind for these people, each as likely as ``share``; nothing is announced."""
    chance = random.Random(seed)
    span = (until - SINCE).days
    offices = list(Office.objects.filter(unit=None, key__in=SEATS))

    def day() -> dt.date:
        return SINCE + dt.timedelta(days=chance.randrange(span))

    def some(rows: Iterable[Any]) -> list[Any]:
        return [row for row in rows if chance.random() < share]

    done, tries, terms, ledger, profiles = [], [], [], [], []
    for member in members:
        done += [
            CourseCompletion(member=member, course=course, outline=outline, completed_at=_noon(day()))
            for course, outline in some(zip(things["courses"], things["outlines"], strict=True))
        ]
        tries += [_try(member, paper, number, chance, day()) for paper in some(things["papers"]) for number in (1, 2)]
        if chance.random() < share:
            start = day()
            end = start + dt.timedelta(days=chance.randrange(60, 900)) if chance.random() < share else None
            place, seat = chance.choice(things["bodies"]), chance.choice(offices)
            terms.append(Term(member=member, office=seat, body=place, valid_from=start, valid_until=end))
        ledger += [_row(member, kind, chance, day()) for kind in some(KINDS)]
        if chance.random() < share:
            profiles.append(_profile(member, things["competences"], chance, day(), until))
    for model, rows in ((Attempt, tries), (Term, terms), (Evidence, ledger), (Profile, profiles)):
        model.objects.bulk_create(rows, batch_size=BATCH)
    with _own_days():
        CourseCompletion.objects.bulk_create(done, batch_size=BATCH)


@contextmanager
def _own_days() -> Iterator[None]:
    """Completions are dated by the moment they are written; here each brings its own day."""
    field = CourseCompletion._meta.get_field("completed_at")
    field.auto_now_add = False
    try:
        yield
    finally:
        field.auto_now_add = True


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def _try(member: Member, paper: Paper, number: int, chance: random.Random, day: dt.date) -> Attempt:
    return Attempt(
        paper=paper,
        member=member,
        number=number,
        state=Attempt.State.GRADED,
        points=chance.randrange(4, 11),
        out_of=10,
        graded_at=_noon(day),
    )


KINDS = ("session", "practice", "hours", "attestation", "waiver", "taught")


def _row(member: Member, kind: str, chance: random.Random, day: dt.date) -> Evidence:
    told: dict[str, dict[str, Any]] = {
        "session": {"subject": "session:samling", "share": chance.randrange(70, 101), "hours": chance.randrange(3, 9)},
        "practice": {"subject": "form:skjema", "score": chance.randrange(2, 5)},
        "hours": {"hours": chance.randrange(1, 13)},
        "taught": {"hours": chance.randrange(1, 13)},
        "attestation": {"about": "oppgaven", "given_as": ["instructor"]},
        "waiver": {"about": "andre-kurset", "until": day + dt.timedelta(days=400)},
    }
    return Evidence(key=f"fakta:{kind}:{member.pk}", member=member, kind=kind, on=day, **told[kind])


def _profile(
    member: Member, competences: Sequence[Competence], chance: random.Random, day: dt.date, until: dt.date
) -> Profile:
    levels, details = bytearray(1 + max(one.number for one in competences)), {}
    for one in competences:
        level = chance.randrange(1, 5)
        levels[one.number] = level
        since = [day.isoformat() if n < level else None for n in range(4)]
        if level:
            details[one.key] = {"since": since, "until": None}
    return Profile(member=member, levels=bytes(levels), details=details, computed_on=until)
