"""What a file is, its bytes say; its name is not asked."""

import pytest

from media.recordings.sniffing import form_of
from tests.factories.media import FIXTURE


@pytest.mark.parametrize(
    ("head", "demuxer"),
    [
        (b"\0\0\0\x20ftypisom" + b"\0" * 8, "mov"), (b"\0\0\0\x08wide\0\0\0\0mdat", "mov"),
        (b"\x1aE\xdf\xa3" + b"\0" * 12, "matroska"), (b"OggS" + b"\0" * 12, "ogg"),
        (b"RIFF\0\0\0\0WAVEfmt ", "wav"), (b"fLaC" + b"\0" * 12, "flac"), (b"ID3\x04" + b"\0" * 12, "mp3"),
        (b"\xff\xfb\x90\x00" + b"\0" * 12, "mp3"), (b"\xff\xf1\x50\x80" + b"\0" * 12, "aac"),
    ],
)  # fmt: skip
def test_forms_we_take(head, demuxer):
    assert form_of(head).demuxer == demuxer


@pytest.mark.parametrize(
    "head",
    [
        b"", b"\0" * 20, b"ffconcat version 1.0\nfile x", b"#EXTM3U\n#EXT-X-VERSION:7", b"<svg xmlns='http://w3.org'>",
        b"PK\x03\x04" + b"\0" * 20, b"RIFF\0\0\0\0AVI LIST", b"Bare noen ord om noe.", b"\xff\xff\xff\xff" + b"\0" * 12,
        b"<?xml version='1.0'?>", b"\x89PNG\r\n\x1a\n\0\0\0\0", b"GIF89a" + b"\0" * 12, b"%PDF-1.7 hei hei",
    ],
)  # fmt: skip
def test_forms_we_do_not(head):
    assert form_of(head) is None


def test_the_fixture_is_what_it_is():
    assert form_of((FIXTURE / "film.mp4").read_bytes()[:64]).may_be_video
    assert form_of((FIXTURE / "lyd.mp3").read_bytes()[:64]).demuxer == "mp3"
