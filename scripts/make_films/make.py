"""Make the films and episodes of the demo course. A maintainer's job; see README.md.

python scripts/make_films/make.py                       all of them
python scripts/make_films/make.py valgt-og-hva-na       one
python scripts/make_films/make.py --stills valgt-og-hva-na 5 12.5   pictures to look at
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import skia
from covers import COVERS
from draw import HEIGHT, PAPER, WIDTH, colour, surface
from encode import FPS, episode, film, levelled, pictures, probe, save_wave
from sound import mix
from timeline import Timeline, captions, read, transcript
from voice import Voice

HERE = Path(__file__).resolve().parent
MEDIA = HERE.parents[1] / "courses" / "demo" / "media"
FILMS = {
    "valgt-og-hva-na": "film_valgt",
    "en-kvittering-reiser": "film_kvittering",
    "hei-jeg-var-ny-i-fjor": "film_hei",
}
VOICE = "Syntetisk stemme, norsk bokmål, laget med eSpeak NG"
LICENCE = "Tekst, tegning og lyd: samme lisens som Tillit (BSD-3-Clause). Skrifter: Inter og Newsreader (SIL OFL 1.1)."


def frames(stage: Any, line: Timeline) -> Iterator[bytes]:
    """Every picture of the film."""
    sheet = surface()
    for number in range(round(line.length * FPS)):
        stage.frame(sheet.getCanvas(), number / FPS, line)
        yield sheet.makeImageSnapshot().tobytes()


def jpeg(image: Any, path: Path, most: int) -> None:
    """The best JPEG that is not heavier than it may be."""
    for quality in range(92, 40, -4):
        data = bytes(image.encodeToData(skia.EncodedImageFormat.kJPEG, quality))
        if len(data) <= most:
            path.write_bytes(data)
            return
    raise SystemExit(f"{path.name} is too heavy")


def card(line: Timeline, seconds: float) -> str:
    """What the loader needs to know."""
    d = line.data
    video = d["kind"] == "video"
    rows: dict[str, Any] = {
        "key": d["key"],
        "title": d["title"],
        "kind": d["kind"],
        "lesson": d["lesson"],
        "language": d["language"],
        "seconds": round(seconds, 2),
        "source": "source.mp4" if video else "source.mp3",
        "poster": "poster.jpg" if video else "cover.jpg",
        "captions": "captions.nb.vtt",
        "transcript": "transcript.nb.txt",
    }
    if video:
        rows["hls"] = "hls/master.m3u8"
    rows |= {"seen": d["seen"], "voice": VOICE, "licence": LICENCE}
    made = "# Made by scripts/make_films; change the manuscript, not this file.\n"
    return made + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in rows.items())


def make(path: Path, voice: Voice) -> None:
    """One film or episode, from manuscript to files."""
    line = read(path, voice)
    target = MEDIA / line.key
    stage = import_module(FILMS[line.key]) if line.key in FILMS else None
    with tempfile.TemporaryDirectory() as folder:
        work, done = Path(folder), Path(folder) / "done"
        done.mkdir()
        save_wave(mix(line, stage.stones(line) if stage else ()), work / "raw.wav")
        levelled(work / "raw.wav", work / "sound.wav")
        (done / "captions.nb.vtt").write_text(captions(line), encoding="utf-8")
        (done / "transcript.nb.txt").write_text(transcript(line), encoding="utf-8")
        if stage:
            sheet = surface()
            sheet.getCanvas().clear(colour(PAPER))
            stage.FILM.title(sheet.getCanvas(), 2.6, still=True)
            jpeg(sheet.makeImageSnapshot(), done / "poster.jpg", 60_000)
            pictures(frames(stage.FILM, line), (WIDTH, HEIGHT), work)
            film(work, done, line.data["title"])
        else:
            jpeg(COVERS[line.key]().makeImageSnapshot(), done / "cover.jpg", 150_000)
            small = (
                COVERS[line.key]()
                .makeImageSnapshot()
                .resize(600, 600, skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear))
            )
            jpeg(small, work / "small.jpg", 45_000)
            episode(work, done, line.data["title"], work / "small.jpg")
        source = done / ("source.mp4" if stage else "source.mp3")
        (done / "recording.toml").write_text(card(line, probe(source)["seconds"]), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(done, target)
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    print(f"{line.key}: {line.length:.1f} s, {size / 1e6:.2f} MB", flush=True)


def stills(key: str, times: list[float]) -> None:
    """Pictures at these seconds, in the current folder."""
    line = read(HERE / "manuscripts" / f"{key}.toml", Voice())
    for t in times:
        sheet = surface()
        import_module(FILMS[key]).FILM.frame(sheet.getCanvas(), t, line)
        sheet.makeImageSnapshot().save(f"{key}-{t:05.1f}.png")


def main() -> None:
    """Make what was asked for."""
    words = sys.argv[1:]
    if words[:1] == ["--stills"]:
        stills(words[1], [float(word) for word in words[2:]])
        return
    voice = Voice()
    for path in sorted((HERE / "manuscripts").glob("*.toml")):
        if not words or path.stem in words:
            make(path, voice)


if __name__ == "__main__":
    main()
