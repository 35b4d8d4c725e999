"""What the room says of itself to the rooms below, when the program starts."""

from __future__ import annotations


def register() -> None:
    """Notices, jobs, what a reorganisation and a merge of two records mean for plans."""
    import courses.planning.tasks  # noqa: F401
    from courses.planning import acts, following, merging, notices

    acts.register()
    notices.register()
    following.register()
    merging.register()
