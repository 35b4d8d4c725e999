"""People who are made up, poured straight into the tables, and months of the archive beside them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from django.db import connection, models

SINCE = dt.date(2019, 1, 1)
COUNTIES, BRANCHES = 15, 356
CHANCE = np.random.default_rng(7)
SKEW = (0.45, 0.25, 0.18, 0.1, 0.02)
BAND = 50_000


def fill(people: int, competences: int) -> Any:
    """Units, a framework, a ladder, people with profiles, officers and awards. Returns the nation."""
    from courses.progression.models import Award, Level, LevelRule, Track
    from lms.competences.models import Profile
    from lms.members.models import Member
    from lms.organisation.models import Body, Membership, Office, Term

    nation, branches = make_units()
    make_framework(competences)
    pour(
        Member,
        lambda n: Member(pk=1_000 + n, public_id=uuid.UUID(int=n + 1), name=f"Person {n}", name_key=f"{n}"),
        people,
    )
    pour(
        Membership,
        lambda n: Membership(pk=1_000 + n, member_id=1_000 + n, unit_id=branches[n % BRANCHES], valid_from=SINCE),
        people,
    )
    levels = CHANCE.choice(5, (BAND, competences), p=SKEW).astype(np.uint8)
    now = dt.date.today()  # noqa: DTZ011 - any day will do
    pour(
        Profile,
        lambda n: Profile(member_id=1_000 + n, levels=levels[n % BAND].tobytes(), own=b"", details={}, computed_on=now),
        people,
    )
    track = Track.objects.create(key="bench", title={"en": "Bench"})
    ladder = [
        Level.objects.create(
            track=track, key=f"bench.{n}", order=n, title={"en": f"Level {n}"}, display_name={"en": f"Level {n}"}
        )
        for n in (1, 2, 3)
    ]
    rules = [LevelRule.objects.create(level=level, decision="Bench", valid_from=SINCE) for level in ladder]
    pour(
        Award,
        lambda n: Award(
            pk=1_000 + n,
            public_id=uuid.UUID(int=n + 1),
            member_id=1_000 + n * 3,
            level=ladder[n % 3],
            rule=rules[n % 3],
            awarded_on=SINCE,
        ),
        people // 3,
    )
    offices = [
        Office.objects.get_or_create(key=key, unit=None, defaults={"title": {"en": key}})[0]
        for key in ("chair", "board_member")
    ]
    bodies = {unit: Body.objects.create(unit_id=unit, name="Board", valid_from=SINCE).pk for unit in branches}
    office_of = [offices[0], *[offices[1]] * 6]
    pour(
        Term,
        lambda n: Term(
            pk=1_000 + n,
            member_id=1_000 + n,
            office=office_of[n // BRANCHES % 7],
            body_id=bodies[branches[n % BRANCHES]],
            valid_from=SINCE,
        ),
        min(people, BRANCHES * 7),
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return nation


def make_units() -> tuple[Any, list[int]]:
    """A nation, 15 counties, 356 branches."""
    from lms.organisation.lineage import rebuild_ancestry
    from lms.organisation.models import Unit, UnitParent

    def make(code: str, kind: str, under: Any = None) -> Any:
        unit = Unit.objects.create(code=code, name=f"Unit {code}", kind=kind, valid_from=SINCE)
        if under is not None:
            UnitParent.objects.create(unit=unit, parent=under, valid_from=SINCE)
        return unit

    nation = make("b0", "national")
    counties = [make(f"bc{n}", "county", nation) for n in range(COUNTIES)]
    branches = [make(f"bm{n}", "municipal", counties[n % COUNTIES]) for n in range(BRANCHES)]
    rebuild_ancestry([nation, *counties, *branches])
    return nation, [unit.pk for unit in branches]


def make_framework(competences: int) -> None:
    """One framework in force, with its competences in six areas."""
    from lms.competences.models import Area, Competence, Entry, Framework, FrameworkVersion

    framework = Framework.objects.create(key="bench", title={"en": "Bench"})
    version = FrameworkVersion.objects.create(framework=framework, number=1, decision="Bench", valid_from=SINCE)
    areas = [
        Area.objects.create(framework=framework, key=f"a{n}", order=n, title={"en": f"Area {n}"}) for n in range(6)
    ]
    for n in range(competences):
        competence = Competence.objects.create(framework=framework, key=f"bench.c{n}", number=n)
        Entry.objects.create(
            version=version, competence=competence, area=areas[n % 6], order=n, title={"en": f"Competence {n}"},
            descriptors=[{"en": "…"}] * 5,
        )  # fmt: skip


def pour(model: type[models.Model], make: Any, number: int) -> None:
    """Rows into a table, past the ORM: COPY on PostgreSQL, one statement for many on SQLite."""
    fields = model._meta.concrete_fields
    columns, table = [str(field.column) for field in fields], model._meta.db_table
    rows = (
        [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
        for row in map(make, range(number))
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(f'"{column}"' for column in columns)
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        for band in _bands(rows):
            cursor.executemany(f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({marks})', band)


def _bands(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    band: list[list[Any]] = []
    for row in rows:
        band.append(row)
        if len(band) == BAND:
            yield band
            band = []
    if band:
        yield band


def write_months(months: int) -> None:
    """The month that was written, once more for each month before it, with a little less."""
    from lms.archive.totals import MonthTotals, Totals, write_totals

    with Totals() as totals:
        axes = totals.axes()
        counts, shown = totals.month(0)
    last, found = axes.months[0], []
    for number in range(1, months):
        year, month = divmod(last.year * 12 + last.month - 1 - number, 12)
        day = dt.date(year, month + 1, 1)
        found.append(
            MonthTotals(
                month=day, counted_on=day.replace(day=28), units=axes.units, parents=axes.parents[0],
                columns=axes.columns, counts=counts, shown_with=shown,
            )
        )  # fmt: skip
    write_totals(found)


def write_matrices(people: int, competences: int, months: int) -> list[str]:
    """So many files of months, filled by chance."""
    from lms.archive.layout import Columns, UnitRow
    from lms.archive.writer import Month

    columns = Columns([f"bench.c{n}" for n in range(competences)], ["bench.1", "bench.2", "bench.3"])
    names = []
    for number in range(months):
        with Month(
            dt.date(1990 + number // 12, number % 12 + 1, 1), columns, [UnitRow(1, "b0", "national", 0)]
        ) as file:
            for start in range(0, people, BAND):
                size = min(BAND, people - start)
                rows = np.zeros(size, columns.record)
                rows["pseudonym"] = CHANCE.integers(1, 2**63, size)
                rows["competences"] = CHANCE.choice(5, (size, competences), p=SKEW)
                file.add(rows, range(start, start + size))
            names.append(write_only(file))
    return names


def write_only(file: Any) -> str:
    """The file without the look for people who were erased meanwhile: these never were."""
    file._note_erased = lambda row: None
    return str(file.write(written_on=SINCE).name)


def fill_course(nation: Any, people: int, activities: int) -> Any:
    """A course of so many activities that people take, each of them done by two in three."""
    from django.utils import timezone

    from courses.curriculum.kinds import Reading
    from courses.curriculum.models import Course, Outline, OutlineItem, OutlineLesson
    from courses.enrolment.models import Completion, Enrolment

    course = Course.objects.create(key="bench", title={"en": "Bench"})
    outline = Outline.objects.create(course=course, number=1)
    made = [Reading.objects.create(course=course, key=uuid.uuid4()) for _ in range(activities)]
    for n, activity in enumerate(made):
        lesson = OutlineLesson.objects.create(
            outline=outline, key=uuid.uuid4(), title={"en": f"Lesson {n}"}, order=n, minutes=5
        )
        OutlineItem.objects.create(lesson=lesson, activity=activity, kind="reading", order=0, is_required=True)
    now, ids = timezone.now(), [activity.pk for activity in made]
    pour(Enrolment, lambda n: Enrolment(pk=1_000 + n, member_id=1_000 + n, course=course, enrolled_at=now), people)
    pour(
        Completion,
        lambda n: Completion(
            pk=1_000 + n,
            member_id=1_000 + n // activities,
            activity_id=ids[n % activities],
            outline=outline,
            completed_at=now,
        ),
        people * activities,
    )
    return course
