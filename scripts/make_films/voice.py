"""The synthetic voice: Norwegian bokmål from eSpeak NG, one line at a time, with exact times.

A mark in the text (written «|») comes back as the moment the voice passes it, so that captions
follow the sound and are never guessed.
"""

from __future__ import annotations

import ctypes
import html
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import espeakng_loader
import numpy as np

HERE = Path(__file__).resolve().parent
RETRIEVAL, WANT_MARKS = 1, 3
UTF8_SSML_PHONEMES = 1 | 0x10 | 0x100
RATE, VOLUME, PITCH, RANGE, WORDGAP = 1, 2, 3, 4, 7
PHONEMES_IPA = 2
BREATH = 0.3  # seconds between sentences of one line
QUIET = 0.006  # of full scale: below this a line has not begun, or is over


class _Value(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Value),
    )


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True)
class Person:
    """How one speaker sounds: variant of the voice, words a minute, height, liveliness, weight."""

    voice: str
    rate: int
    pitch: int
    range: int
    gap: int = 1


@dataclass(frozen=True)
class Spoken:
    """One line as sound: mono samples in −1…1, and the second each «|» was passed."""

    samples: Any
    marks: tuple[float, ...]


class Voice:
    """The synthesiser. One per process."""

    def __init__(self) -> None:
        self.lib = ctypes.CDLL(espeakng_loader.get_library_path())
        folder = str(Path(espeakng_loader.get_data_path()).parent).encode()
        self.rate = self.lib.espeak_Initialize(RETRIEVAL, 0, folder, 0)
        if self.rate <= 0:
            raise SystemExit("eSpeak NG did not start")
        self._chunks: list[Any] = []
        self._marks: list[int] = []
        self._callback = _CALLBACK(self._receive)
        self.lib.espeak_SetSynthCallback(self._callback)
        self.lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
        with (HERE / "pronunciation.toml").open("rb") as file:
            self.lexicon: dict[str, str] = tomllib.load(file)["words"]

    def _receive(self, wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            self._chunks.append(np.ctypeslib.as_array(wave, shape=(count,)).copy())
        i = 0
        while events[i].type:
            if events[i].type == WANT_MARKS:
                self._marks.append(events[i].sample)
            i += 1
        return 0

    def respell(self, text: str) -> str:
        """The text with the words of the pronunciation list as phonemes in double brackets."""

        def swap(found: re.Match[str]) -> str:
            new = self.lexicon.get(found.group().lower())
            return f"[[{new}]]" if new else found.group()

        return re.sub(r"[\wæøåéÆØÅÉ-]+", swap, text)

    def choose(self, person: Person) -> None:
        """Let this person speak from now on."""
        if self.lib.espeak_SetVoiceByName(person.voice.encode()):
            raise SystemExit(f"no voice called {person.voice}")
        for key, value in (
            (RATE, person.rate),
            (PITCH, person.pitch),
            (RANGE, person.range),
            (WORDGAP, person.gap),
            (VOLUME, 90),
        ):
            self.lib.espeak_SetParameter(key, value, 0)

    def speak(self, text: str, person: Person) -> Spoken:
        """The line as sound, its outer silence trimmed away, with the second each «|» was passed.

        Where a part ends a sentence the voice stops and draws breath; elsewhere it reads on.
        """
        self.choose(person)
        waves: list[Any] = []
        marks: list[float] = []
        length, group = 0, []
        parts = [part.strip() for part in re.sub("[«»]", "", text).split("|")]
        for i, part in enumerate(parts):
            group.append(part)
            last = i == len(parts) - 1
            if not last and part[-1] not in ".?!:":
                continue
            wave, inner = self._sentence(group)
            marks += [(length + m) / self.rate for m in inner]
            waves.append(wave)
            length += len(wave)
            if not last:
                breath = np.zeros(int(self.rate * BREATH))
                waves.append(breath)
                length += len(breath)
                marks.append(length / self.rate)
            group = []
        return Spoken(np.concatenate(waves), tuple(marks))

    def _sentence(self, parts: list[str]) -> tuple[Any, list[int]]:
        self._chunks, self._marks = [], []
        words = [html.escape(self.respell(part), quote=False) for part in parts]
        ssml = "<speak>" + " ".join((f'<mark name="m{i}"/> ' if i else "") + w for i, w in enumerate(words))
        data = (ssml + "</speak>").encode()
        self.lib.espeak_Synth(data, len(data) + 1, 0, 1, 0, UTF8_SSML_PHONEMES, None, None)
        self.lib.espeak_Synchronize()
        wave = np.concatenate(self._chunks).astype(np.float64) / 32768
        loud = np.flatnonzero(np.abs(wave) > QUIET)
        start, end = max(loud[0] - 200, 0), min(loud[-1] + 600, len(wave))
        if len(self._marks) != len(parts) - 1:
            raise SystemExit(f"{len(parts) - 1} marks wanted, {len(self._marks)} came back: {parts}")
        return wave[start:end], [m - start for m in self._marks]

    def phonemes(self, text: str, person: Person) -> str:
        """The line in the phonetic alphabet, to read through for words that come out wrong."""
        self.choose(person)
        data = ctypes.c_char_p(self.respell(text.replace("|", "")).encode())
        pointer = ctypes.pointer(data)
        found = []
        while pointer.contents.value:
            found.append(self.lib.espeak_TextToPhonemes(pointer, 1 | 0x100, PHONEMES_IPA).decode())
        return " / ".join(found)
