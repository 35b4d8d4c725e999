"""A manuscript read aloud: what is said when, and by whom. Everything else takes its times from here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from voice import Person, Voice

HERE = Path(__file__).resolve().parent
NARRATOR = "Forteller"
PEOPLE = {
    NARRATOR: Person("nb+f2", 157, 40, 46),
    "Jon": Person("nb+m3", 158, 46, 55),
    "Ingrid": Person("nb+f4", 150, 58, 60),
    "Ingunn": Person("nb+f4", 148, 44, 52),
    "Terje": Person("nb+m3", 145, 36, 48),
    "Medlemmet": Person("nb+f3", 146, 38, 40),
}
LEAD = {"video": 2.9, "audio": 3.6}  # seconds of title or tune before the first word
WIDTH, LINES = 42, 2


@dataclass(frozen=True)
class Cue:
    """One caption."""

    start: float
    end: float
    text: str


@dataclass
class Line:
    """One line of the manuscript, spoken."""

    speaker: str
    text: str
    start: float
    end: float
    scene: str
    mark: str
    samples: Any
    cues: list[Cue] = field(default_factory=list)


@dataclass
class Timeline:
    """A whole manuscript on the clock."""

    data: dict[str, Any]
    lines: list[Line]
    length: float
    rate: int

    @property
    def key(self) -> str:
        """The folder's name."""
        return str(self.data["key"])

    def scene(self, name: str) -> float:
        """When the first line of a scene begins."""
        return next(line.start for line in self.lines if line.scene == name)

    def at(self, scene: str, mark: str) -> float:
        """When the line that carries this mark begins."""
        return next(line.start for line in self.lines if (line.scene, line.mark) == (scene, mark))

    def cue(self, scene: str, mark: str, number: int) -> float:
        """When the voice reaches the given «|» part of a line."""
        line = next(line for line in self.lines if (line.scene, line.mark) == (scene, mark))
        return line.cues[number].start

    def scenes(self) -> list[str]:
        """The names of the scenes in order."""
        return list(dict.fromkeys(line.scene for line in self.lines))


def broken(text: str) -> str:
    """A caption in at most two lines, as even as they can be."""
    if len(text) <= WIDTH:
        return text
    best = min(
        (i for i, letter in enumerate(text) if letter == " "),
        key=lambda i: (max(len(text[:i]), len(text[i + 1 :])), -i),
    )
    lines = (text[:best], text[best + 1 :])
    if max(map(len, lines)) > WIDTH:
        raise SystemExit(f"too long for a caption: {text}")
    return "\n".join(lines)


def read(path: Path, voice: Voice) -> Timeline:
    """Read a manuscript aloud."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    named = data["kind"] == "audio"
    clock, lines, last = LEAD[data["kind"]], [], ""
    for entry in data["lines"]:
        speaker = entry.get("speaker", NARRATOR)
        spoken = voice.speak(entry.get("say", entry["text"]), PEOPLE[speaker])
        end = clock + len(spoken.samples) / voice.rate
        parts = [part.strip() for part in entry["text"].split("|")]
        starts = [clock, *(clock + mark for mark in spoken.marks)]
        if named and speaker not in (last, NARRATOR):
            parts[0] = f"{speaker}: {parts[0]}"
        cues = [Cue(start, stop, part) for start, stop, part in zip(starts, [*starts[1:], end], parts, strict=True)]
        lines.append(
            Line(
                speaker,
                " ".join(part.strip() for part in entry["text"].split("|")),
                clock,
                end,
                entry.get("scene", ""),
                entry.get("mark", ""),
                spoken.samples,
                cues,
            )
        )
        clock, last = end + entry["pause"], speaker
    return Timeline(data, lines, round(clock + (0.4 if named else 0), 2), voice.rate)


def stamp(seconds: float) -> str:
    """The time as WebVTT writes it."""
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def captions(line: Timeline) -> str:
    """The captions as WebVTT. A cue stands a little longer than the voice where there is room."""
    cues = [(cue, spoken.speaker) for spoken in line.lines for cue in spoken.cues]
    out = ["WEBVTT", "", "NOTE Teksting på bokmål", ""]
    for i, (cue, speaker) in enumerate(cues):
        following = cues[i + 1][0].start if i + 1 < len(cues) else line.length
        end = min(max(cue.end + 0.5, cue.start + 1.2), following - 0.04 if following > cue.end + 0.1 else following)
        text = broken(cue.text).replace("&", "&amp;").replace("<", "&lt;")
        out += [str(i + 1), f"{stamp(cue.start)} --> {stamp(end)}", f"<v {speaker}>{text}", ""]
    return "\n".join(out)


def transcript(line: Timeline) -> str:
    """The words as running text, a paragraph for each turn."""
    voices = sorted({spoken.speaker for spoken in line.lines} - {NARRATOR})
    told = "Lest av en syntetisk stemme." if not voices else "Lest av syntetiske stemmer."
    video = line.data["kind"] == "video"
    out = [line.data["title"], told + (" Personene er oppdiktet." if voices or video else "")]
    if video:
        out.append(f"Det du ser: {line.data['seen']}")
    speaker, scene = "", ""
    for spoken in line.lines:
        if spoken.speaker != speaker:
            out.append(f"{spoken.speaker}: {spoken.text}")
        elif spoken.scene != scene or not video:
            out.append(spoken.text)
        else:
            out[-1] += f" {spoken.text}"
        speaker, scene = spoken.speaker, spoken.scene
    return "\n\n".join(out) + "\n"


def speech(line: Timeline) -> Any:
    """All that is said, as one sound at twice the voice's rate (44 100 a second)."""
    total = np.zeros(int(line.length * line.rate * 2) + 1)
    for spoken in line.lines:
        wave = spoken.samples
        spectrum = np.fft.rfft(wave)
        double = np.fft.irfft(np.pad(spectrum, (0, len(wave) - len(spectrum) + 1)), len(wave) * 2) * 2
        first = int(spoken.start * line.rate * 2)
        double = double[: len(total) - first]
        total[first : first + len(double)] += double
    return total
