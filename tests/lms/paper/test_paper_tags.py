"""Structure tags of files with several pages and nested parts."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from lms.paper import fonts
from lms.paper.document import finished, new_canvas
from lms.paper.lines import Style, write
from lms.paper.tags import Structure

STYLE = Style(fonts.TEXT, 4, (0, 0, 0))


def two_pages() -> bytes:
    canvas = new_canvas((400, 400), title="Håndbok (1) – nn", language="nn", made_on=date(2026, 1, 2))
    structure = Structure(canvas)
    with structure.mark("H1"):
        write(canvas, 10, 10, "Første side", STYLE)
    structure.end_page()
    with structure.group("L"), structure.group("LI"), structure.mark("LBody"):
        write(canvas, 10, 10, "Andre side", STYLE)
    with structure.artifact():
        canvas.rect(1, 1, 2, 2)
    return finished(canvas, structure)


def test_each_page_has_its_own_row_in_the_parent_tree():
    reader = PdfReader(BytesIO(two_pages()))
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert numbers[0::2] == [0, 1] == [page["/StructParents"] for page in reader.pages]
    assert [row[0].get_object()["/S"] for row in numbers[1::2]] == ["/H1", "/LBody"]


def test_nested_parts_know_their_parents():
    reader = PdfReader(BytesIO(two_pages()))
    body = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"][3][0].get_object()
    tags = []
    while "/S" in body:
        tags.append(body["/S"])
        body = body["/P"].get_object()
    assert tags == ["/LBody", "/LI", "/L", "/Document"]


def test_an_element_points_to_the_page_it_is_on():
    reader = PdfReader(BytesIO(two_pages()))
    for page, row in zip(
        reader.pages, reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"][1::2], strict=True
    ):
        assert row[0].get_object()["/Pg"].get_object() == page


def test_words_and_title_survive_with_norwegian_letters():
    reader = PdfReader(BytesIO(two_pages()))
    assert [page.extract_text().strip() for page in reader.pages] == ["Første side", "Andre side"]
    assert reader.metadata.title == "Håndbok (1) – nn"
    assert reader.trailer["/Root"]["/Lang"] == "nn-NO"
