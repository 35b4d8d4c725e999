"""A draft begins as the rule in force, is changed step by step, and touches nothing that counts."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from courses.progression.kinds import AllOf, AnyOf, CourseCompleted, Equivalent, HoursCollected
from courses.progression.models import LevelRule, Requirement
from courses.tracks import drafting
from courses.tracks.fingerprint import fingerprint
from courses.tracks.problems import problems_of
from courses.tracks.standing import places_for
from courses.tracks.tree import tree_in_words
from tests.courses.tracks.drafts import draft_with, made_course, rule_with

pytestmark = pytest.mark.django_db
ASKS = {"least_hours": 12, "within_months": 48, "key": "hours"}


def texts(draft: LevelRule) -> list[str]:
    return [node.text for node in tree_in_words(draft).required]


def test_a_draft_is_a_copy_of_the_rule_in_force_with_nesting_and_renewal():
    rule = rule_with("ny-i-styret")
    group = AnyOf.objects.create(rule=rule, part="renewal", least=1)
    HoursCollected.objects.create(rule=rule, part="renewal", parent=group, **ASKS)
    draft = drafting.draft_rule(level=rule.level, by=None)
    assert draft.adopted_at is None
    assert draft.valid_months == rule.valid_months
    tree = tree_in_words(draft)
    assert len(tree.required) == len(tree.ways) == 1
    rows = {one: Requirement.objects.filter(rule=one) for one in (rule, draft)}
    assert fingerprint(rule, rows[rule]) == fingerprint(draft, rows[draft])


def test_a_level_has_one_draft_at_a_time():
    rule = rule_with("ny-i-styret")
    first = drafting.draft_rule(level=rule.level, by=None)
    assert drafting.draft_rule(level=rule.level, by=None) == first


def test_what_was_adopted_is_never_changed():
    rule = rule_with("ny-i-styret")
    with pytest.raises(ValidationError):
        drafting.add_requirement(rule=rule, kind=AllOf, told={}, by=None)
    with pytest.raises(ValidationError):
        drafting.remove_requirement(requirement=rule.requirements.get(), by=None)


def test_requirements_move_up_and_down_and_stop_at_the_ends():
    rule_with()
    draft = draft_with("a", "b", "c")
    last = draft.requirements.order_by("-order").first()
    for _ in range(3):
        drafting.move_requirement(requirement=last, steps=-1, by=None)
    assert [row.course.key for row in draft.requirements.all()] == ["c", "a", "b"]
    drafting.move_requirement(requirement=last, steps=1, by=None)
    assert [row.course.key for row in draft.requirements.all()] == ["a", "c", "b"]


def test_a_group_holds_requirements_and_goes_with_them():
    rule_with()
    draft = draft_with("a")
    group = drafting.add_requirement(rule=draft, kind=AnyOf, told={"least": 1}, by=None)
    inner = drafting.add_requirement(rule=draft, kind=AllOf, told={}, under=group, by=None)
    drafting.add_requirement(rule=draft, kind=HoursCollected, told=ASKS, under=inner, by=None)
    assert tree_in_words(draft).required[1].parts[0].parts[0].row.kind == "hours"
    assert drafting.remove_requirement(requirement=group, by=None) == 3
    assert draft.requirements.count() == 1


def test_a_requirement_moves_into_a_group_but_a_group_not_into_itself():
    rule_with()
    draft = draft_with("a")
    single = draft.requirements.get()
    group = drafting.add_requirement(rule=draft, kind=AnyOf, told={"least": 1}, by=None)
    inner = drafting.add_requirement(rule=draft, kind=AllOf, told={}, under=group, by=None)
    drafting.change_requirement(requirement=single, told={}, under=inner, by=None)
    assert tree_in_words(draft).required[0].parts[0].parts[0].row.pk == single.pk
    assert [key for key, _ in places_for(group, tree_in_words(draft))] == []
    with pytest.raises(ValidationError):
        drafting.change_requirement(requirement=group, told={}, under=inner, by=None)


def test_a_replacement_stands_beneath_what_it_replaces_and_nowhere_else():
    rule_with()
    draft = draft_with("a")
    told = {"name": "realkompetanse", "title": {"nb": "realkompetanse"}}
    course = draft.requirements.get()
    instead = drafting.add_requirement(rule=draft, kind=Equivalent, told=told, under=course, by=None)
    drafting.add_requirement(rule=draft, kind=HoursCollected, told=ASKS, under=instead, by=None)
    node = tree_in_words(draft).required[0]
    assert node.parts == ()
    assert node.instead[0].parts[0].row.kind == "hours"
    for under in (None, instead):
        with pytest.raises(ValidationError):
            drafting.add_requirement(rule=draft, kind=Equivalent, told=told, under=under, by=None)
    with pytest.raises(ValidationError):
        drafting.add_requirement(rule=draft, kind=AllOf, told={}, under=course, by=None)


def test_ways_of_renewing_stand_in_one_group_made_with_the_first():
    rule_with()
    draft = draft_with("a")
    for _ in range(2):
        drafting.add_requirement(rule=draft, kind=HoursCollected, told=ASKS, part="renewal", by=None)
    assert len(tree_in_words(draft).ways) == 2
    assert draft.requirements.filter(part="renewal", parent=None).count() == 1


def test_empty_groups_and_groups_that_ask_too_much_stand_in_the_way():
    rule_with()
    draft = draft_with("a")
    drafting.add_requirement(rule=draft, kind=AllOf, told={}, by=None)
    group = drafting.add_requirement(rule=draft, kind=AnyOf, told={"least": 2}, by=None)
    drafting.add_requirement(
        rule=draft, kind=CourseCompleted, told={"course": made_course("b"), "key": "b"}, under=group, by=None
    )
    assert len(problems_of(Requirement.objects.filter(rule=draft))) == 2


def test_the_fingerprint_follows_what_is_asked_and_nothing_else():
    rule_with()
    draft = draft_with("a", "b")

    def mark() -> str:
        return fingerprint(LevelRule.objects.get(pk=draft.pk), Requirement.objects.filter(rule=draft))

    first = mark()
    draft.decision = "Landsstyret"
    draft.save()
    assert mark() == first
    drafting.change_draft(rule=draft, valid_months=12, by=None)
    assert mark() != first


def test_a_draft_thrown_away_leaves_the_rule_in_force():
    rule = rule_with("ny-i-styret")
    draft = drafting.draft_rule(level=rule.level, by=None)
    drafting.discard_draft(rule=draft, by=None)
    assert list(LevelRule.objects.all()) == [rule]
    assert rule.requirements.count() == 1


def test_a_tree_takes_as_many_queries_for_twenty_requirements_as_for_one(django_assert_max_num_queries):
    rule_with()
    draft = draft_with(*(f"kurs-{number}" for number in range(20)))
    with django_assert_max_num_queries(9):
        assert len(tree_in_words(LevelRule.objects.get(pk=draft.pk)).required) == 20
    assert len(texts(draft)) == 20
