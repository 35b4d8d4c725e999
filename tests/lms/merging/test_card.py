"""The card on the administrator's start page says what waits."""

from __future__ import annotations

from lms.merging.cards import pairs_waiting
from lms.merging.services import keep_apart
from lms.periods import today


def test_the_card_counts_the_pairs_and_counts_anew_when_one_is_looked_at(scene, django_capture_on_commit_callbacks):
    assert "1" in pairs_waiting(scene.ada, today())
    with django_capture_on_commit_callbacks(execute=True):
        keep_apart(one=scene.kept, other=scene.absorbed, by=scene.ada)
    assert pairs_waiting(scene.ada, today()) == ""


def test_counting_twice_a_day_asks_the_database_once(scene, django_assert_num_queries):
    pairs_waiting(scene.ada, today())
    with django_assert_num_queries(0):
        pairs_waiting(scene.ada, today())
