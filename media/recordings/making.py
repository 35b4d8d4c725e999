"""From an upload to what is played: film in two sizes (HLS and MP4) with a poster, or sound as MP3."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from media.recordings.probing import Probe, demand_usable, probe
from media.recordings.sniffing import MOV, MP3, NEEDED, form_of
from media.recordings.transcode import Tick, Unusable, read_as, run_ffmpeg

SIZES, RATES = (720, 360), (2500, 800)
SEGMENT_SECONDS = 4
LOUDNESS = "loudnorm=I=-16:TP=-1.5:LRA=11,aresample=48000"
CLEAN = ("-map_metadata", "-1", "-map_chapters", "-1")
"""A phone writes where it was and whose it is; none of that goes out."""
PATIENCE = 30
"""A recording may take so many times its own length, and ten minutes beside."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, relative to the folder it was made in."""

    files: dict[str, str]
    seconds: float
    width: int | None = None
    height: int | None = None


def make_playable(source: Path, folder: Path, *, is_video: bool, language: str, progress: Tick) -> Made:
    """Make the files of a recording in an empty folder. Raises Unusable with the reason.

    ``progress`` hears at least every second how far it has come, from 0 to 1; it may raise to stop.
    """
    with source.open("rb") as file:
        form = form_of(file.read(NEEDED))
    if form is None:
        raise Unusable("foreign")
    found = probe(source, form, folder=folder, tick=lambda _: progress(0.0))
    demand_usable(found, is_video=is_video)
    patience = 600 + PATIENCE * found.seconds

    def tick(seconds: float) -> None:
        progress(min(seconds / found.seconds, 1.0))

    opened = read_as(form.demuxer, source)
    if is_video:
        made = _make_film(opened, found, folder, language, patience=patience, tick=tick)
    else:
        made = _make_episode(opened, folder, patience=patience, tick=tick)
    if made.seconds < 0.8 * found.seconds - 1:
        raise Unusable("broken")
    return made


def sizes_of(found: Probe) -> tuple[int, ...]:
    """The sizes worth making: nothing larger than the original, the smallest always."""
    side = min(found.width, found.height)
    return tuple(size for size in SIZES if size == SIZES[-1] or side > SIZES[-1])


def _make_film(opened: list[str], found: Probe, folder: Path, language: str, *, patience: float, tick: Tick) -> Made:
    sizes = sizes_of(found)
    outputs = [folder / ("film.mp4" if place == 0 else f"{size}.mp4") for place, size in enumerate(sizes)]
    run = run_ffmpeg(
        ["-v", "error", "-progress", "pipe:1", "-nostats", *opened,
         "-filter_complex", _scaling(sizes), *_encodings(outputs, has_audio=found.has_audio)],
        folder=folder, seconds=patience, tick=tick,
    )  # fmt: skip
    if run.status or not all(output.exists() and output.stat().st_size for output in outputs):
        raise Unusable("broken")
    _package(outputs, sizes, folder, language, has_audio=found.has_audio, tick=lambda _: tick(found.seconds))
    own = probe(outputs[0], MOV, folder=folder)
    _draw_poster(outputs[0], folder, own.seconds)
    for spare in outputs[1:]:
        spare.unlink()
    files = {"hls": "hls/master.m3u8", "mp4": "film.mp4", "poster": "poster.jpg"}
    return Made(files, own.seconds, own.width, own.height)


def _scaling(sizes: tuple[int, ...]) -> str:
    """Square pixels; the shorter side at most so many; even sides, as the encoder wants them."""
    whole = "[0:v:0]scale=trunc(iw*sar/2)*2:trunc(ih/2)*2,setsar=1,format=yuv420p"
    parts = [f"{whole},split={len(sizes)}" + "".join(f"[v{size}]" for size in sizes)]
    for size in sizes:
        wide = f"if(gte(iw\\,ih)\\,-2\\,min({size}\\,trunc(iw/2)*2))"
        high = f"if(gte(iw\\,ih)\\,min({size}\\,trunc(ih/2)*2)\\,-2)"
        parts.append(f"[v{size}]scale={wide}:{high}[o{size}]")
    return ";".join(parts)


