"""Check the finished films and episodes: files, captions against the sound, playlists, weight.

python scripts/make_films/check.py
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from encode import LUFS, loudness, probe
from make import MEDIA
from timeline import LINES, WIDTH

MOST = 15_000_000
RATE = 8000
CUE = re.compile(r"(\d\d):(\d\d):([\d.]{6}) --> (\d\d):(\d\d):([\d.]{6})\n((?:.+\n?)+)")


def cues(text: str) -> list[tuple[float, float, list[str]]]:
    """Start, end and lines of every caption."""
    found = []
    for h1, m1, s1, h2, m2, s2, body in CUE.findall(text):
        lines = re.sub(r"<[^>]+>", "", body).strip().split("\n")
        found.append((int(h1) * 3600 + int(m1) * 60 + float(s1), int(h2) * 3600 + int(m2) * 60 + float(s2), lines))
    return found


def sounding(path: Path) -> np.ndarray:
    """For each 20 ms: is someone speaking? (Louder than the ground under the voice.)"""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-i",
        str(path),
        "-f",
        "s16le",
        "-ac",
        "1",
        "-ar",
        str(RATE),
        "-",
    ]
    data = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, "<i2") / 32768
    step = RATE // 50
    level = np.sqrt((data[: len(data) // step * step].reshape(-1, step) ** 2).mean(1))
    return level > 0.03


def playlist(path: Path) -> list[str]:
    """What is wrong with a playlist and the files it names."""
    rows = path.read_text(encoding="utf-8").splitlines()
    wrong = [] if rows[0] == "#EXTM3U" else [f"{path}: no #EXTM3U"]
    named = [row for row in rows if row and not row.startswith("#")] + re.findall(r'URI="([^"]+)"', "\n".join(rows))
    for name in named:
        part = path.parent / name
        if not part.is_file():
            wrong.append(f"{path}: {name} is missing")
        elif part.suffix == ".m3u8":
            wrong += playlist(part)
    if path.name == "master.m3u8":
        wrong += [f"no CODECS: {row}" for row in rows if row.startswith("#EXT-X-STREAM-INF") and "CODECS=" not in row]
    elif rows[-1] != "#EXT-X-ENDLIST":
        wrong.append(f"{path}: no end")
    else:
        lengths = [float(v) for v in re.findall(r"#EXTINF:([\d.]+)", "\n".join(rows))]
        if max(lengths) > 4.1:
            wrong.append(f"{path}: a segment of {max(lengths)} s")
    return wrong


def examine(folder: Path) -> list[str]:
    """What is wrong with one recording."""
    card = tomllib.loads((folder / "recording.toml").read_text(encoding="utf-8"))
    wrong = [
        f"{name} is missing"
        for key in ("source", "poster", "captions", "transcript")
        if not (folder / (name := card[key])).is_file()
    ]
    source = folder / card["source"]
    seen = probe(source)
    length = seen["seconds"]
    rows = cues((folder / card["captions"]).read_text(encoding="utf-8"))
    last = 0.0
    for start, end, lines in rows:
        if start < last - 0.0005:
            wrong.append(f"captions overlap at {start}")
        if end - start < 1:
            wrong.append(f"a caption of {end - start:.2f} s at {start}")
        if len(lines) > LINES or max(map(len, lines)) > WIDTH:
            wrong.append(f"too long: {lines}")
        if len("".join(lines)) / (end - start) > 20:
            wrong.append(f"too fast to read at {start}")
        last = end
    if last > length:
        wrong.append(f"captions end at {last}, the file at {length}")
    heard = sounding(source)
    first, final = rows[0][0], rows[-1][1]
    spoken = [i for i in np.flatnonzero(heard) if first - 0.3 < i / 50 < final + 0.3]
    covered = sum(any(start - 0.05 <= i / 50 <= end + 0.05 for start, end, _ in rows) for i in spoken)
    share = covered / len(spoken)
    if share < 0.95:
        wrong.append(f"captions cover only {share:.1%} of the speech")
    silent = [(start, end) for start, end, _ in rows if not heard[int(start * 50) : int(end * 50)].any()]
    wrong += [f"nothing is said under the caption at {start}" for start, _ in silent]
    words = sum(len(" ".join(lines).split()) for _, _, lines in rows)
    loud = float(loudness(source)["input_i"])
    if abs(loud - LUFS) > 1:
        wrong.append(f"loudness {loud} LUFS")
    if "hls" in card:
        wrong += playlist(folder / card["hls"])
    if "syntetisk" not in (folder / card["transcript"]).read_text(encoding="utf-8"):
        wrong.append("the transcript does not say that the voice is synthetic")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(
        f"{folder.name}: {length:.1f} s, {size / 1e6:.2f} MB, {len(rows)} captions over {share:.1%} of the speech, "
        f"{words / sum(end - start for start, end, _ in rows) * 60:.0f} words a minute, {loud:.1f} LUFS"
    )
    for stream in seen["streams"]:
        print("   ", stream[:118])
    return [f"{folder.name}: {fault}" for fault in wrong]


def main() -> None:
    """Check all, and what they weigh together."""
    folders = sorted(path.parent for path in MEDIA.glob("*/recording.toml"))
    wrong = [fault for folder in folders for fault in examine(folder)]
    total = sum(file.stat().st_size for file in MEDIA.rglob("*") if file.is_file())
    print(f"{len(folders)} recordings, {total / 1e6:.2f} MB")
    if total > MOST:
        wrong.append("too heavy together")
    print("\n".join(wrong) or "All is well.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
