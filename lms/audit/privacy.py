"""What is personal in the trail: opaque ids only."""

from lms.audit.models import Entry, Sighting, SightingOf
from lms.privacy.declarations import Kind, OnErase, Personal, declare

_TRAIL = Personal(Kind.TECHNICAL, "answer who did what to whom", "24 months", OnErase.KEEP, export=True)
declare(Entry, plain="id at act details", actor=_TRAIL, subject=_TRAIL)
_SEEN = Personal(Kind.TECHNICAL, "answer who saw or exported my data", "24 months", OnErase.KEEP, export=True)
declare(Sighting, plain="id at act page", actor=_SEEN)
declare(SightingOf, plain="id sighting", subject=_SEEN)
