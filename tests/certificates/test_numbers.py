"""The number of a certificate: 128 random bits that can be read aloud and typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.numbers import ALPHABET, LENGTH, new_number, read_number

NUMBER = "4KQM7R2DXW3HP9FZC6TNB8V0AY"
TYPED = [
    (NUMBER, NUMBER),
    (NUMBER.lower(), NUMBER),
    ("4KQM 7R2D XW3HP 9FZC 6TNB 8V0AY", NUMBER),
    ("4KQM-7R2D-XW3HP-9FZC-6TNB-8V0AY", NUMBER),
    ("4KQM–7R2D—XW3HP_9FZC.6TNB 8V0AY", NUMBER),
    ("4KQM\u00a07R2D\u202fXW3HP 9FZC 6TNB 8V0AY", NUMBER),
    (NUMBER.replace("0", "O"), NUMBER),
    (NUMBER.replace("0", "o"), NUMBER),
    ("1" * 26, "1" * 26),
    ("I" * 26, "1" * 26),
    ("l" * 26, "1" * 26),
    ("", None),
    ("0", None),
    (NUMBER[:-1], None),
    (f"{NUMBER}0", None),
    (NUMBER.replace("4", "8", 1), None),  # above 128 bits
    (NUMBER.replace("Q", "U"), None),
    (NUMBER.replace("Q", "Å"), None),
    (NUMBER.replace("Q", "٣"), None),
    ("../../etc/passwd", None),
    ("<script>alert(1)</script>", None),
    ("%00", None),
]


@pytest.mark.parametrize(("typed", "number"), TYPED)
def test_a_number_is_read_however_it_was_typed(typed, number):
    assert read_number(typed) == number


def test_a_number_is_26_characters_none_of_which_look_alike():
    assert all(re.fullmatch(f"[0-7][{ALPHABET}]{{25}}", new_number()) for _ in range(200))
    assert not set("ILOU") & set(ALPHABET)
    assert len(ALPHABET) == 32
    assert LENGTH * 5 == 130


def test_all_128_bits_are_drawn(monkeypatch):
    monkeypatch.setattr("certificates.numbers.secrets.randbits", lambda bits: 2**bits - 1)
    assert new_number() == "7" + "Z" * 25
    monkeypatch.setattr("certificates.numbers.secrets.randbits", lambda bits: 1 << (bits - 1))
    assert new_number() == "4" + "0" * 25


def test_no_number_comes_twice():
    assert len({new_number() for _ in range(5_000)}) == 5_000


def test_a_new_number_is_read_as_itself():
    number = new_number()
    assert read_number(number) == number


@given(st.text(max_size=80))
def test_any_text_is_a_number_of_ours_or_none(text):
    number = read_number(text)
    assert number is None or re.fullmatch(f"[0-7][{ALPHABET}]{{25}}", number)
