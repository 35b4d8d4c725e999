"""A cue, and what can be wrong with one."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[^>\n]*>")
_ASS = re.compile(r"\{\\[^}]*\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: from ``start`` to ``end`` (seconds) it says ``text``, as WebVTT writes it.

    ``line`` is where it stands in the file it was read from, so that a fault can be found.
    """

    start: float
    end: float
    text: str
    id: str = ""
    settings: str = ""
    line: int = 0

    @property
    def speaker(self) -> str:
        """Who speaks, when the cue says so."""
        found = _VOICE.search(self.text)
        return html.unescape(found.group(1)).strip() if found else ""

    @property
    def plain(self) -> str:
        """The words alone: no tags, no entities, on one line. To be escaped where it is shown."""
        words = html.unescape(_TAG.sub("", _ASS.sub("", self.text)))
        return " ".join(words.split())


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a captions file: on which line, and what would be right."""

    line: int
    kind: str
    found: str = ""

    @property
    def sentence(self) -> str:
        """What the one who uploads the file is told."""
        words = {
            "signature": _("A WebVTT file begins with the word WEBVTT alone on its first line."),
            "times": _("Write the times like this: 00:01:23.400 --> 00:01:26.000"),
            "no times": _("Above the words there must be a line like 00:01:23.400 --> 00:01:26.000"),
            "backwards": _("The caption ends before it begins. Let the second time be the later one."),
            "order": _("The caption begins before the one above it. Put the captions in the order they are said."),
            "after the end": _(
                "The caption is shown after the recording has ended (%(found)s). Is it of this recording?"
            ),
            "silent": _("The caption has no words. Write them under the times, or remove the times."),
            "empty": _("There are no captions in the file."),
        }[self.kind] % {"found": self.found}
        if not self.line:
            return words
        return _("Line %(line)d: %(words)s") % {"line": self.line, "words": words}


def clock(seconds: float) -> str:
    """A time as WebVTT writes it: 00:01:23.400."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
