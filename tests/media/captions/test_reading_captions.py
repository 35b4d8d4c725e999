"""Captions are read as browsers read them, and every fault is told with its line and what would be right."""

from __future__ import annotations

import pytest

from media.captions.checking import check
from media.captions.reading import NotText, read_captions, text_of
from media.captions.writing import transcript, write_vtt

GOOD = """WEBVTT Et navn
X-NOE: annet

NOTE Dette er
en merknad --> ikke en tid

STYLE
::cue { color: red }

1
00:01.000 --> 00:02.500 align:start
<v Amina>Årsmøtet &amp; styret.

00:00:03.000 --> 00:00:04.000
Hvem <i>bestemmer</i>?
To linjer.
"""
SRT = """\ufeff1
00:00:01,000 --> 00:00:02,500
Kaffe & <b>vafler</b> < 10 kroner

2
00:00:03,000 --> 00:00:04,000
Takk.
"""


def faults(text, **told):
    reading = read_captions(text)
    return [(fault.line, fault.kind) for fault in reading.faults or check(reading.cues, **told)]


def test_webvtt_with_header_notes_styles_ids_and_settings():
    reading = read_captions(GOOD)
    assert reading.faults == []
    assert [(cue.start, cue.end, cue.id, cue.settings) for cue in reading.cues] == [
        (1.0, 2.5, "1", "align:start"),
        (3.0, 4.0, "", ""),
    ]
    assert (reading.cues[0].speaker, reading.cues[0].plain) == ("Amina", "Årsmøtet & styret.")
    assert reading.cues[1].plain == "Hvem bestemmer? To linjer."


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(newline):
    assert len(read_captions(GOOD.replace("\n", newline)).cues) == 2


def test_srt_becomes_webvtt_and_its_signs_are_only_signs():
    reading = read_captions(text_of(SRT.encode()))
    assert (reading.faults, len(reading.cues)) == ([], 2)
    assert reading.cues[0].text == "Kaffe &amp; <b>vafler</b> &lt; 10 kroner"
    assert reading.cues[0].plain == "Kaffe & vafler < 10 kroner"


def test_what_is_written_is_read_back_the_same():
    cues = read_captions(GOOD).cues
    again = read_captions(write_vtt(cues)).cues
    assert [(c.start, c.end, c.text, c.settings) for c in again] == [(c.start, c.end, c.text, c.settings) for c in cues]
    assert "STYLE" not in write_vtt(cues)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, "signature")]),
        ("Hei på deg", [(1, "signature")]),
        ("WEBVTTX\n\n", [(1, "signature")]),
        ("WEBVTT\n\n", [(0, "empty")]),
        ("WEBVTT\n\nBare ord", [(3, "no times")]),
        ("WEBVTT\n\n0:1.0 --> 0:2.0\nHei", [(3, "times")]),
        ("WEBVTT\n\n00:01.000 --> 00:61.000\nHei", [(3, "times")]),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nHei", [(3, "backwards")]),
        ("WEBVTT\n\n00:01.000 --> 00:01.000\nHei", [(3, "backwards")]),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\nB\n\n00:01.000 --> 00:02.000\nA", [(6, "order")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", [(3, "silent")]),
        ("WEBVTT\n\n00:01.000 --> 01:00:00.000\nHei", [(3, "after the end")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHei\n\n00:01.500 --> 00:03.000\nSamtidig", []),
    ],
)
def test_faults_with_their_line(text, found):
    assert faults(text, duration=60.0) == found


def test_a_fault_is_told_in_words_with_the_line_and_what_would_be_right():
    told = read_captions("WEBVTT\n\n1:2 --> 1:3\nHei").faults[0].sentence
    assert "3" in told
    assert "00:01:23.400 --> 00:01:26.000" in told


def test_only_text_in_utf_8_is_read():
    assert text_of("\ufeffWEBVTT".encode()) == "WEBVTT"
    for raw in ("Årsmøte".encode("cp1252"), b"\x00\x00\x00\x18ftypmp42" + b"\0" * 40, "WEBVTT".encode("utf-16")):
        with pytest.raises(NotText):
            text_of(raw)


def test_the_transcript_has_a_paragraph_per_speaker_and_no_markup():
    text = """WEBVTT

00:00.000 --> 00:01.000
<v Ingunn>Hva nå, &lt;Terje&gt;?

00:01.000 --> 00:02.000
<v Terje>Vi ringer.

00:02.000 --> 00:03.000
<v Terje>Så drikker vi kaffe.

00:09.000 --> 00:10.000
<v Terje>Etterpå.
"""
    paragraphs = transcript(read_captions(text).cues)
    assert [(p.start, p.speaker, p.text) for p in paragraphs] == [
        (0.0, "Ingunn", "Hva nå, <Terje>?"),
        (1.0, "Terje", "Vi ringer. Så drikker vi kaffe."),
        (9.0, "", "Etterpå."),
    ]
