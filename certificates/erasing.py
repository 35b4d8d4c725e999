"""What the wing adds to erasure and to a person's own copy: the proof that may stay, the sheets as files."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from certificates.models import Credential, Proof
from certificates.numbers import digest_of
from certificates.queries import Verdict, shelf_of, verdict_on
from certificates.sheets import certificate_pdf
from lms.members.consents import Purpose, has_consent, register_purpose
from lms.members.models import Member
from lms.periods import today
from lms.privacy.registry import Portion, register_eraser, register_exporter

PROOF = "certificate_proof"


def leave_proofs(person: Model) -> int:
    """Eraser: before the certificates go, leave what proves them, if the holder has agreed to it; else nothing."""
    if not isinstance(person, Member) or not has_consent(person, PROOF):
        return 0
    shown = [c for c in shelf_of(person) if c.disclosure != Credential.Disclosure.HIDDEN]
    Proof.objects.bulk_create((_proof(credential) for credential in shown), ignore_conflicts=True)
    return len(shown)


def _proof(credential: Credential) -> Proof:
    verdict, since = verdict_on(credential, today())
    return Proof(
        digest=digest_of(credential.number),
        title=credential.payload["title"],
        stones=credential.payload["stones"],
        issued_on=credential.issued_on,
        valid_until=credential.valid_until,
        revoked_on=since if verdict == Verdict.REVOKED else None,
    )


def sheets_of(person: Model) -> Portion:
    """Exporter: every certificate as the PDF one could have printed."""
    shelf = shelf_of(person) if isinstance(person, Member) else []
    rows = [{"number": c.number, "file": _name(c)} for c in shelf]
    return Portion("your certificates as they are printed", rows, _files(shelf))


def _files(shelf: list[Credential]) -> Iterator[tuple[str, bytes]]:
    for credential in shelf:
        yield _name(credential), certificate_pdf(credential)


def _name(credential: Credential) -> str:
    return f"certificate-{credential.number[:8].lower()}.pdf"


def register() -> None:
    """Say so, once, at start."""
    register_eraser("certificates.proofs", leave_proofs)
    register_exporter("certificates.sheets", sheets_of)
    register_purpose(
        Purpose(
            key=PROOF,
            version="2026-11",
            title=_("My certificates can be checked after I am gone from here"),
            text=_(
                "When I am erased, a fingerprint of each certificate's number stays, with the title and the dates, "
                "and no name. Whoever I show the paper to can still check it. Nobody can find out from it whose it was."
            ),
        )
    )
