"""What a file really is, from its first bytes. The name and the browser's word for it are not asked."""

from __future__ import annotations

from dataclasses import dataclass

NEEDED = 64


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of container: what ffmpeg's reader of it is called, and whether it can hold pictures."""

    demuxer: str
    may_be_video: bool
    name: str


MOV = Form("mov", may_be_video=True, name="mp4")
MATROSKA = Form("matroska", may_be_video=True, name="webm")
OGG = Form("ogg", may_be_video=True, name="ogg")
MP3 = Form("mp3", may_be_video=False, name="mp3")
AAC = Form("aac", may_be_video=False, name="aac")
WAV = Form("wav", may_be_video=False, name="wav")
FLAC = Form("flac", may_be_video=False, name="flac")

_MOV_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"skip", b"free", b"pnot"})


def form_of(head: bytes) -> Form | None:
    """The container a file begins like, or None when it is none that we take."""
    if len(head) < 12:
        return None
    if head[4:8] in _MOV_BOXES:
        return MOV
    if head.startswith(b"\x1aE\xdf\xa3"):
        return MATROSKA
    if head.startswith(b"OggS"):
        return OGG
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return WAV
    if head.startswith(b"fLaC"):
        return FLAC
    if head.startswith(b"ID3") or _is_mpeg_audio(head):
        return MP3
    return AAC if head[0] == 0xFF and head[1] & 0xF6 == 0xF0 else None


def _is_mpeg_audio(head: bytes) -> bool:
    """A frame of MPEG audio, layer 2 or 3, with a bit rate and a sampling rate that exist."""
    is_synced = head[0] == 0xFF and head[1] & 0xE0 == 0xE0
    layer, bit_rate, sampling = head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    return is_synced and layer in (1, 2) and bit_rate not in (0, 15) and sampling != 3
