"""Sound and pictures to files, with ffmpeg: an MP4, an HLS ladder, an MP3."""

from __future__ import annotations

import json
import os
import re
import subprocess
import wave
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np

FPS, SECONDS = 25, 4
LUFS, PEAK = -16, -1.5
# Takes the edge off the synthesis and puts it in a small room.
ROOM = (
    "highpass=f=80,equalizer=f=220:t=q:w=1:g=2,equalizer=f=3400:t=q:w=1.2:g=-3,highshelf=f=6500:g=-5,"
    "aecho=0.9:0.6:19|31|47:0.12|0.08|0.05,acompressor=threshold=-22dB:ratio=2.4:attack=8:release=160"
)
_KEY = str(FPS * SECONDS)
H264 = (
    *("-c:v", "libx264", "-profile:v", "high", "-level:v", "3.1", "-refs", "4", "-preset", "slow"),
    *("-tune", "animation", "-pix_fmt", "yuv420p", "-g", _KEY, "-keyint_min", _KEY, "-sc_threshold", "0"),
    *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"),
)
TO_709 = "out_color_matrix=bt709:out_range=tv"
CLEAN = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")


def ffmpeg(*words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run ffmpeg politely; its messages are the answer."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-y", *words]
    done = subprocess.run(command, text=True, capture_output=True, preexec_fn=lambda: os.nice(12), check=False, **more)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return done


def save_wave(samples: Any, path: Path, rate: int = 44100) -> None:
    """Mono samples in −1…1 as a WAV file with room to spare."""
    data = (np.clip(samples / max(1.0, float(np.max(np.abs(samples)))) * 0.8, -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(data.tobytes())


def loudness(path: Path, chain: str = "") -> dict[str, str]:
    """Measure by EBU R 128."""
    told = ffmpeg(
        "-i", str(path), "-af", f"{chain}loudnorm=I={LUFS}:TP={PEAK}:LRA=7:print_format=json", "-f", "null", "-"
    )
    return dict(json.loads(re.findall(r"\{[^{}]+\}", told.stderr)[-1]))


def levelled(raw: Path, target: Path) -> None:
    """The mix in its room at the agreed loudness, two passes."""
    m = loudness(raw, f"{ROOM},")
    chain = (
        f"{ROOM},loudnorm=I={LUFS}:TP={PEAK}:LRA=7:measured_I={m['input_i']}:measured_TP={m['input_tp']}"
        f":measured_LRA={m['input_lra']}:measured_thresh={m['input_thresh']}:offset={m['target_offset']}:linear=true"
    )
    ffmpeg("-i", str(raw), "-af", chain, "-ar", "48000", "-ac", "1", str(target))


def pictures(frames: Iterable[bytes], size: tuple[int, int], work: Path) -> None:
    """Frames (BGRA) to two sizes of H.264 in one go."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-y",
        "-f", "rawvideo", "-pix_fmt", "bgra", "-s", f"{size[0]}x{size[1]}", "-r", str(FPS), "-i", "-",
        "-filter_complex", f"[0:v]split=2[a][b];[a]scale={TO_709}[big];[b]scale=640:360:flags=lanczos:{TO_709}[small]",
        "-map", "[big]", *H264, "-crf", "32", "-maxrate", "1200k", "-bufsize", "2400k", str(work / "720.mp4"),
        "-map", "[small]", *H264, "-crf", "33", "-maxrate", "400k", "-bufsize", "800k", str(work / "360.mp4"),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE, preexec_fn=lambda: os.nice(12)) as process:
        assert process.stdin
        for frame in frames:
            process.stdin.write(frame)
        process.stdin.close()
        if process.wait():
            raise SystemExit("ffmpeg stopped")


def film(work: Path, target: Path, title: str) -> None:
    """MP4 for everyone; HLS with two sizes and a sound of its own for those who save data."""
    sound = str(work / "sound.wav")
    ffmpeg("-i", sound, "-c:a", "aac", "-b:a", "64k", *CLEAN, str(work / "mp4.m4a"))
    ffmpeg("-i", sound, "-c:a", "aac", "-b:a", "48k", *CLEAN, str(work / "hls.m4a"))
    ffmpeg(
        "-i", str(work / "720.mp4"), "-i", str(work / "mp4.m4a"), "-c", "copy", *CLEAN, "-metadata", f"title={title}",
        "-metadata:s:a:0", "language=nob", "-movflags", "+faststart", str(target / "source.mp4"),
    )  # fmt: skip
    hls = target / "hls"
    hls.mkdir()
    ffmpeg(
        "-i", str(work / "720.mp4"), "-i", str(work / "360.mp4"), "-i", str(work / "hls.m4a"),
        "-map", "0:v", "-map", "1:v", "-map", "2:a", "-c", "copy", *CLEAN,
        "-f", "hls", "-hls_time", str(SECONDS), "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4",
        "-hls_flags", "independent_segments", "-hls_fmp4_init_filename", "init.mp4",
        "-hls_segment_filename", str(hls / "%v" / "%03d.m4s"), "-master_pl_name", "master.m3u8",
        "-var_stream_map",
        "v:0,agroup:lyd,name:720p v:1,agroup:lyd,name:360p a:0,agroup:lyd,language:nb,default:yes,name:lyd",
        str(hls / "%v" / "index.m3u8"),
    )  # fmt: skip
    master = hls / "master.m3u8"
    lines = [row for row in master.read_text(encoding="utf-8").splitlines() if row]
    lines = [re.sub('NAME="[^"]*"', 'NAME="Norsk bokmål",AUTOSELECT=YES', row) for row in lines]
    # last, for those who only want to listen
    lines += ['#EXT-X-STREAM-INF:BANDWIDTH=64000,AVERAGE-BANDWIDTH=52000,CODECS="mp4a.40.2",AUDIO="group_lyd"']
    lines += ["lyd/index.m3u8"]
    master.write_text("\n".join(lines) + "\n", encoding="utf-8")


def episode(work: Path, target: Path, title: str, cover: Path) -> None:
    """MP3 with title, album and cover."""
    ffmpeg(
        "-i", str(work / "sound.wav"), "-i", str(cover), "-map", "0:a", "-map", "1:v", "-c:v", "copy",
        "-disposition:v:0", "attached_pic", "-c:a", "libmp3lame", "-b:a", "64k", "-ac", "1", "-id3v2_version", "3",
        "-map_metadata", "-1", "-metadata", f"title={title}", "-metadata", "album=Ny i styret",
        "-metadata", "artist=Tillit", "-metadata", "genre=Podcast", "-metadata", "language=nob",
        "-metadata:s:v", "title=Album cover", "-metadata:s:v", "comment=Cover (front)", str(target / "source.mp3"),
    )  # fmt: skip


def probe(path: Path) -> dict[str, Any]:
    """Length, codecs and size of a file, read from ffmpeg's own words."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", str(path)]
    told = subprocess.run(command, text=True, capture_output=True, check=False).stderr
    h, m, s = re.findall(r"Duration: (\d+):(\d+):([\d.]+)", told)[0]
    return {
        "seconds": int(h) * 3600 + int(m) * 60 + float(s),
        "streams": re.findall(r"Stream #\S+ ?(.*)", told),
        "told": told,
    }
