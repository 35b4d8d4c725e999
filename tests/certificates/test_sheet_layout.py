"""A certificate as it is seen: the code can be scanned, nothing overlaps, nothing leaves the frame."""

from dataclasses import replace
from itertools import combinations

import pypdfium2
import pytest
import zxingcpp

from benchmarks.certificate_pdf import EXAMPLE
from certificates.render import Sheet, draw_certificate

NUMBER = "4KQM7R2DXW3HP9FZC6TNB8V0AY"
SHEET = replace(EXAMPLE, number=NUMBER, check_url=f"https://tillit.example.org/c/{NUMBER}")
MM = 72 / 25.4
LONG = {
    "long name": replace(SHEET, name="Ole-Johan Kristoffer Alexander Østgård Wedel Jarlsberg"),
    "name of one word": replace(SHEET, name="Ångström" * 12),
    "name of 300 letters": replace(SHEET, name=("Åse-Márjá Østbyggj " * 16)[:300]),
    "long title": replace(SHEET, title="Å bygge folk: hvordan fylkeslaget lærer opp nye ledere og mentorer " * 2),
    "long level": replace(SHEET, level_line="Nivå 3, Bygge folk, i lederopplæringen for alle lag " * 4),
    "long facts": replace(SHEET, facts=tuple((label * 3, value * 4) for label, value in SHEET.facts)),
    "long signatures": replace(SHEET, signatures=(("Anne-Marie Sundbø " * 6, "Nestleder i fylkeslaget " * 8),) * 2),
    "long organisation": replace(SHEET, organisation="Landsorganisasjonen for Ågjengere " * 6),
    "long address": replace(SHEET, check_host="opplaering." * 12 + "no/c", check_label="Kontroller beviset her " * 6),
    "everything long": replace(
        SHEET,
        name=("Åse-Márjá Østbyggj " * 16)[:300],
        title="Å bygge folk gjennom hele året " * 8,
        level_line="Nivå 3, Bygge folk, i lederopplæringen for alle lag " * 5,
        facts=tuple((label * 4, value * 9) for label, value in SHEET.facts),
        signatures=(("Anne-Marie Sundbø " * 12, "Nestleder i fylkeslaget " * 12),) * 2,
        organisation="Landsorganisasjonen for Ågjengere " * 9,
        check_label="Kontroller beviset " * 12,
    ),
    "next to nothing": replace(SHEET, name="Å", facts=(), signatures=(), level_line="", stones=0),
}


def boxes(sheet: Sheet) -> list[tuple[float, float, float, float]]:
    """The ink of every line of text: left, bottom, right, top in mm from the bottom left corner."""
    text = pypdfium2.PdfDocument(draw_certificate(sheet))[0].get_textpage()
    return [tuple(side / MM for side in text.get_rect(at)) for at in range(text.count_rects())]


def scanned(sheet: Sheet, dots_per_inch: int = 200) -> str:
    page = pypdfium2.PdfDocument(draw_certificate(sheet))[0]
    codes = zxingcpp.read_barcodes(page.render(scale=dots_per_inch / 72).to_pil())
    return codes[0].text if codes else ""


@pytest.mark.parametrize("sheet", [SHEET, *LONG.values()], ids=["example", *LONG])
def test_no_text_leaves_its_place_within_the_frame(sheet):
    for left, bottom, right, top in boxes(sheet):
        assert left > 22
        assert bottom > 11
        assert right < 242
        assert top < 198


@pytest.mark.parametrize("sheet", [SHEET, *LONG.values()], ids=["example", *LONG])
def test_no_line_of_text_lies_on_another(sheet):
    for one, other in combinations(boxes(sheet), 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        up = min(one[3], other[3]) - max(one[1], other[1])
        # ring of Å and tail of g in two lines of one paragraph may share a strip, never a place
        assert across <= 0 or up < 0.12 * min(one[3] - one[1], other[3] - other[1])


@pytest.mark.parametrize("stones", [0, 1, 2, 3])
@pytest.mark.parametrize("name", [SHEET.name, LONG["long name"].name, LONG["name of 300 letters"].name])
def test_the_code_leads_to_the_check_page(stones, name):
    assert scanned(replace(SHEET, stones=stones, name=name)) == SHEET.check_url


@pytest.mark.parametrize("seed", range(20))
def test_the_code_of_any_number_can_be_scanned(seed):
    url = f"https://opplaering.folkeforeningen.example.org/c/{NUMBER[seed:]}{NUMBER[:seed]}"
    assert scanned(replace(SHEET, check_url=url), 150) == url


def test_a_name_stays_large_as_long_as_it_can():
    names = [boxes(replace(SHEET, name=" ".join(["Mina"] * count)))[2] for count in (1, 3, 4, 6, 20)]
    heights = [top - bottom for _, bottom, _, top in names]
    assert heights[0] == pytest.approx(heights[1])
    assert heights == sorted(heights, reverse=True)
    assert heights[3] > 0.6 * heights[0]


def test_the_sheet_has_two_signatures_at_most_and_four_facts():
    many = replace(SHEET, signatures=SHEET.signatures * 2, facts=SHEET.facts * 2)
    assert len(boxes(many)) == len(boxes(SHEET))


def test_the_landscape_keeps_clear_of_a_long_name():
    page = pypdfium2.PdfDocument(draw_certificate(replace(LONG["long name"], accent="#FF0000", title="")))[0]
    left, bottom, right, top = (side * 4 * MM for side in (24, 110, 172, 138))
    image = page.render(scale=4).to_pil().convert("RGB").crop((left, 210 * 4 * MM - top, right, 210 * 4 * MM - bottom))
    assert not [pixel for pixel in image.get_flattened_data() if pixel[0] - pixel[1] > 40]
