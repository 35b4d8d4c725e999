"""Papers that go with an application: looked at by what they are, not by what they are called.

A file is taken for what its first bytes say. It is kept in the database, so that it goes with the
row at erasure, and it is only ever handed out as something to save.
"""

from __future__ import annotations

from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.competences.models import PriorDocument, PriorLearning

MOST_BYTES = 10 * 1024 * 1024
MOST_DOCUMENTS = 5
OPENINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
)


def kind_of(content: bytes) -> tuple[str, str] | None:
    """The media type and the ending of a name, by the first bytes; None for what we do not take."""
    return next(((kind, ending) for opening, kind, ending in OPENINGS if content.startswith(opening)), None)


def tidy_name(name: str, ending: str) -> str:
    """A name to save it under: no path, nothing unprintable, and the ending that is true."""
    stem = "".join(letter for letter in name.replace("\\", "/").split("/")[-1] if letter.isprintable()).strip(". ")
    stem = stem.rsplit(".", 1)[0].strip(". ") if "." in stem else stem
    return f"{stem[: 120 - len(ending)] or 'dokument'}{ending}"


@transaction.atomic
def keep_document(*, application: PriorLearning, name: str, content: bytes) -> PriorDocument:
    """Keep a paper with an application. Raises ValidationError, in words, for what is not taken.

    Called by ``prior.add_document``, which asks whose application it is.
    """
    if not content:
        raise ValidationError(_("The file is empty. Choose it once more."))
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 10 MB. Make it smaller, or send some of the pages."))
    kind = kind_of(content)
    if kind is None:
        raise ValidationError(_("Choose a PDF, or a picture as JPEG or PNG."))
    PriorLearning.objects.select_for_update().get(pk=application.pk)
    if application.documents.count() >= MOST_DOCUMENTS:
        words = ngettext(
            "There is room for %(count)s document. Remove one first.",
            "There is room for %(count)s documents. Remove one first.",
            MOST_DOCUMENTS,
        )
        raise ValidationError(words % {"count": MOST_DOCUMENTS})
    return PriorDocument.objects.create(
        application=application,
        name=tidy_name(name, kind[1]),
        media_type=kind[0],
        content=content,
        size=len(content),
    )


def handed_out(document: PriorDocument) -> HttpResponse:
    """The paper, as something to save: a browser never opens it here, and nobody on the way keeps it."""
    response = HttpResponse(bytes(document.content), content_type=document.media_type)
    plain = document.name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "").strip()
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(document.name)}"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
