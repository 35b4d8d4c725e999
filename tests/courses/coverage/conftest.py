"""An archive of one's own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def archive(settings, tmp_path: Path) -> Path:
    """The folder of the long memory, empty."""
    settings.TILLIT_ARCHIVE = tmp_path / "archive"
    return tmp_path / "archive"
