"""Lines on paper: which letters exist, how wide words are, how they are made to fit."""

from pathlib import Path

import pytest

from lms.paper import fonts
from lms.paper.fitting import Place, fit
from lms.paper.lines import Style, rgb, width, wrap

NAME = Style(fonts.DISPLAY, 17, rgb("#21241A"))
WORDS = "Å bygge folk gjennom hele året med ro og mot"


def test_every_face_is_small_enough_to_ship():
    files = list((Path(fonts.__file__).parent / "fonts").glob("*.ttf"))
    assert len(files) == 3
    assert all(file.stat().st_size <= 90 * 1024 for file in files)


def test_each_face_has_a_name_of_its_own():
    names = {fonts.face(name).face.name for name in (fonts.TEXT, fonts.STRONG, fonts.DISPLAY)}
    assert len(names) == 3


@pytest.mark.parametrize("letters", ["æøåÆØÅ", "áčđŋšŧžÁČĐŊŠŦŽ", "ïöäåńÏÖÄÅŃ", "ǧǥǩǯʒõâ", "«»–—’…‑§&"])
def test_the_letters_of_norwegian_and_saami_are_covered(letters):
    assert fonts.covers(letters) == set()


def test_what_is_not_covered_is_told():
    assert fonts.covers("Ola Ж 田中") == {"田", "中"}


def test_a_line_the_display_face_cannot_write_whole_is_set_in_inter():
    assert fonts.standing_in(fonts.DISPLAY, "Áslat Ŋŧđ") == fonts.DISPLAY
    assert fonts.standing_in(fonts.DISPLAY, "Ʒak") == fonts.TEXT


def test_a_missing_letter_loses_its_marks_or_becomes_a_question_mark():
    assert fonts.printable("q\u0307ola ﬁn 田") == "qola fin ?"


def test_invisible_signs_and_white_space_are_made_plain():
    assert fonts.printable(" Ola\u200b\u202e\n\t\x00Nord\u00admann ") == "Ola Nordmann"


def test_kerning_moves_letters_together():
    assert width("To", NAME) < width("T", NAME) + width("o", NAME)


def test_a_text_that_fits_keeps_its_size():
    assert fit("Ola", NAME, Place(150, 38, 11)) == (["Ola"], NAME)


def test_a_longer_text_shrinks_on_one_line_first():
    lines, style = fit("Ole-Johan Kristoffer Alex", NAME, Place(150, 38, 11))
    assert len(lines) == 1
    assert 11 <= style.size < 17
    assert width(lines[0], style) <= 150.001


def test_a_text_too_long_for_one_line_is_balanced_over_two():
    lines, style = fit(WORDS, NAME, Place(130, 38, 11))
    first, second = (width(line, style) for line in lines)
    assert " ".join(lines) == WORDS
    assert abs(first - second) < 25


@pytest.mark.parametrize("text", ["x" * 300, "Ola " * 75, "W" * 3000, "a b " * 1000, ""])
def test_any_text_fits_its_place_whole(text):
    place = Place(150, 38, 11)
    lines, style = fit(text.strip(), NAME, place)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, style) <= place.measure + 0.001 for line in lines)
    assert style.size * place.leading * len(lines) <= max(place.height, NAME.size * place.leading) + 0.001


def test_a_word_is_broken_only_when_allowed():
    assert wrap("Lederopplæringen nå", 20, NAME, break_words=False) == ["Lederopplæringen", "nå"]
    assert len(wrap("Lederopplæringen nå", 20, NAME, break_words=True)) > 2
