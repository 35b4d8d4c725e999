"""What is personal in an import."""

from lms.privacy.declarations import Kind, OnErase, Personal, declare
from lms.register.models import KnownColumn, RegisterImport, RowProblem, StagedRow

_WHO = Personal(Kind.TECHNICAL, "who brought which file", "24 months", OnErase.UNLINK)
declare(
    RegisterImport,
    plain="id public_id name sha256 file state scope is_whole columns left_out rows counts created_at applied_at "
    "applied_on emptied_at",
    by=_WHO,
    confirmed_by=_WHO,
)
_ROW = Personal(
    Kind.POLITICAL, "bring the member register over, seen before it counts", "7 days", OnErase.DELETE_ROW, export=False
)
declare(
    StagedRow,
    plain="id register_import row decision moves",
    **dict.fromkeys(
        (
            "number", "name", "name_key", "email", "unit", "status", "language", "birth_year", "gender", "postal_code",
            "public_id", "member", "becomes", "before",
        ),
        _ROW,
    ),
)  # fmt: skip
declare(RowProblem, plain="id register_import row field kind", value=_ROW, right=_ROW)
declare(
    KnownColumn,
    plain="id header_key field",
    member=Personal(Kind.TECHNICAL, "read the person's files without asking again", "while known", OnErase.DELETE_ROW),
)
