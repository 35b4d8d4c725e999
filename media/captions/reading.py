"""Reading captions: WebVTT as browsers read it, and SRT.

Like a browser it goes on after a fault; unlike a browser it says what was wrong, so that an
upload can be refused with the line number while a stored file from elsewhere still plays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from media.captions.cues import Cue, Fault

MOST_BYTES = 2 * 1024 * 1024
_TIME = r"(?:(\d+):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMES = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t]+(\S.*?))?[ \t]*$", re.ASCII)
_SIGNATURE = re.compile(r"^WEBVTT(?:[ \t].*)?$")
_ASIDE = re.compile(r"^(?:NOTE|STYLE|REGION)(?:[ \t:].*)?$")
_KEPT_TAG = re.compile(r"&lt;(/?[biu])&gt;")
_LOOSE = re.compile(r"&(?!(?:amp|lt|gt|nbsp|lrm|rlm|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")


class NotText(Exception):
    """The file is not text in UTF-8."""


@dataclass(slots=True)
class Reading:
    """What a file held, and what was wrong with it."""

    cues: list[Cue] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def text_of(raw: bytes) -> str:
    """The file as text. Raises NotText unless it is UTF-8, with or without a byte order mark."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText from error
    if text.count("\0") > 8:
        raise NotText
    return text


def read_captions(text: str) -> Reading:
    """The cues of a WebVTT or SRT file, in the order they stand, and every fault with its line."""
    lines = text.lstrip("\ufeff").replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_vtt = lines[0].startswith("WEBVTT")
    reading = Reading()
    first = 0
    if is_vtt or not _looks_like_srt(lines):
        if not _SIGNATURE.match(lines[0]):
            reading.faults.append(Fault(1, "signature"))
            return reading
        first = _after_header(lines)
    for start, block in _blocks(lines, first):
        _read_block(reading, start, block, is_srt=not is_vtt)
    if not reading.cues and not reading.faults:
        reading.faults.append(Fault(0, "empty"))
    return reading


def _looks_like_srt(lines: list[str]) -> bool:
    filled = [line.strip() for line in lines if line.strip()][:2]
    is_numbered = len(filled) == 2 and filled[0].isdigit() and "-->" in filled[1]
    return is_numbered or bool(filled and "-->" in filled[0])


def _after_header(lines: list[str]) -> int:
    """The line after the header: it ends at an empty line, or where the first times stand."""
    for number, line in enumerate(lines[1:], start=1):
        if not line or "-->" in line:
            return number
    return len(lines)


def _blocks(lines: list[str], first: int) -> Iterator[tuple[int, list[str]]]:
    """(number of the first line, lines) of each block. Times inside a block begin a new one."""
    block: list[str] = []
    start = first
    for number in range(first, len(lines)):
        line = lines[number]
        has_times = any("-->" in before for before in block)
        if not line or ("-->" in line and (has_times or len(block) > 1)):
            if block:
                yield start, block
            block, start = ([], number + 1) if not line else ([line], number)
            continue
        if not block:
            start = number
        block.append(line)
    if block:
        yield start, block


def _read_block(reading: Reading, start: int, block: list[str], *, is_srt: bool) -> None:
    place = next((n for n, line in enumerate(block) if "-->" in line), None)
    if place is None:
        if is_srt or not _ASIDE.match(block[0]):
            reading.faults.append(Fault(start + 1, "no times"))
        return
    if place and _ASIDE.match(block[0]) and not is_srt:
        return
    found = _TIMES.match(block[place])
    if found is None:
        reading.faults.append(Fault(start + place + 1, "times", block[place][:60]))
        return
    parts = found.groups()
    text = "\n".join(block[place + 1 :])
    reading.cues.append(
        Cue(
            start=_seconds(parts[:4]),
            end=_seconds(parts[4:8]),
            text=_as_vtt(text) if is_srt else text,
            id="" if is_srt else (block[0] if place else ""),
            settings="" if is_srt else (parts[8] or ""),
            line=start + place + 1,
        )
    )


def _seconds(parts: tuple[str, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _as_vtt(text: str) -> str:
    """SRT's text as WebVTT writes it: bold, italics and underline stay, every other sign is only a sign."""
    escaped = _LOOSE.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return _KEPT_TAG.sub(r"<\1>", escaped)
