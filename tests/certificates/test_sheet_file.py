"""The file of a certificate: embedded faces, tags, language, the same bytes every time."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from benchmarks.certificate_pdf import EXAMPLE
from certificates.render import draw_certificate

NUMBER = "4KQM7R2DXW3HP9FZC6TNB8V0AY"
SHEET = replace(EXAMPLE, number=NUMBER, check_url=f"https://tillit.example.org/c/{NUMBER}")


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(BytesIO(draw_certificate(SHEET)))


def elements(node):
    """The structure elements beneath a node, in reading order."""
    for kid in node["/K"] if isinstance(node["/K"], list) else [node["/K"]]:
        if not isinstance(kid, int):
            yield kid.get_object()
            yield from elements(kid.get_object())


def test_every_face_is_embedded_and_no_other_is_named(reader):
    faces = reader.pages[0]["/Resources"]["/Font"].values()
    assert {font.get_object()["/BaseFont"].split("+")[1] for font in faces} == {
        "InterPaper",
        "InterPaperSemiBold",
        "NewsreaderPaperMedium",
    }
    assert all("/FontFile2" in font.get_object()["/FontDescriptor"] for font in faces)


def test_no_unembedded_helvetica_is_named_anywhere():
    assert b"Helvetica" not in draw_certificate(SHEET)


def test_the_file_is_tagged_and_says_its_title_and_language(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == "nb-NO"
    assert reader.metadata.title == "Kursbevis: Ny i styret"
    assert reader.pdf_header == "%PDF-1.7"


@pytest.mark.parametrize(("language", "written"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_each_language_is_written_as_a_locale(language, written):
    root = PdfReader(BytesIO(draw_certificate(replace(SHEET, language=language)))).trailer["/Root"]
    assert root["/Lang"] == written


def test_the_tags_follow_the_reading_order(reader):
    tags = [element["/S"] for element in elements(reader.trailer["/Root"]["/StructTreeRoot"])]
    assert tags == ["/Document", "/P", "/P", "/H1", "/P", "/H2", *["/P"] * 10, "/Figure"]


def test_the_code_has_words_for_those_who_do_not_see_it(reader):
    *_, figure = elements(reader.trailer["/Root"]["/StructTreeRoot"])
    assert SHEET.check_url in figure["/Alt"]


def test_each_marked_part_finds_its_element_through_the_parent_tree(reader):
    page = reader.pages[0]
    zero, parents = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert zero == page["/StructParents"] == 0
    assert [parent.get_object()["/K"][0] for parent in parents] == list(range(len(parents)))


def test_all_drawing_is_marked_as_words_figure_or_decoration(reader):
    depth, outside = 0, []
    for _operands, operator in ContentStream(reader.pages[0].get_contents(), reader).operations:
        depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
        if depth == 0 and operator in {b"Tj", b"TJ", b"S", b"f", b"B", b"re"}:
            outside.append(operator)
    assert not outside
    assert depth == 0


def test_the_same_sheet_gives_the_same_bytes():
    assert draw_certificate(SHEET) == draw_certificate(replace(SHEET))


def test_another_number_or_date_gives_another_file():
    first = draw_certificate(SHEET)
    assert first != draw_certificate(replace(SHEET, number=NUMBER[::-1]))
    assert first != draw_certificate(replace(SHEET, issued_on=date(2027, 1, 1)))


def test_the_file_is_dated_by_the_sheet_and_not_by_the_clock(reader):
    assert reader.metadata.creation_date.date() == SHEET.issued_on


def test_the_page_is_a4_landscape(reader):
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)


def test_a_sheet_weighs_little():
    assert len(draw_certificate(SHEET)) < 40_000


def test_importing_the_renderer_does_not_import_the_pdf_library():
    code = "import sys, certificates.render, lms.paper; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
