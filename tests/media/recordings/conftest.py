"""ffmpeg, and clips made by it for the occasion."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from media.recordings.transcode import NoProgram, find_program


@pytest.fixture(scope="session")
def ffmpeg() -> str:
    """The program; skips when there is none."""
    try:
        return str(find_program())
    except NoProgram as missing:
        pytest.skip(f"no ffmpeg: {missing}")


@pytest.fixture(scope="session")
def clip(ffmpeg: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """``clip("film.mp4", seconds=2, size="320x180", sound=True)``: made once per name."""
    folder = tmp_path_factory.mktemp("clips")

    def make(name: str, *, seconds: float = 2, size: str = "320x180", sound: bool = True) -> Path:
        path = folder / name
        if not path.exists():
            picture = ["-f", "lavfi", "-i", f"testsrc=s={size}:r=15:d={seconds}"] if size else []
            tone = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"] if sound else []
            subprocess.run(
                [ffmpeg, "-v", "error", "-y", *picture, *tone, "-pix_fmt", "yuv420p", str(path)], check=True, timeout=60
            )
        return path

    return make
