"""Flowing documents: pages turned where they must be, tagged, the same bytes for the same words."""

from __future__ import annotations

import datetime as dt
import io

from pypdf import PdfReader

from lms.paper.flow import DONE, Flow, Shape, operators

DAY = dt.date(2026, 11, 24)


def written(lines: int = 3, text: str = "Les protokollen før møtet.") -> bytes:
    flow = Flow(title="Planen", language="nb", made_on=DAY)
    flow.heading("Veien din mot 2029", 1)
    flow.figure([Shape("M0 10C10 0 20 0 30 10L30 20L0 20Z", fill=DONE)], size=(100, 30), alt="En fjellside")
    flow.heading("2026")
    flow.bullets([("done", "Ny i styret", "Nådd"), ("late", "Personvern", ""), ("open", "Å lede", "")])
    for _ in range(lines):
        flow.paragraph(text)
    return flow.finished()


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def test_a_document_is_tagged_in_its_language():
    catalog = reader(written()).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "nb-NO"
    tags = [kid.get_object()["/S"] for kid in catalog["/StructTreeRoot"]["/K"].get_object()["/K"]]
    assert tags[:4] == ["/H1", "/Figure", "/H2", "/L"]


def test_words_can_be_taken_out_again():
    text = reader(written()).pages[0].extract_text()
    for word in ("Veien din mot 2029", "Ny i styret", "Personvern", "Les protokollen"):
        assert word in text


def test_pages_turn_and_are_numbered():
    found = reader(written(lines=120))
    assert len(found.pages) > 2
    assert "3" in found.pages[2].extract_text().splitlines()[-1]


def test_one_paragraph_may_be_longer_than_a_page():
    found = reader(written(lines=1, text="Ord som fyller. " * 900))
    assert len(found.pages) > 1
    assert sum(page.extract_text().replace("\n", " ").count("fyller") for page in found.pages) == 900


def test_the_same_words_are_the_same_bytes():
    assert written() == written()


def test_paths_become_operators():
    assert operators("M0 1L2 3Z") == ["0 1 m", "2 3 l", "h"]
    assert operators("M0 0C1 1 2 2 3 3 4 4 5 5 6 6") == ["0 0 m", "1 1 2 2 3 3 c", "4 4 5 5 6 6 c"]
