"""Door: what is personal in the media wing."""

from lms.privacy.declarations import Kind, OnErase, Personal, declare
from media.playback.models import Watch
from media.recordings.models import Recording, Track

declare(
    Recording,
    plain="id public_id title file type duration width height thumbnail created_at tags collection language "
    "access seen_answer seen state refusal files",
    uploaded_by_user=Personal(
        Kind.TECHNICAL, "whom to ask about a recording", "as long as the recording", OnErase.UNLINK
    ),
)
declare(Track, plain="id recording kind language text updated_at")
_PLAYED = Personal(
    Kind.LEARNING,
    "to go on where one was, and to know that a film in a course has been watched",
    "as long as the membership, and after it if the person asks to keep their course history",
    OnErase.DELETE_ROW,
)
_SESSION = Personal(
    Kind.TECHNICAL,
    "to judge whether the next beat can be true",
    "until the next session; of no meaning after twelve hours",
    OnErase.DELETE_ROW,
    export=False,
)
declare(
    Watch,
    plain="id",
    member=_PLAYED,
    recording=_PLAYED,
    intervals=_PLAYED,
    seconds=_PLAYED,
    position=_PLAYED,
    watched_at=_PLAYED,
    updated_at=_PLAYED,
    session=_SESSION,
    session_began=_SESSION,
    clock=_SESSION,
)
