"""A new PDF file on our ground: PDF 1.7, embedded faces only, the same bytes for the same input."""

import threading
from datetime import date
from io import BytesIO
from typing import Any

from lms.paper import fonts, tags

LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB", "se": "se-NO", "smj": "smj-NO", "sma": "sma-NO"}

# the library reads the letters to embed through one position in the open font: one file at a time
_embedding = threading.Lock()


def new_canvas(size: tuple[float, float], *, title: str, language: str, made_on: date) -> Any:
    """A canvas for pages of this size (points), titled, in a language, dated by the caller.

    The date is part of the input, never of the clock, so that a file can be printed again and compared.
    """
    from reportlab.pdfgen.canvas import Canvas

    fonts.face(fonts.TEXT)
    canvas = Canvas(
        BytesIO(),
        pagesize=size,
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=fonts.TEXT,  # or every file refers to a Helvetica that is not embedded
        lang=LOCALES.get(language, language),
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Tillit")
    canvas.setProducer("Tillit")
    stamp = f"D:{made_on:%Y%m%d}000000Z"
    canvas.setDateFormatter(lambda *_clock: stamp)
    return canvas


def finished(canvas: Any, structure: "tags.Structure") -> bytes:
    """The file's bytes, its structure tree written. The canvas is spent."""
    structure.end_page()
    structure.write()
    with _embedding:
        return bytes(canvas.getpdfdata())
