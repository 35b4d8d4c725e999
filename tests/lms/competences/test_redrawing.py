"""Profiles are drawn bit by bit as things happen; drawn all at once they are the same."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.competences.models import Evidence, Profile
from lms.competences.profiles import drawn_on, rebuild_profiles, redraw_due
from lms.competences.rows import current
from lms.competences.services import NewEvidence, correct_evidence, record_evidence
from lms.organisation.services import begin_term, end_term
from lms.periods import Period
from tests.factories.competences import make_competence, make_need
from tests.factories.organisation import make_body, make_member, make_office, make_unit
from tests.tables import examples, shown

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
FIRST = dt.date(2022, 1, 1)
KEYS = ("money.budget", "care.privacy", "share.teach")
KINDS = [kind for kind in Evidence.Kind.values if kind != "office"]

pause = st.integers(0, 500)
recorded = st.tuples(
    st.just("record"), st.sampled_from(KINDS), st.sampled_from(KEYS), st.integers(0, 4), st.integers(0, 900)
)
corrected = st.tuples(st.just("correct"), st.integers(0, 9), st.none() | st.integers(0, 4))
elected = st.tuples(st.just("elect"), st.sampled_from(["chair", "treasurer"]), st.integers(0, 900))
ended = st.tuples(st.just("end"))
history = st.lists(st.tuples(pause, st.one_of(recorded, corrected, elected, ended), st.booleans()), max_size=12)


@pytest.fixture
def world(db):
    make_need("money.budget", office="treasurer", level=3)
    make_need("money.budget", office="chair", level=1)
    make_competence("care.privacy", fades_after_months=48)
    make_competence("share.teach", fades_after_months=36, fades_by="practice")
    return {"giver": make_member("Ola"), "body": make_body(make_unit()), "keys": {}}


def live(member, what, day, world):
    """Let one thing happen on a day."""
    act, *told = what
    if act == "record":
        kind, key, level, ago = told
        row = NewEvidence(
            member.pk, kind, f"{kind}:{Evidence.objects.count()}", day - dt.timedelta(days=ago),
            make_competence(key).pk, level, given_by_id=world["giver"].pk,
        )  # fmt: skip
        record_evidence(rows=[row], by=None)
    elif act == "correct":
        rows = list(current(Evidence.objects.filter(member=member)).order_by("pk"))
        if rows:
            row, level = rows[told[0] % len(rows)], told[1]
            new = NewEvidence(member.pk, row.kind, f"again:{row.pk}", row.on, row.competence_id, level)
            correct_evidence(evidence=row, by=None, replacement=None if level is None else new)
    elif act == "elect" and not member.terms.filter(valid_until=None).exists():
        start = day - dt.timedelta(days=told[1])
        begun = member.terms.order_by("-valid_until").first()
        start = max(start, begun.valid_until) if begun else start
        office = make_office(told[0])
        begin_term(member=member, office=office, body=world["body"], period=Period(start), by=None)
    elif act == "end":
        term = member.terms.filter(valid_until=None, valid_from__lt=day).first()
        if term:
            end_term(term=term, on=day, by=None)


def drawn():
    """What stands in the profiles, but for the day they were drawn."""
    rows = Profile.objects.order_by("pk")
    return {row.pk: (bytes(row.levels), bytes(row.own), row.details, row.changes_on) for row in rows}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(history=history)
def test_drawn_bit_by_bit_and_all_at_once_is_the_same(world, set_today, history):
    day = FIRST
    with transaction.atomic():
        people = [make_member("Kari"), make_member("Åse")]
        for days, what, whose in history:
            day += dt.timedelta(days=days)
            set_today(day)
            redraw_due()
            live(people[whose], what, day, world)
        before = drawn()
        rebuild_profiles()
        assert drawn() == before
        Profile.objects.all().delete()
        rebuild_profiles()
        assert drawn() == before
        transaction.set_rollback(True)


def test_any_other_day_is_answered_from_the_ledger(set_today):
    kari, competence = make_member(), make_competence()
    for year, level in ((2022, 1), (2024, 2)):
        row = NewEvidence(kari.pk, "course", f"c:{year}", dt.date(year, 1, 1), competence.pk, level)
        record_evidence(rows=[row], by=None)
    levels = [drawn_on([kari.pk], on=dt.date(year, 6, 1))[kari.pk] for year in (2021, 2022, 2024)]
    assert [found["money.budget"].level if found else 0 for found in levels] == [0, 1, 2]


@pytest.mark.parametrize("example", examples("competences.md", "Voids"), ids=shown)
def test_what_is_void_or_corrected_counts_for_nothing(example):
    kari, giver, competence, rows = make_member(), make_member("Ola"), make_competence(), {}
    for told in example["ledger"].split("; "):
        words = told.split()
        if words[0] == "void":
            correct_evidence(evidence=rows[words[1]], by=None, replacement=None)
            continue
        name, kind, level = words[:3]
        new = NewEvidence(kari.pk, kind, name, dt.date(2024, 1, 10), competence.pk, int(level), given_by_id=giver.pk)
        if "for" in words:
            rows[name] = correct_evidence(evidence=rows[words[-1]], by=None, replacement=new)
        else:
            rows[name] = record_evidence(rows=[new], by=None)[0]
    found = drawn_on([kari.pk], on=dt.date(2026, 1, 1))[kari.pk].get("money.budget")
    assert str(found.level if found else 0) == example["level"]


def test_drawing_a_thousand_asks_as_often_as_drawing_ten(django_assert_num_queries):
    competence = make_competence()
    people = [make_member(f"Nr {n}").pk for n in range(200)]
    rows = [NewEvidence(pk, "course", f"c:{pk}", FIRST, competence.pk, 2) for pk in people]
    record_evidence(rows=rows, by=None)
    from lms.competences.profiles import redraw_profiles

    for ids in (people[:10], people[:150]):
        with django_assert_num_queries(10):
            redraw_profiles(member_ids=ids)
