"""What is personal about the long memory."""

from lms.archive.models import ArchiveFile, ArchiveKey, Blanking
from lms.privacy.declarations import Kind, OnErase, Personal, declare

_KEY = Personal(
    Kind.TECHNICAL,
    "what leads from the person to their row in the archive, so that the row can be blanked",
    "as long as the membership; gone at once at erasure, and the row itself within 30 days",
    OnErase.DELETE_ROW,
    export=False,
)
declare(ArchiveFile, plain="id series month name sha256 people written_at")
declare(ArchiveKey, member=_KEY, secret=_KEY)
declare(Blanking, plain="id file pseudonym asked_at")
