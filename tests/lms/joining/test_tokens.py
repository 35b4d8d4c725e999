"""Codes are read off paper by people, and kept so that nobody who reads the table can use them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lms.joining.tokens import LETTERS, code_from, hash_of_code, is_well_written, tidy, token_for

codes = st.text(max_size=20).map(code_from)


@given(codes)
def test_a_code_is_three_groups_of_four_readable_signs(code):
    groups = code.split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert not set("".join(groups)) & set("IO01258")


@given(codes, st.integers(0, 11), st.sampled_from(LETTERS))
def test_one_wrong_sign_is_always_found(code, place, sign):
    text = tidy(code)
    wrong = text[:place] + sign + text[place + 1 :]
    assert is_well_written(wrong) == (wrong == text)


@given(codes, st.integers(0, 10))
def test_two_signs_changed_about_are_always_found(code, place):
    text = tidy(code)
    wrong = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert is_well_written(wrong) == (wrong == text)


def test_a_code_may_be_typed_as_one_reads_it():
    code = code_from("seed")
    typed = code.lower().replace("-", " ").replace("z", "2").replace("s", "5").replace("b", "8")
    assert is_well_written(typed)
    assert hash_of_code("a", typed) == hash_of_code("a", code)


def test_a_code_belongs_to_one_person():
    assert hash_of_code("a", "ABCD") != hash_of_code("b", "ABCD")


def test_tokens_differ_by_purpose_and_name_and_by_the_key_of_the_house(settings):
    first = token_for("invitation", "a", "b")
    assert first == token_for("invitation", "a", "b")
    assert len({first, token_for("sign-up", "a", "b"), token_for("invitation", "b", "a")}) == 3
    settings.SECRET_KEY = "another" * 10
    assert token_for("invitation", "a", "b") != first
