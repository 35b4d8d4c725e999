"""Awards last longer by a decision, and the decision can be undone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.progression.models import Award, AwardEnding, Extension, Level
from courses.tracks.extending import Changed, LeftOut, Wish, extend_awards, preview_extension, undo_extension
from lms.audit.models import Entry
from lms.organisation.models import Unit
from tests.factories.courses import GRUNN, make_award, make_rule
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 14)
SOON, LATER, FAR = dt.date(2026, 5, 1), dt.date(2026, 12, 1), dt.date(2027, 6, 1)


@pytest.fixture(autouse=True)
def _day(set_today):
    set_today(DAY)


@pytest.fixture
def tree():
    make_rule()
    return make_tree()


@pytest.fixture
def inga(tree):
    person = make_member("Inga", of=tree[1])
    make_appointment(person, "administrator", unit=tree[1])
    return person


def held(unit: Unit, until: dt.date | None = SOON, *, name: str = "Åse", **fields) -> Award:
    given_on = fields.pop("on", dt.date(2022, 5, 1))
    return make_award(
        fields.pop("member", None) or make_member(name, of=unit), on=given_on, valid_until=until, **fields
    )


def wish(unit: Unit, **days: dt.date) -> Wish:
    told = {"lapsing_from": DAY, "lapsing_until": dt.date(2026, 9, 1), "until": LATER, **days}
    return Wish(Level.objects.get(key=GRUNN), unit, **told)


def decide(wanted: Wish, by, decision: str = "Fylkesstyret, sak 12/26") -> Extension:
    return extend_awards(wish=wanted, decision=decision, fingerprint=preview_extension(wanted).fingerprint, by=by)


def until(award: Award, day: dt.date = DAY) -> dt.date | None:
    """Until when the person of an award holds the level, as it stands on a day."""
    rows = Award.objects.counting(day).filter(member=award.member, level=award.level)
    return max(row.valid_until for row in rows)


def test_awards_that_lapse_in_the_window_last_to_the_new_day(tree, inga):
    award = held(tree[3])
    extension = decide(wish(tree[1]), inga)
    new = extension.awards.get()
    assert (new.member, new.valid_until, new.awarded_on, new.origin) == (award.member, LATER, DAY, "extended")
    assert (new.rule, until(award)) == (award.rule, LATER)


@pytest.mark.parametrize(
    "lapses", [None, dt.date(2026, 3, 13), dt.date(2026, 9, 1), FAR], ids=["for good", "before", "after", "far"]
)
def test_others_are_not_reached(tree, inga, lapses):
    held(tree[3], lapses)
    assert preview_extension(wish(tree[1])).reached == ()


def test_people_of_another_county_are_not_reached(tree, inga):
    held(tree[2])
    assert preview_extension(wish(tree[1])).reached == ()


def test_the_award_that_lasts_longest_counts(tree, inga):
    first = held(tree[3])
    held(tree[3], FAR, member=first.member, on=dt.date(2023, 1, 1))
    assert preview_extension(wish(tree[1])).reached == ()


def test_what_lapsed_in_the_winter_can_be_given_back(tree, inga):
    award = held(tree[3], dt.date(2026, 1, 10))
    decide(wish(tree[1], lapsing_from=dt.date(2026, 1, 1)), inga)
    assert until(award) == LATER


def test_one_that_a_decision_ends_is_left_with_the_reason(tree, inga):
    AwardEnding.objects.create(award=held(tree[3]), on=dt.date(2026, 4, 1), decision="Ny regel")
    left = preview_extension(wish(tree[1])).left_out
    assert [why for _holding, why in left] == [LeftOut.ENDED]


def test_one_that_lasts_as_long_already_is_left(tree, inga):
    held(tree[3], dt.date(2026, 8, 1))
    preview = preview_extension(wish(tree[1], until=dt.date(2026, 7, 1)))
    assert [why for _holding, why in preview.left_out] == [LeftOut.LATER]


def test_nobody_makes_their_own_last_longer(tree, inga):
    mine, other = held(tree[1], member=inga), held(tree[3])
    preview = preview_extension(wish(tree[1]), by=inga)
    assert [(one.member_id, why) for one, why in preview.left_out] == [(inga.pk, LeftOut.OWN)]
    told = {"wish": wish(tree[1]), "decision": "Fylkesstyret, sak 12/26", "by": inga}
    extend_awards(**told, fingerprint=preview.fingerprint)
    assert (until(mine), until(other)) == (SOON, LATER)


def test_something_given_the_same_day_does_not_break_it(tree, inga):
    award = held(tree[3])
    held(tree[3], dt.date(2026, 6, 1), member=award.member, on=DAY)
    other = held(tree[3], name="Ola")
    preview = preview_extension(wish(tree[1]))
    assert [why for _holding, why in preview.left_out] == [LeftOut.TODAY]
    assert decide(wish(tree[1]), inga).awards.get().member == other.member


def test_decided_undone_and_decided_again_on_one_day(tree, inga):
    award = held(tree[3])
    undo_extension(extension=decide(wish(tree[1]), inga), reason="Feil dato", by=inga)
    again = decide(wish(tree[1], until=FAR), inga)
    assert until(award) == FAR
    assert again.awards.get().awarded_on == dt.date(2026, 3, 13)


def test_what_is_confirmed_is_what_was_shown(tree, inga):
    held(tree[3])
    seen = preview_extension(wish(tree[1])).fingerprint
    held(tree[3], name="Ola")
    with pytest.raises(Changed):
        extend_awards(wish=wish(tree[1]), decision="Styret", fingerprint=seen, by=inga)
    assert not Extension.objects.exists()


def test_pressing_twice_decides_once(tree, inga):
    held(tree[3])
    seen = preview_extension(wish(tree[1])).fingerprint
    extend_awards(wish=wish(tree[1]), decision="Styret", fingerprint=seen, by=inga)
    with pytest.raises(Changed):
        extend_awards(wish=wish(tree[1]), decision="Styret", fingerprint=seen, by=inga)
    assert Award.objects.filter(origin="extended").count() == 1


def test_only_whoever_keeps_the_levels_of_the_unit_decides(tree, inga):
    held(tree[3])
    with pytest.raises(PermissionDenied):
        decide(wish(tree[0]), inga)
    with pytest.raises(PermissionDenied):
        decide(wish(tree[1]), make_member("Kari", of=tree[1]))


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"lapsing_until": DAY}, "lapsing_until"),
        ({"until": DAY}, "until"),
        ({"until": dt.date(2036, 3, 15)}, "until"),
    ],
)
def test_days_must_follow_on_each_other(tree, inga, days, field):
    held(tree[3])
    with pytest.raises(ValidationError) as refused:
        decide(wish(tree[1], **days), inga)
    assert list(refused.value.message_dict) == [field]


def test_a_decision_needs_words_and_undoing_a_reason(tree, inga):
    held(tree[3])
    with pytest.raises(ValidationError):
        decide(wish(tree[1]), inga, decision=" ")
    extension = decide(wish(tree[1]), inga)
    with pytest.raises(ValidationError):
        undo_extension(extension=extension, reason="", by=inga)


def test_the_trail_tells_of_the_decision_and_of_each_award(tree, inga):
    held(tree[3])
    extension = decide(wish(tree[1]), inga)
    undo_extension(extension=extension, reason="Feil dato", by=inga)
    acts = list(Entry.objects.filter(actor=inga.public_id).order_by("pk").values_list("act", flat=True))
    assert acts == ["extend_awards", "extend_award", "undo_extension", "undo_extended_award"]


def test_what_was_renewed_since_stays_when_it_is_undone(tree, inga):
    award = held(tree[3])
    extension = decide(wish(tree[1]), inga)
    renewed = held(tree[3], FAR, member=award.member, on=dt.date(2026, 3, 10), origin=Award.Origin.RENEWED)
    undo_extension(extension=extension, reason="Feil dato", by=inga)
    assert until(award) == renewed.valid_until


def test_undoing_twice_is_the_same_as_once(tree, inga):
    held(tree[3])
    extension = decide(wish(tree[1]), inga)
    first = undo_extension(extension=extension, reason="Feil", by=inga).undone_at
    assert undo_extension(extension=extension, reason="Feil", by=inga).undone_at == first


@given(
    lapses=st.lists(st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)) | st.none(), min_size=1, max_size=6),
    start=st.integers(0, 300),
    length=st.integers(1, 300),
    longer=st.integers(1, 600),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_gives_back_exactly_the_state_before(tree, inga, lapses, start, length, longer):
    for number, day in enumerate(lapses):
        held(tree[3], day, name=f"P{number}")
    first = dt.date(2026, 1, 1) + dt.timedelta(days=start)
    until_day = max(DAY, first) + dt.timedelta(days=longer)
    wanted = wish(tree[1], lapsing_from=first, lapsing_until=first + dt.timedelta(days=length), until=until_day)
    days = [DAY + dt.timedelta(days=30 * month) for month in range(14)]

    def state() -> list[set[int]]:
        return [set(Award.objects.valid_on(day).values_list("member", flat=True)) for day in days]

    before = state()
    if preview_extension(wanted).reached:
        extension = decide(wanted, inga)
        assert all(was <= now for was, now in zip(before, state(), strict=True))
        undo_extension(extension=extension, reason="Angret", by=inga)
    assert state() == before


def test_the_preview_asks_the_same_of_the_database_for_many(tree, inga, django_assert_num_queries):
    for number in range(3):
        held(tree[3], name=f"P{number}")
    wanted = wish(tree[1])
    with django_assert_num_queries(3):
        assert len(preview_extension(wanted).reached) == 3
