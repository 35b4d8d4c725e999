"""What stands on a certificate can be read back from the file, letter for letter."""

import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from benchmarks.certificate_pdf import EXAMPLE
from certificates.render import Sheet, draw_certificate, grouped, missing_letters
from lms.paper.fonts import printable

NUMBER = "4KQM7R2DXW3HP9FZC6TNB8V0AY"
SHEET = replace(EXAMPLE, number=NUMBER.lower(), check_url=f"https://tillit.example.org/c/{NUMBER}")
SAAMI = "Áá Čč Đđ Ŋŋ Šš Ŧŧ Žž Ää Öö Åå Ææ Øø Ïï Ńń Ññ Ǩǩ Ǯǯ Ʒʒ Ǥǥ Ǧǧ Õõ Ââ"
HOSTILE = "Åse-Márjá <b>Østby</b> & Søn"

NAUGHTY = (
    "<img src=file:///etc/passwd>",
    '<img src="http://example.org/x.png" width="1" height="1"/>',
    "<b>Ola",
    "</para><para>Kari",
    "<para><font color=red>Ola</font>",
    "&amp; &lt; &#60; &nosuch;",
    "(Ola) \\ (Kari",
    "Ola) Tj ET Q q BT (Kari",
    "EMC /Artifact BMC",
    "endstream endobj",
    "%PDF-1.7 %%EOF",
    "{{ name }} {% load x %} ${7*7} #{7*7}",
    "'; DROP TABLE certificate; --",
    "../../../etc/passwd",
    "undefined null None NaN true -1 1e309",
    "=HYPERLINK(1)",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "Ola\nNordmann",
    "Ola\r\n\tNordmann\x0b\x0c",
    "Ola\x00Nordmann\x1b[31m\x7f\x85",
    "\u202eOla\u202c \u200bNord\u00admann\ufeff",
    "\u2028Ola\u2029Nordmann",
    "e\u0301le\u0300ve A\u030ase",
    "Z\u0351\u036b\u0343\u036aalgo\u0315\u0489",
    "田中さん 김철수 Иван Ωμέγα محمد שלום ไทย",
    "👩🏽‍🚀 Ola 🇳🇴",
    "ﬁ ﬂ ½ ² № ™ ＡＢＣ 𝐎𝐥𝐚",
    "\ud800 \udfff",
    "\uffff \U0010ffff \ue000",
    "",
    " ",
    "\u00a0\u2003\u3000",
    ".",
    "O'Neill-D’Arcy „Ola“ «Kari» “x” ‘y’ … – — ‑",
    "Nguyễn Thị Ngọc Ánh",
    "Łukasz Żółć Świątek",
    "İbrahim Şahin Gürağaç",
    "Þórður Ægir Guðmundsson",
    "x" * 300,
    "Å" * 300,
    "Ola Nordmann " * 24,
    "W" * 75 + " " + "i" * 224,
    "- " * 150,
    "?" * 300,
)
RAW = tuple(f"Ola {chr(code)}{chr(code)} Nordmann" for code in (*range(0x80), *range(0x250, 0x2000, 64)))


def text_of(sheet: Sheet) -> str:
    (page,) = PdfReader(BytesIO(draw_certificate(sheet))).pages
    return page.extract_text()


def closed_up(text: str) -> str:
    """Without spaces: where a line breaks is no part of the words."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def words() -> str:
    return text_of(SHEET)


def test_every_word_of_the_sheet_is_in_the_file(words):
    facts = [word for pair in (*SHEET.facts, *SHEET.signatures) for word in pair]
    for word in (SHEET.organisation, SHEET.lead, SHEET.name, SHEET.verb, SHEET.title, SHEET.level_line, *facts):
        assert word in words


def test_the_number_stands_in_capital_groups_over_two_lines(words):
    assert grouped(NUMBER.lower()) == ("4KQM-7R2D-XW3HP", "9FZC-6TNB-8V0AY")
    assert "4KQM-7R2D-XW3HP" in words
    assert "9FZC-6TNB-8V0AY" in words
    assert "tillit.example.org/c" in words


def test_the_words_come_in_reading_order(words):
    order = [SHEET.organisation, SHEET.lead, SHEET.name, SHEET.verb, SHEET.title, "Omfang", "Torbjørn", "Kontroller"]
    places = [words.index(word) for word in order]
    assert places == sorted(places)


def test_markup_in_a_name_is_only_letters():
    assert HOSTILE in text_of(replace(SHEET, name=HOSTILE))


def test_all_saami_letters_survive():
    assert missing_letters(replace(SHEET, name=SAAMI)) == set()
    assert closed_up(SAAMI) in closed_up(text_of(replace(SHEET, name=SAAMI)))


def test_a_name_the_display_face_cannot_write_is_set_in_the_other_face():
    for name in ("Олена Шевченко", "Ʒuudõõzz Ǩeeʹrǩǩ"):
        assert name in text_of(replace(SHEET, name=name))


def test_control_signs_and_line_breaks_become_one_space():
    assert "Ola Nordmann" in text_of(replace(SHEET, name="\x00Ola\r\n\t\x0bNordmann\x7f"))


def test_letters_the_faces_lack_are_replaced_and_reported():
    odd = replace(SHEET, name="Tanaka 田中さん", signatures=(("ﬁn", "leder"),))
    assert missing_letters(odd) == set("田中さんﬁ")
    text = text_of(odd)
    assert "Tanaka ????" in text
    assert "fin" in text


@pytest.mark.parametrize("name", [*NAUGHTY, *RAW], ids=ascii)
def test_a_naughty_name_never_stops_the_print_and_prints_what_was_given(name):
    text = closed_up(text_of(replace(SHEET, name=name)))
    printed = printable(name)
    assert closed_up(printed) in text
    if not missing_letters(replace(SHEET, name=name)):
        visible = "".join(sign for sign in name if unicodedata.category(sign) not in ("Cc", "Cf"))
        assert closed_up(printed) == closed_up(unicodedata.normalize("NFC", visible)).replace("\u2011", "-")


def test_a_naughty_word_in_any_other_place_is_harmless():
    pair = ((HOSTILE, HOSTILE),)
    text = text_of(replace(SHEET, title=HOSTILE, organisation=HOSTILE, level_line=HOSTILE, facts=pair, signatures=pair))
    assert text.count(HOSTILE) == 7
