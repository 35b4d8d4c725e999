"""What is personal about certificates."""

from certificates.models import Credential, Proof, StatusChange
from lms.privacy.declarations import Kind, OnErase, Personal, declare

_SNAPSHOT = Personal(
    Kind.LEARNING,
    "print the certificate and answer those who check it",
    "as long as the holder wants it; at erasure only with consent, as a hash",
    OnErase.DELETE_ROW,
)
declare(
    Credential,
    plain="id public_id edition seal_key created_at",
    award_key=_SNAPSHOT,
    number=_SNAPSHOT,
    holder=_SNAPSHOT,
    payload=_SNAPSHOT,
    payload_hash=_SNAPSHOT,
    seal=_SNAPSHOT,
    issued_on=_SNAPSHOT,
    valid_until=_SNAPSHOT,
    disclosure=_SNAPSHOT,
)
declare(
    StatusChange,
    plain="id status at reason",
    credential=_SNAPSHOT,
    by=Personal(Kind.TECHNICAL, "who issued or revoked", "as long as the certificate", OnErase.KEEP),
)
declare(Proof, plain="id digest title stones issued_on valid_until revoked_on")
