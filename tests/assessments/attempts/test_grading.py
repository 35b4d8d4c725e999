"""Marking, by the tables of docs/algorithms/grading.md."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.attempts.grading import is_right, mark, needed_points
from assessments.bank.content import Choice, Content, read_content, true_false_choices
from tests.tables import examples, shown

ids = st.lists(st.sampled_from("abcdefx"), max_size=9)


def content(kind: str, right: str) -> Content:
    if kind == "true_false":
        return Content(kind, {"nb": "?"}, true_false_choices(right == "true"))
    return Content(kind, {"nb": "?"}, tuple(Choice(c, {"nb": c}, c in right.split()) for c in "abc"))


@pytest.mark.parametrize("example", examples("grading.md", "One question"), ids=shown)
def test_a_question_is_marked_as_the_page_says(example):
    asked = content(example["kind"], example["right"])
    assert is_right(asked, example["answer"].replace("–", "").split()) == (example["verdict"] == "right")


@pytest.mark.parametrize("example", examples("grading.md", "Needed to pass"), ids=shown)
def test_what_is_needed_is_rounded_up(example):
    assert needed_points(int(example["questions"]), int(example["pass mark"])) == int(example["needed"])


@pytest.mark.parametrize("example", examples("grading.md", "The mark"), ids=shown)
def test_a_paper_is_marked_as_the_page_says(example):
    right, of = int(example["right"]), int(example["of"])
    found = mark([True] * right + [False] * (of - right), int(example["pass mark"]))
    assert (found.percent, found.passed) == (int(example["percent"]), example["outcome"] == "passed")
    assert (found.points, found.out_of) == (right, of)


@given(answers=st.lists(st.tuples(ids, ids)), pass_percent=st.integers(0, 100))
def test_any_answers_get_a_mark_between_nothing_and_all(answers, pass_percent):
    asked = [Content("multiple", {}, tuple(Choice(c, {}, c in right) for c in "abcdef")) for right, _ in answers]
    found = mark([is_right(q, answer) for q, (_, answer) in zip(asked, answers, strict=True)], pass_percent)
    assert 0 <= found.points <= found.out_of == len(answers)
    assert found.passed == (bool(answers) and found.points * 100 >= pass_percent * found.out_of)
    assert 0 <= found.percent <= 100


@given(out_of=st.integers(0, 500), pass_percent=st.integers(0, 100))
def test_what_is_needed_is_the_least_that_reaches_the_share(out_of, pass_percent):
    needed = needed_points(out_of, pass_percent)
    assert 100 * needed >= pass_percent * out_of
    assert needed == 0 or 100 * (needed - 1) < pass_percent * out_of


@given(kind=st.sampled_from(["single", "multiple", "true_false"]), right=st.sampled_from(["a", "b", "true"]))
def test_a_stored_question_is_read_back_as_it_was(kind, right):
    assert read_content(content(kind, right).as_json()) == content(kind, right)
