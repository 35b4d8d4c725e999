"""Reading the demo's content files."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

CONTENT = files("courses.demo") / "content"


def read_toml(*path: str) -> dict[str, Any]:
    """One file of the demo's content."""
    return tomllib.loads(CONTENT.joinpath(*path).read_text(encoding="utf-8"))
