"""Who would have gained or lost is kept for a while, and is one line for one person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from courses.tracks.keeping_previews import forget_previews, forget_unfinished
from courses.tracks.models import PreviewLine, RulePreview
from lms.merging.services import merge_members, undo_merge
from tests.courses.tracks.drafts import chief_of, draft_with, rule_with
from tests.factories import organisation

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def preview_of(days: int, *, adopted: int | None = None, finished: bool = True) -> RulePreview:
    rule = draft_with("nytt")
    if adopted is not None:
        rule.adopted_at = NOW - dt.timedelta(days=adopted)
        rule.save()
    preview = RulePreview.objects.create(rule=rule, finished_at=NOW if finished else None)
    RulePreview.objects.filter(pk=preview.pk).update(asked_at=NOW - dt.timedelta(days=days))
    return preview


def test_previews_go_some_time_after_the_rule_was_adopted():
    rule_with("gammelt")
    old, new = preview_of(120, adopted=100), preview_of(120, adopted=10)
    assert forget_previews(NOW - dt.timedelta(days=90)) == 1
    assert list(RulePreview.objects.all()) == [new]
    assert old.pk != new.pk


def test_previews_of_a_draft_nobody_took_up_go_too():
    rule_with("gammelt")
    preview_of(100)
    preview_of(10)
    assert forget_previews(NOW - dt.timedelta(days=90)) == 1


def test_unfinished_ones_go_sooner():
    rule_with("gammelt")
    preview_of(40, finished=False)
    preview_of(40)
    assert forget_unfinished(NOW - dt.timedelta(days=30)) == 1


def test_two_records_of_one_person_are_one_line():
    nation, *_ = organisation.make_tree()
    chief = chief_of(nation)
    rule_with("gammelt")
    preview = preview_of(1)
    kept, other = (organisation.make_member(name, of=nation) for name in ("Mona", "Mona S"))
    for member in (kept, other):
        PreviewLine.objects.create(preview=preview, member=member, outcome="gain")
    merge = merge_members(kept=kept, absorbed=other, reason="Samme person", by=chief)
    assert PreviewLine.objects.get().member == kept
    undo_merge(merge=merge, by=chief)
    assert PreviewLine.objects.count() == 2
