"""Door: the editor's face of the media wing."""

import media.recordings.wagtail_hooks  # noqa: F401
