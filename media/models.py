"""Door: the models of the media wing."""

from media.playback.models import Watch
from media.recordings.models import Recording, Track

__all__ = ["Recording", "Track", "Watch"]
