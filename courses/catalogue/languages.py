"""Which language a course is in, said to those who read in another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy as _

WRITTEN_IN = {
    "nb": _("In Norwegian (bokmål)"),
    "nn": _("In Norwegian (nynorsk)"),
    "en": _("In English"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A few words, and the language they are in."""

    text: str
    lang: str


def written_in(language: str) -> str:
    """ "In Norwegian (bokmål)", in the language of the page that shows it; "" for none."""
    return str(WRITTEN_IN.get(language, ""))


def said_to(reads: str, *, shown: str, written: Collection[str]) -> Said | None:
    """What a page in the language ``shown`` says to one who ``reads`` another; None when the course is in theirs.

    In the reader's own language: it is for those who may not read the page's.
    """
    if reads in written:
        return None
    with translation.override(reads):
        return Said(written_in(shown), reads)
