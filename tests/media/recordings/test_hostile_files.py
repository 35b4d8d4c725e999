"""Files meant to harm: refused within seconds with a reason, and nothing outside is opened."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from media.recordings import sniffing
from media.recordings.making import make_playable
from media.recordings.probing import probe
from media.recordings.transcode import Interrupted, Unusable, read_as, run_ffmpeg
from media.recordings.words import REFUSALS
from tests.factories.media import FIXTURE

pytestmark = pytest.mark.ffmpeg

CANARY = "kanarifugl-4711"


def zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "x" * 1000)
    return held.getvalue()


def boxed(body: bytes) -> bytes:
    """Bytes that begin as an MP4 does, and go on as something else."""
    return b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + body


@pytest.fixture
def hostile(tmp_path) -> dict[str, bytes]:
    secret = tmp_path / "secret.mp4"
    secret.write_bytes((FIXTURE / "film.mp4").read_bytes() + CANARY.encode())
    film = (FIXTURE / "film.mp4").read_bytes()
    listed = f"ffconcat version 1.0\nfile '{secret}'\nfile 'http://127.0.0.1:9/x.mp4'\n".encode()
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4.0,\n{secret}\n#EXT-X-ENDLIST\n".encode()
    return {
        "ffconcat": listed,
        "playlist": playlist,
        "boxed ffconcat": boxed(listed),
        "boxed playlist": boxed(playlist),
        "id3 playlist": b"ID3\x04\0\0\0\0\0\0" + playlist,
        "text": b"Dette er ikke en film, det er en tekst om en film.",
        "nothing": b"",
        "truncated": film[: len(film) // 12],
        "only the head": film[:64],
        "svg": f"<svg xmlns='http://www.w3.org/2000/svg'><image href='file://{secret}'/></svg>".encode(),
        "zip": zipped(),
        "noise": boxed(bytes(range(256)) * 400),
        "matroska noise": b"\x1aE\xdf\xa3" + bytes(range(256)) * 400,
    }


NAMES = [
    "ffconcat", "playlist", "boxed ffconcat", "boxed playlist", "id3 playlist", "text", "nothing", "truncated",
    "only the head", "svg", "zip", "noise", "matroska noise",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_is_refused_with_a_reason(ffmpeg, hostile, tmp_path, name):
    source, work = tmp_path / "x.mp4", tmp_path / "work"
    source.write_bytes(hostile[name])
    work.mkdir()
    began = time.monotonic()
    with pytest.raises(Unusable) as refused:
        make_playable(source, work, is_video=True, language="nb", progress=lambda _: None)
    assert refused.value.reason in REFUSALS
    assert time.monotonic() - began < 30
    for made in work.rglob("*"):
        assert made.is_dir() or CANARY.encode() not in made.read_bytes()


@pytest.mark.parametrize("name", ["boxed ffconcat", "boxed playlist", "id3 playlist", "ffconcat", "playlist"])
@pytest.mark.skipif(not shutil.which("strace"), reason="no strace on this machine")
def test_nothing_outside_is_opened_and_no_socket_is_made(ffmpeg, hostile, tmp_path, name):
    source, trace = tmp_path / "x.mp4", tmp_path / "trace"
    source.write_bytes(hostile[name])
    program = (
        "import sys; from pathlib import Path; from media.recordings.transcode import *;"
        f"run_ffmpeg(['-v','info',*read_as({'mp3' if 'id3' in name else 'mov'!r}, Path({str(source)!r}))],"
        f"folder=Path({str(tmp_path)!r}), seconds=20)"
    )
    settings = "from django.conf import settings; settings.configure();"
    command = ["strace", "-f", "-qq", "-e", "trace=openat,open,socket,connect", "-o", str(trace)]
    root = Path(__file__).resolve().parents[3]
    subprocess.run(
        [*command, sys.executable, "-c", settings + program], cwd=root, check=False, timeout=60, capture_output=True
    )
    calls = trace.read_text()
    assert str(source) in calls
    assert "secret" not in calls
    assert not re.search(r"\b(socket|connect)\(AF_INET", calls)
    assert not re.search(r"socket\(AF_INET", calls)


def test_it_runs_without_a_network_where_the_machine_allows(ffmpeg, tmp_path):
    run = run_ffmpeg(["-v", "error", "-f", "lavfi", "-i", "anullsrc", "-t", "0.1", "-f", "null", "-"],
                     folder=tmp_path, seconds=10)  # fmt: skip
    alone = (
        subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True) if shutil.which("unshare") else None
    )
    if alone is None or alone.returncode:
        pytest.skip("this machine gives no network namespace")
    assert not run.has_network


def test_one_that_never_ends_is_ended(ffmpeg, tmp_path):
    began = time.monotonic()
    with pytest.raises(Unusable) as refused:
        run_ffmpeg(
            ["-v", "error", "-re", "-f", "lavfi", "-i", "testsrc", "-f", "null", "-"], folder=tmp_path, seconds=2
        )
    assert refused.value.reason == "too slow"
    assert time.monotonic() - began < 10


def test_who_loses_the_job_ends_its_program(ffmpeg, tmp_path):
    def lost(_seconds: float) -> None:
        raise Interrupted("taken over")

    with pytest.raises(Interrupted):
        run_ffmpeg(["-v", "error", "-re", "-f", "lavfi", "-i", "testsrc", "-f", "null", "-"],
                   folder=tmp_path, seconds=30, tick=lost)  # fmt: skip


def test_a_picture_of_one_pixel_is_too_small(clip, tmp_path):
    with pytest.raises(Unusable) as refused:
        make_playable(clip("pixel.mkv", size="2x2"), tmp_path, is_video=True, language="nb", progress=lambda _: None)
    assert refused.value.reason == "too small"


def test_sound_sent_as_film_and_film_without_sound_sent_as_sound(clip, tmp_path):
    for source, is_video, reason in (
        (clip("tone.m4a", size=""), True, "no picture"),
        (clip("silent.mp4", sound=False), False, "no sound"),
    ):
        with pytest.raises(Unusable) as refused:
            make_playable(source, tmp_path, is_video=is_video, language="nb", progress=lambda _: None)
        assert refused.value.reason == reason


def test_a_probe_tells_length_and_size(clip, tmp_path):
    found = probe(clip("film.mp4"), sniffing.MOV, folder=tmp_path)
    assert (round(found.seconds), found.width, found.height, found.has_audio) == (2, 320, 180, True)


def test_only_the_reader_that_the_bytes_name_is_used():
    assert read_as("mov", Path("/a/b"))[:4] == ["-format_whitelist", "mov", "-f", "mov"]
