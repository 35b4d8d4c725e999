"""Door: what the media wing hears."""

import media.recordings.receivers  # noqa: F401
