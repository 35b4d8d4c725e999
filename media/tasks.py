"""Door: the long work of the media wing."""

import media.recordings.work  # noqa: F401