def _encodings(outputs: list[Path], *, has_audio: bool) -> list[str]:
    """One H.264 per size, key frames where segments begin; sound in the first."""
    arguments: list[str] = []
    last = len(outputs)
    for place, (output, size, rate) in enumerate(zip(outputs, SIZES[-last:], RATES[-last:], strict=True)):
        sound = ["-map", "0:a:0", "-af", LOUDNESS, "-c:a", "aac", "-b:a", "96k", "-ac", "2"]
        arguments += [
            "-map", f"[o{size}]", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23",
            "-maxrate", f"{rate}k", "-bufsize", f"{2 * rate}k", "-profile:v", "main", "-fpsmax", "30",
            "-force_key_frames", f"expr:gte(t,n_forced*{SEGMENT_SECONDS})", "-sc_threshold", "0", "-threads", "2",
            *(sound if has_audio and place == 0 else ["-an"]),
            *CLEAN, "-sn", "-dn", "-movflags", "+faststart", "-f", "mp4", str(output),
        ]  # fmt: skip
    return arguments


def _package(
    outputs: list[Path], sizes: tuple[int, ...], folder: Path, language: str, *, has_audio: bool, tick: Tick
) -> None:
    """The same pictures and sound in segments, with the list of sizes the player chooses from."""
    group = ",agroup:lyd" if has_audio else ""
    streams = [f"v:{place}{group},name:{size}p" for place, size in enumerate(sizes)]
    sources = [word for output in outputs for word in read_as(MOV.demuxer, output)]
    maps = [word for place in range(len(outputs)) for word in ("-map", f"{place}:v:0")]
    if has_audio:
        maps += ["-map", "0:a:0"]
        streams.append(f"a:0,agroup:lyd,language:{language},default:yes,name:lyd")
    hls = folder / "hls"
    hls.mkdir()
    run = run_ffmpeg(
        ["-v", "error", *sources, *maps, "-c", "copy", *CLEAN, "-f", "hls", "-hls_time", str(SEGMENT_SECONDS),
         "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4", "-hls_flags", "independent_segments",
         "-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", "hls/%v/%05d.m4s",
         "-master_pl_name", "master.m3u8", "-var_stream_map", " ".join(streams), "hls/%v/index.m3u8"],
        folder=folder, seconds=600, tick=tick,
    )  # fmt: skip
    if run.status or not (hls / "master.m3u8").exists():
        raise Unusable("broken")


def _draw_poster(film: Path, folder: Path, seconds: float) -> None:
    """One picture from near the beginning."""
    at = f"{min(2.0, seconds / 3):.2f}"
    run_ffmpeg(
        ["-v", "error", "-ss", at, *read_as(MOV.demuxer, film), "-frames:v", "1", "-q:v", "4", "-update", "1",
         "-f", "image2", "poster.jpg"],
        folder=folder, seconds=60,
    )  # fmt: skip
    if not (folder / "poster.jpg").exists():
        raise Unusable("broken")


def _make_episode(opened: list[str], folder: Path, *, patience: float, tick: Tick) -> Made:
    output = folder / "lyd.mp3"
    run = run_ffmpeg(
        ["-v", "error", "-progress", "pipe:1", "-nostats", *opened, "-map", "0:a:0", "-vn",
         "-af", LOUDNESS, "-c:a", "libmp3lame", "-b:a", "96k", "-ac", "2", "-ar", "48000", *CLEAN,
         "-f", "mp3", str(output)],
        folder=folder, seconds=patience, tick=tick,
    )  # fmt: skip
    if run.status or not output.exists() or not output.stat().st_size:
        raise Unusable("broken")
    return Made({"mp3": "lyd.mp3"}, probe(output, MP3, folder=folder).seconds)
