"""What awards in bulk bring along at start: their jobs, their notice, how long a file of earlier awards is kept."""

import courses.tracks.looking_again  # noqa: F401 - its job
from courses.tracks import importing, reminding


def register() -> None:
    """Make it known, once, at start."""
    importing.register()
    reminding.register()
