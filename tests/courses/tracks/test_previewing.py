"""What a draft would mean is reckoned for everybody, with a reason for each, and changes nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.progression.models import Award, LevelRule
from courses.tracks.drafting import change_draft
from courses.tracks.models import PreviewLine
from courses.tracks.previewing import ask_preview, matching_preview
from courses.tracks.reckoning import effects, question_of
from lms.jobs.models import Job
from lms.jobs.sweeper import run_waiting
from lms.periods import today
from tests.courses.tracks.drafts import chief_of, completed, draft_with, looked_over, made_course, rule_with
from tests.factories import courses, organisation

pytestmark = pytest.mark.django_db


def test_who_would_gain_and_who_does_not_meet_it_each_with_a_reason():
    nation, *_ = organisation.make_tree()
    chief, rule = chief_of(nation), rule_with("gammelt")
    has_new, holds_old, neither = (organisation.make_member(name, of=nation) for name in ("Ny", "Gammel", "Ingen"))
    completed(has_new, made_course("nytt"))
    courses.make_award(holds_old, rule=rule)
    preview = looked_over(draft_with("nytt", by=chief), chief)
    lines = {line.member: line for line in preview.lines.all()}
    assert {member: line.outcome for member, line in lines.items()} == {has_new: "gain", holds_old: "lose"}
    assert (preview.gains, preview.losses) == (1, 1)
    assert preview.people == 4
    assert neither not in lines
    assert "Gammelt" in lines[has_new].because["nb"]
    assert "Nytt" in lines[holds_old].because["nn"]
    assert set(lines[has_new].because) == {"nb", "nn", "en"}
    assert Award.objects.count() == 1


def test_who_holds_it_and_meets_the_draft_is_not_mentioned():
    nation, *_ = organisation.make_tree()
    chief, rule = chief_of(nation), rule_with("gammelt")
    member = organisation.make_member("Begge", of=nation)
    completed(member, made_course("nytt"))
    courses.make_award(member, rule=rule)
    assert not looked_over(draft_with("nytt", by=chief), chief).lines.exists()


def test_a_level_that_lapsed_is_not_gained_again_by_the_same_facts():
    nation, *_ = organisation.make_tree()
    chief, rule = chief_of(nation), rule_with("nytt")
    member = organisation.make_member("Utløpt", of=nation)
    completed(member, made_course("nytt"))
    courses.make_award(member, rule=rule, on=today(), valid_until=today())
    assert not looked_over(draft_with("nytt", by=chief), chief).lines.exists()


def test_a_draft_that_asks_nothing_gives_nothing_and_takes_nothing():
    nation, *_ = organisation.make_tree()
    chief, rule = chief_of(nation), rule_with("gammelt")
    courses.make_award(organisation.make_member("Har", of=nation), rule=rule)
    assert not looked_over(draft_with(by=chief), chief).lines.exists()


def test_a_time_limit_for_the_next_level_that_has_run_out_is_a_loss_with_its_own_reason():
    nation, *_ = organisation.make_tree()
    chief, rule = chief_of(nation), rule_with("nytt")
    member = organisation.make_member("Sen", of=nation)
    completed(member, made_course("nytt"))
    courses.make_award(member, rule=rule, on=today() - dt.timedelta(days=400))
    draft = draft_with("nytt", by=chief)
    change_draft(rule=draft, lapses_unless_next_within=6, by=chief)
    line = looked_over(draft, chief).lines.get()
    assert line.outcome == "lose"
    assert "6" in line.because["en"]


def test_a_changed_draft_has_no_preview_until_it_is_looked_over_again():
    nation, *_ = organisation.make_tree()
    chief = chief_of(nation)
    rule_with("gammelt")
    draft = draft_with("nytt", by=chief)
    preview = looked_over(draft, chief)
    assert matching_preview(draft) == preview
    change_draft(rule=draft, valid_months=12, by=chief)
    assert matching_preview(LevelRule.objects.get(pk=draft.pk)) is None


def test_a_draft_changed_before_the_job_runs_gives_no_numbers():
    nation, *_ = organisation.make_tree()
    chief = chief_of(nation)
    rule_with("gammelt")
    draft = draft_with("nytt", by=chief)
    preview = ask_preview(rule=draft, by=chief)
    change_draft(rule=draft, valid_months=12, by=chief)
    run_waiting()
    preview.refresh_from_db()
    assert preview.finished_at is None
    assert preview.job.result == {"changed": 1}


def test_asking_twice_while_it_is_under_way_is_one_job():
    nation, *_ = organisation.make_tree()
    chief = chief_of(nation)
    rule_with("gammelt")
    draft = draft_with("nytt", by=chief)
    assert ask_preview(rule=draft, by=chief) == ask_preview(rule=draft, by=chief)
    assert Job.objects.filter(kind="preview_rule").count() == 1


def test_a_worker_that_takes_over_goes_on_where_the_other_was_cut_off(monkeypatch):
    nation, *_ = organisation.make_tree()
    chief = chief_of(nation)
    rule_with("gammelt")
    for number in range(5):
        completed(organisation.make_member(f"N{number}", of=nation), made_course("nytt"))
    monkeypatch.setattr("lms.jobs.portions.AT_A_TIME", 2)
    asked: list[list[int]] = []

    def once(question, ids):
        asked.append(list(ids))
        if len(asked) == 2:
            raise RuntimeError("cut off")
        return effects(question, ids)

    monkeypatch.setattr("courses.tracks.previewing.effects", once)
    preview = ask_preview(rule=draft_with("nytt", by=chief), by=chief)
    run_waiting()
    Job.objects.filter(pk=preview.job_id).update(due_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    run_waiting()
    preview.refresh_from_db()
    assert preview.gains == 5
    assert asked[1] == asked[2]
    assert preview.people == 6


def test_as_many_queries_for_forty_people_as_for_one():
    nation, *_ = organisation.make_tree()
    rule_with("gammelt")
    draft = draft_with("nytt")
    people = [organisation.make_member(f"N{number}", of=nation) for number in range(40)]
    for member in people:
        completed(member, made_course("nytt"))
    effects(question_of(draft, on=today()), [people[0].pk])  # what is kept is warm
    counts = []
    for some in (people[:1], people):
        question = question_of(draft, on=today())
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(effects(question, [member.pk for member in some])) == len(some)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_lines_of_a_draft_thrown_away_go_with_it():
    nation, *_ = organisation.make_tree()
    chief = chief_of(nation)
    rule_with("gammelt")
    completed(chief, made_course("nytt"))
    draft = draft_with("nytt", by=chief)
    looked_over(draft, chief)
    assert PreviewLine.objects.count() == 1
    from courses.tracks.drafting import discard_draft

    discard_draft(rule=draft, by=chief)
    assert not PreviewLine.objects.exists()
