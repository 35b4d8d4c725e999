"""Texts that are data: a title or a question in the languages it has been written in.

Interface words live in gettext catalogues. What the organisation itself writes once and
shows in several languages (the name of an office, of a course, of a level) is stored as
``{"nb": "…", "nn": "…", "en": "…"}`` and read by ``in_language``.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

Wording = Mapping[str, str]

FALLBACKS = {"nb": ("nb", "nn", "en"), "nn": ("nn", "nb", "en"), "en": ("en", "nb", "nn")}
"""Which language stands in for which: a reader of nynorsk is shown bokmål before English."""


def in_language(texts: Wording, language: str | None = None) -> str:
    """The text in ``language`` (default: the active one), or in the nearest that has one, or ''."""
    return texts.get(language_found(texts, language), "")


def language_found(texts: Wording, language: str | None = None) -> str:
    """Which language ``in_language`` answers in: the one asked for, the nearest that has a text, or ''."""
    code = (language or get_language() or "nb").split("-")[0]
    return next((candidate for candidate in FALLBACKS.get(code, FALLBACKS["nb"]) if texts.get(candidate)), "")
