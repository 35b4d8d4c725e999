"""What playback announces, once per person and recording, when 90 % of its seconds have been played.

``ids`` are the recordings' ids, ``member_ids`` the people, in the same order.
"""

from django.dispatch import Signal

recording_watched = Signal()
