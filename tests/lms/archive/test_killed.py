"""Whoever is killed while writing leaves the last complete file as it was."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import h5py
import pytest
from django.conf import settings as running

from lms.archive.safekeeping import digest

WRITER = """
import sys, numpy as np, h5py
from pathlib import Path
from lms.archive.safekeeping import whole_file
place, number = Path(sys.argv[1]), 0
while True:
    number += 1
    levels = np.random.default_rng(number).integers(0, 5, (60_000, 40), dtype=np.int8)
    with whole_file(place) as part:
        with h5py.File(part, "w") as file:
            file["pseudonym"] = np.full(len(levels), number, "<u8")
            held = file.create_dataset("competences", levels.shape, "i1", chunks=(16_384, 8), compression="gzip")
            for start in range(0, len(levels), 16_384):
                held[start : start + 16_384] = levels[start : start + 16_384]
    print(number, flush=True)
"""


def kill_while_writing(place: Path, seed: int) -> None:
    """Let a writer finish at least one file, kill it in the middle of another, and read what lies there."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(place)], cwd=running.BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    done = int(writer.stdout.readline())
    time.sleep(random.Random(seed).uniform(0.005, 0.4))
    writer.send_signal(signal.SIGKILL)
    rest = writer.communicate()[0].split()
    done = int(rest[-1]) if rest else done
    with h5py.File(place, "r") as file:
        number = set(file["pseudonym"][:].tolist())
        assert file["competences"][:].max() <= 4
    # A file may have taken its place just before the writer could say so.
    assert number in ({done}, {done + 1})
    assert digest(place)


@pytest.mark.parametrize("seed", range(2))
def test_a_writer_that_is_killed_leaves_the_last_whole_file(archive: Path, tmp_path: Path, seed: int) -> None:
    kill_while_writing(tmp_path / "month.h5", seed)


@pytest.mark.slow
def test_forty_writers_that_are_killed_leave_the_last_whole_file(archive: Path, tmp_path: Path) -> None:
    for seed in range(40):
        kill_while_writing(tmp_path / "month.h5", seed)


def test_what_a_killed_writer_left_is_swept_away_by_a_later_one(archive: Path, tmp_path: Path) -> None:
    from lms.archive.safekeeping import whole_file

    old, young = tmp_path / ".month.h5.aa.part", tmp_path / ".month.h5.bb.part"
    for part in (old, young):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    with whole_file(tmp_path / "month.h5") as part:
        part.write_bytes(b"whole")
    assert (old.exists(), young.exists(), (tmp_path / "month.h5").read_bytes()) == (False, True, b"whole")


def test_a_writing_that_fails_leaves_the_old_file(archive: Path, tmp_path: Path) -> None:
    from lms.archive.safekeeping import whole_file

    place = tmp_path / "month.h5"
    place.write_bytes(b"old")

    def fail() -> None:
        with whole_file(place) as part:
            part.write_bytes(b"new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert place.read_bytes() == b"old"
    assert list(tmp_path.glob(".*part")) == []
