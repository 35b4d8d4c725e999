"""Whatever two people have done: merge then undo is identity, and after a merge everything is there once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.attempts.models import Attempt
from courses.enrolment.models import Completion, CourseCompletion, Enrolment, Work
from courses.progression.models import Award
from lms.members.models import Consent
from lms.merging.services import undo_merge
from lms.notifications.models import Notice
from lms.organisation.models import Membership
from media.playback.models import Watch
from media.recordings.models import Recording
from tests.factories import courses, organisation
from tests.lms.merging.dump import differences, dump

pytestmark = pytest.mark.postgres
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
FIRST = dt.date(2026, 1, 1)
day = st.integers(0, 400).map(lambda n: FIRST + dt.timedelta(days=n))
moment = st.integers(0, 10_000).map(lambda n: NOON + dt.timedelta(minutes=n, microseconds=n))
stretch = st.tuples(st.integers(0, 900), st.integers(1, 300)).map(lambda s: [s[0], s[0] + s[1]])


@st.composite
def history(draw) -> dict:
    """What one person may have done, with some of it the same for both."""
    edges = sorted(draw(st.lists(day, min_size=0, max_size=6, unique=True)))
    return {
        "memberships": [
            (draw(st.sampled_from(["member", "sympathiser"])), *pair)
            for pair in zip(edges[::2], edges[1::2], strict=False)
        ],
        "completed": draw(st.dictionaries(st.integers(0, 3), moment, max_size=4)),
        "course": draw(st.none() | moment),
        "enrolled": draw(st.none() | st.tuples(moment, st.none() | moment)),
        "texts": draw(st.dictionaries(st.integers(0, 3), st.sampled_from(["a", "b"]), max_size=2)),
        "tries": draw(st.lists(moment, max_size=3, unique=True)),
        "is_trying": draw(st.booleans()),
        "played": draw(st.none() | st.lists(stretch, min_size=1, max_size=3)),
        "notices": draw(st.sets(st.sampled_from("xyz"))),
        "consents": draw(st.lists(st.tuples(moment, st.booleans()), max_size=3, unique_by=lambda c: c[0])),
        "awards": draw(st.sets(day, max_size=2)),
    }


def live(member, lived: dict, world: dict) -> None:
    """Write a history down, the times as they were."""
    for status, start, until in lived["memberships"]:
        Membership.objects.create(member=member, unit=world["unit"], status=status, valid_from=start, valid_until=until)
    for number, at in lived["completed"].items():
        row = Completion.objects.create(
            member=member, activity_id=world["activities"][number], outline_id=world["outline"]
        )
        Completion.objects.filter(pk=row.pk).update(completed_at=at)
    if lived["course"]:
        finished = CourseCompletion.objects.create(member=member, course=world["course"], outline_id=world["outline"])
        CourseCompletion.objects.filter(pk=finished.pk).update(completed_at=lived["course"])
    if lived["enrolled"]:
        at, seen = lived["enrolled"]
        begun = Enrolment.objects.create(
            member=member, course=world["course"], last_seen_at=seen, last_lesson=seen and uuid.uuid4()
        )
        Enrolment.objects.filter(pk=begun.pk).update(enrolled_at=at)
    for number, text in lived["texts"].items():
        Work.objects.create(member=member, activity_id=world["activities"][number], content={"text": text})
    _try(member, lived, world)
    if lived["played"]:
        Watch.objects.create(
            member=member, recording=world["recording"], intervals=lived["played"], updated_at=timezone.now()
        )
    Notice.objects.bulk_create(Notice(member=member, kind="certificate_ready", key=key) for key in lived["notices"])
    for at, stands in sorted(lived["consents"]):
        is_open = stands and at == max(lived["consents"])[0]
        said = Consent.objects.create(
            member=member, purpose="p", version="1", language="nb", withdrawn_at=None if is_open else at
        )
        Consent.objects.filter(pk=said.pk).update(given_at=at)
    for on in lived["awards"]:
        courses.make_award(member, rule=world["rule"], on=on)


def _try(member, lived: dict, world: dict) -> None:
    moments = sorted(lived["tries"])
    for number, at in enumerate(moments, start=1):
        is_open = lived["is_trying"] and number == len(moments)
        row = Attempt.objects.create(
            paper=world["paper"], member=member, number=number, out_of=1, state="open" if is_open else "graded"
        )
        Attempt.objects.filter(pk=row.pk).update(started_at=at)


@pytest.fixture
def world(scene) -> dict:
    course = courses.make_course([courses.planned(optional=["reflection"]) for _ in range(2)])
    outline = courses.outline(course)
    return {
        "scene": scene, "unit": scene.branch, "course": course, "outline": outline.id, "paper": courses.make_paper(1),
        "activities": [item.activity_id for lesson in outline.taught for item in lesson.items],
        "recording": Recording.objects.create(title="Film", duration=120),
        "rule": courses.make_rule(valid_months=None, certificate="none"),
    }  # fmt: skip


def days_of(members) -> Counter:
    """How many rows say of a day that one of them belonged."""
    rows = Membership.objects.filter(member__in=members)
    return Counter(
        row.valid_from + dt.timedelta(days=n) for row in rows for n in range((row.valid_until - row.valid_from).days)
    )


def learning_of(*members) -> dict:
    """What has been learnt, each thing once, whoever of them it stands with."""
    return {
        "completed": set(Completion.objects.filter(member__in=members).values_list("activity", flat=True)),
        "courses": set(CourseCompletion.objects.filter(member__in=members).values_list("course", flat=True)),
        "graded": set(Attempt.objects.filter(member__in=members, state="graded").values_list("pk", flat=True)),
        "awards": set(Award.objects.filter(member__in=members).values_list("level", "awarded_on")),
        "enrolled": set(Enrolment.objects.filter(member__in=members).values_list("course", flat=True)),
        "told": set(Notice.objects.filter(member__in=members).values_list("key", flat=True)),
        "played": {n for w in Watch.objects.filter(member__in=members) for a, b in w.intervals for n in range(a, b)},
    }


RULES = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=25, derandomize=True, **RULES)
@given(one=history(), other=history())
def test_merge_then_undo_is_identity_and_a_merge_loses_and_doubles_nothing(world, one, other):
    merge_and_undo(world, one, other)


@pytest.mark.slow
@settings(max_examples=500, **RULES)
@given(one=history(), other=history())
def test_so_it_is_with_five_hundred_pairs_of_histories(world, one, other):
    merge_and_undo(world, one, other)


def merge_and_undo(world, one, other):
    """Two people live, are made one, and are two again."""
    scene = world["scene"]
    with transaction.atomic():
        kept, absorbed = (organisation.make_member("Kari", member_number=n) for n in ("7", None))
        live(kept, one, world)
        live(absorbed, other, world)
        before, known, days = dump(), learning_of(kept, absorbed), days_of([kept, absorbed])
        merge = scene.merge(kept=kept, absorbed=absorbed)
        after = learning_of(kept)
        assert {key: known[key] <= after[key] for key in known} == dict.fromkeys(known, True)
        assert learning_of(absorbed) == {key: set() for key in known}
        assert set(days_of([kept])) == set(days) and set(days_of([kept]).values()) <= {1}
        undo_merge(merge=merge, by=scene.ada)
        assert differences(before, dump()) == {}
        transaction.set_rollback(True)
