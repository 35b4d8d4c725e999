"""What is in a file: asked of ffmpeg's own header lines, so that no other library need open it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from media.recordings.sniffing import Form
from media.recordings.transcode import Tick, Unusable, read_as, run_ffmpeg

LONGEST_SECONDS = 4 * 3600
SHORTEST_SECONDS = 0.5
SMALLEST_SIDE, MOST_PIXELS = 64, 8192 * 4320
PROBE_SECONDS = 20.0

_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_INPUT = re.compile(r"^Input #0.*?(?=^Output #0|^Stream mapping|^At least one output|\Z)", re.MULTILINE | re.DOTALL)
_VIDEO = re.compile(r"Stream #0:\d+.*?: Video: (\w+).*?\b(\d{1,5})x(\d{1,5})\b(.*)")
_AUDIO = re.compile(r"Stream #0:\d+.*?: Audio: (\w+)")
_TURNED = re.compile(r"rotation of -?(90|270)\.")
_LAST_TIME = re.compile(r"time=(\d+):(\d\d):(\d\d(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file holds. Width and height are as shown, a phone held upright counted in."""

    seconds: float
    width: int = 0
    height: int = 0
    has_video: bool = False
    has_audio: bool = False


def probe(source: Path, form: Form, *, folder: Path, tick: Tick | None = None) -> Probe:
    """Read the header; decode to the end when that does not say how long it is. Raises Unusable("broken")."""
    said = run_ffmpeg(["-v", "info", *read_as(form.demuxer, source)], folder=folder, seconds=PROBE_SECONDS).said
    found = read_header(said)
    if not found.has_video and not found.has_audio:
        raise Unusable("broken")
    if not found.seconds:
        decode = ["-v", "info", *read_as(form.demuxer, source), "-f", "null", "-"]
        run = run_ffmpeg(decode, folder=folder, seconds=120.0, tick=tick)
        seconds = max((_seconds(match) for match in _LAST_TIME.finditer(run.said)), default=0.0)
        found = Probe(seconds, found.width, found.height, found.has_video, found.has_audio)
    return found


def read_header(said: str) -> Probe:
    """What ffmpeg's header lines say of the input."""
    section = _INPUT.search(said)
    text = section.group(0) if section else ""
    pictures = [match for match in _VIDEO.finditer(text) if "attached pic" not in match.group(4)]
    width, height = (int(pictures[0].group(2)), int(pictures[0].group(3))) if pictures else (0, 0)
    if _TURNED.search(text):
        width, height = height, width
    duration = _DURATION.search(text)
    return Probe(_seconds(duration) if duration else 0.0, width, height, bool(pictures), bool(_AUDIO.search(text)))


def _seconds(match: re.Match[str]) -> float:
    hours, minutes, seconds = match.groups()
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def demand_usable(found: Probe, *, is_video: bool) -> None:
    """Raise Unusable with the reason unless the file can become a film (or an episode)."""
    if found.seconds > LONGEST_SECONDS:
        raise Unusable("too long")
    if found.seconds < SHORTEST_SECONDS:
        raise Unusable("too short")
    if not is_video:
        if not found.has_audio:
            raise Unusable("no sound")
        return
    if not found.has_video:
        raise Unusable("no picture")
    if min(found.width, found.height) < SMALLEST_SIDE:
        raise Unusable("too small")
    if found.width * found.height > MOST_PIXELS:
        raise Unusable("too big a picture")
