"""What is personal about what people can do."""

from lms.competences.models import (
    Area,
    AttestationRequest,
    BodyNeed,
    Competence,
    Entry,
    Evidence,
    Framework,
    FrameworkVersion,
    Mapping,
    MappingViewer,
    OfficeNeed,
    PriorClaim,
    PriorDocument,
    PriorLearning,
    Profile,
)
from lms.privacy.declarations import Kind, OnErase, Personal, declare

_PERIOD = "valid_from valid_until"
declare(Framework, plain="id key title created_at")
declare(FrameworkVersion, plain=f"id framework number decision weights scale {_PERIOD}")
declare(Area, plain="id framework key order title")
declare(Competence, plain="id framework key number fades_after_months fades_by archived_at")
declare(Entry, plain="id version competence area order title descriptors")
declare(OfficeNeed, plain=f"id office_key competence level is_urgent unit_kind {_PERIOD}")
declare(BodyNeed, plain=f"id body_kind competence level least {_PERIOD}")

_PROOF = Personal(
    Kind.LEARNING,
    "what the person can, and what shows it: levels, plans and the training itself rest on it",
    "as long as the membership, and after it if the person asks to keep their course history",
    OnErase.DELETE_ROW,
)
_GIVER = Personal(
    Kind.TECHNICAL,
    "who vouched, observed or decided",
    "as long as the evidence; the person is unlinked at erasure",
    OnErase.UNLINK,
    export=False,
)
declare(
    Evidence,
    plain="id public_id key created_at corrects is_void",
    member=_PROOF,
    kind=_PROOF,
    competence=_PROOF,
    level=_PROOF,
    subject=_PROOF,
    label=_PROOF,
    about=_PROOF,
    on=_PROOF,
    until=_PROOF,
    share=_PROOF,
    score=_PROOF,
    hours=_PROOF,
    given_as=_PROOF,
    given_by=_GIVER,
)
declare(
    Profile,
    plain="computed_on changes_on",
    member=_PROOF,
    levels=_PROOF,
    own=_PROOF,
    details=_PROOF,
)
_OWN_WORD = Personal(
    Kind.LEARNING,
    "the person's own view of what they can, shown to them and to whom they choose",
    "as long as the membership; never kept after it",
    OnErase.DELETE_ROW,
)
declare(Mapping, plain="id public_id", member=_OWN_WORD, on=_OWN_WORD, office_key=_OWN_WORD, also_can=_OWN_WORD)
declare(MappingViewer, plain="id since", member=_OWN_WORD, viewer=_OWN_WORD)
_REQUEST = Personal(
    Kind.LEARNING,
    "asking somebody to vouch for what one can",
    "as long as the membership",
    OnErase.DELETE_ROW,
)
declare(
    AttestationRequest,
    plain="id public_id evidence",
    member=_REQUEST,
    asked=_REQUEST,
    competence=_REQUEST,
    level=_REQUEST,
    about=_REQUEST,
    label=_REQUEST,
    words=_REQUEST,
    state=_REQUEST,
    reason=_REQUEST,
    asked_at=_REQUEST,
    answered_at=_REQUEST,
)
_CLAIM = Personal(
    Kind.LEARNING,
    "having what one can already recognised",
    "as long as the membership; the documents go twelve months after the answer",
    OnErase.DELETE_ROW,
)
declare(
    PriorLearning,
    plain="id public_id",
    member=_CLAIM,
    words=_CLAIM,
    about=_CLAIM,
    label=_CLAIM,
    state=_CLAIM,
    reason=_CLAIM,
    begun_at=_CLAIM,
    sent_at=_CLAIM,
    reviewed_at=_CLAIM,
    reviewer=_GIVER,
)
declare(PriorClaim, plain="id application", competence=_CLAIM, claimed=_CLAIM, granted=_CLAIM)
declare(
    PriorDocument,
    plain="id public_id application",
    name=_CLAIM,
    media_type=_CLAIM,
    content=_CLAIM,
    size=_CLAIM,
    added_at=_CLAIM,
)
