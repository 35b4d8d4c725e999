"""What the room says of itself to the rooms below, when the program starts."""

from lms.competences import consent, merging, retention
from lms.competences.models import (
    AttestationRequest,
    Evidence,
    Mapping,
    MappingViewer,
    PriorClaim,
    PriorDocument,
    PriorLearning,
    Profile,
)
from lms.organisation.access import Scope, register_scope


def register() -> None:
    """Say how its rows hang on people, what it tells them, and where it shows itself."""
    from lms.competences import doors, notices, person, seen_words

    notices.register()
    person.register()
    seen_words.register()
    doors.register()
    for model in (Evidence, Profile, Mapping, MappingViewer, AttestationRequest, PriorLearning):
        register_scope(model, Scope("member"))
    for part in (PriorClaim, PriorDocument):
        register_scope(part, Scope("application__member"))
    merging.register()
    retention.register()
    consent.register()
