"""Texts that are data, in the languages they have been written in."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from lms.wording import in_language

ALL = {"nb": "leder", "nn": "leiar", "en": "chair"}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_text_is_read_in_the_language_asked_for(language: str) -> None:
    assert in_language(ALL, language) == ALL[language]


def test_a_text_is_read_in_the_active_language_when_none_is_asked_for() -> None:
    with override("nn"):
        assert in_language(ALL) == "leiar"


def test_a_reader_of_nynorsk_is_shown_bokmaal_before_english() -> None:
    assert in_language({"nb": "leder", "en": "chair"}, "nn") == "leder"


def test_a_reader_of_english_is_shown_bokmaal_before_nynorsk() -> None:
    assert in_language({"nn": "leiar", "nb": "leder"}, "en") == "leder"


def test_an_empty_text_counts_as_not_written() -> None:
    assert in_language({"nn": "", "nb": "leder"}, "nn") == "leder"


def test_regional_and_unknown_languages_are_read_as_the_nearest() -> None:
    assert in_language(ALL, "en-gb") == "chair"
    assert in_language(ALL, "de") == "leder"


def test_a_text_in_no_language_is_empty() -> None:
    assert in_language({}, "nb") == ""
