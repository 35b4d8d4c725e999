"""What competences announces.

``evidence_recorded`` carries ``ids``, evidence ids, and ``member_ids``: the profiles are
already drawn anew. ``profiles_changed`` carries ``member_ids``, where time alone has changed a level.
"""

from django.dispatch import Signal

evidence_recorded = Signal()
profiles_changed = Signal()
