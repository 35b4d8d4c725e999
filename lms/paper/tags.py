"""Structure tags in PDF (ISO 32000-1, 14.7 and 14.8): what is a heading, a picture, mere decoration.

The PDF library writes none. With them a screen reader reads a sheet in the order it was
drawn here, in its language, and skips the ornament.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc


@dataclass(slots=True)
class _Element:
    """A structure element; its kids are elements or (page, number of marked content)."""

    tag: str
    extra: bytes = b""
    kids: "list[_Element | tuple[int, int]]" = field(default_factory=list)
    number: bytes = b""


class _Written(pdfdoc.PDFObject):
    """An object of the file given as its bytes: several times faster than a dictionary of objects."""

    __RefOnly__ = 1
    content = b""

    def format(self, document: Any) -> bytes:
        return self.content


class Structure:
    """The structure tree of one canvas; mark everything drawn, call end_page() for each page, then write()."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._document = canvas._doc
        self._open = [_Element("Document")]
        self._pages: list[Any] = []
        self._marked: list[list[_Element]] = [[]]

    @contextmanager
    def group(self, tag: str) -> Iterator[None]:
        """An element that only holds others (Sect, L, Table, TR)."""
        element = _Element(tag)
        self._open[-1].kids.append(element)
        self._open.append(element)
        yield
        self._open.pop()

    @contextmanager
    def mark(self, tag: str, alt: str = "") -> Iterator[None]:
        """What is drawn inside is one H1, P, Figure and so on; a Figure needs alt, its words."""
        extra = b"/Alt " + pdfdoc.PDFString(alt).format(self._document) if alt else b""
        element = _Element(tag, extra)
        number = len(self._marked[-1])
        element.kids.append((len(self._pages), number))
        self._open[-1].kids.append(element)
        self._marked[-1].append(element)
        self._canvas.addLiteral(f"/{tag} <</MCID {number}>> BDC")
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside is decoration: a reader passes over it."""
        self._canvas.addLiteral("/Artifact BMC")
        yield
        self._canvas.addLiteral("EMC")

    def end_page(self) -> None:
        """Close the page and tie its marked content to the tree."""
        name = self._document.thisPageName()
        self._canvas.showPage()
        page = self._document.idToObject[name]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._pages), "/S"
        # by default the library writes pages in ASCII85 too: a quarter more bytes, and half the time of a sheet
        page.Contents = pdfdoc.PDFStream(content=page.stream, filters=[pdfdoc.PDFZCompress])
        self._pages.append(pdfdoc.PDFObjectReference(name))
        self._marked.append([])

    def write(self) -> None:
        """Put the tree, the parent tree and the marks of a tagged file into the catalog."""
        root = _Written()
        top = self._element(self._open[0], self._refer(root))
        rows = b" ".join(
            b"%d [%s]" % (page, b" ".join(element.number for element in marked))
            for page, marked in enumerate(self._marked[: len(self._pages)])
        )
        root.content = b"<</Type/StructTreeRoot/K %s/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>" % (
            top,
            rows,
            len(self._pages),
        )
        catalog = self._document.Catalog
        catalog.StructTreeRoot = root
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def _element(self, element: _Element, parent: bytes) -> bytes:
        """Write an element and all beneath it; its reference."""
        written = _Written()
        element.number = self._refer(written)
        first = element.kids[0] if element.kids else None
        page = self._refer(self._pages[first[0]]) if isinstance(first, tuple) else b""
        kids = [
            b"%d" % kid[1] if isinstance(kid, tuple) else self._element(kid, element.number) for kid in element.kids
        ]
        written.content = b"<</Type/StructElem/S/%s/P %s%s%s/K[%s]>>" % (
            element.tag.encode(),
            parent,
            b"/Pg " + page if page else b"",
            element.extra,
            b" ".join(kids),
        )
        return element.number

    def _refer(self, thing: Any) -> bytes:
        return bytes(self._document.Reference(thing).format(self._document))
