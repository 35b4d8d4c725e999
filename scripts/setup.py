"""Set up ``.venv`` from a lock file: ``python scripts/setup.py requirements/run.txt``.

Needs nothing but the standard library and pip. What is installed is exactly what the lock
names, checked by hash. A stamp remembers the lock that was installed last, so that the
second call takes no time.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"


def works(python: Path) -> bool:
    """Whether the environment's Python starts and has pip: a system upgrade may have taken it away."""
    if not python.exists():
        return False
    return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def environment() -> Path:
    """The environment's Python; the environment is made if it is not there or no longer works."""
    python = VENV / "bin" / "python"
    if not works(python):
        print("Making .venv …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    return python


def install(lock: Path) -> None:
    """Install a lock, unless its stamp says that it is what stands there."""
    stamp = STAMPS / lock.name
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if (VENV / "bin" / "python").exists() and stamp.exists() and stamp.read_text() == digest:
        return
    python = environment()
    packages = sum(line[:1].isalnum() for line in lock.read_text().splitlines())
    print(f"Installing up to {packages} packages from {lock.relative_to(ROOT)} …", flush=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    subprocess.run([*pip, "install", "--quiet", "--require-hashes", "--requirement", str(lock)], check=True)
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(digest)


if __name__ == "__main__":
    try:
        install(ROOT / sys.argv[1])
    except subprocess.CalledProcessError as error:
        sys.exit(f"Setting up .venv failed at: {' '.join(map(str, error.cmd))}")
    except KeyboardInterrupt:
        sys.exit(130)
