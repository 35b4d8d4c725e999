"""An import of the member register that was applied, with a row of each kind."""

from __future__ import annotations

from lms.members.models import Member
from lms.organisation.models import Membership, Unit
from lms.periods import today
from lms.register.diff import Decision
from lms.register.models import RegisterImport, StagedRow

State = RegisterImport.State


def make_import(unit: Unit, by: Member, known: Member, *, state: str = State.APPLIED) -> RegisterImport:
    """A file for a county: somebody new, somebody changed, somebody who leaves, and an error that is written down."""
    counts = {"new": 1, "changed": 1, "unchanged": 0, "leaving": 1, "errors": 1 if state == State.REFUSED else 0}
    row = RegisterImport.objects.create(
        name="medlemmer.csv", sha256="0" * 64, state=state, scope=[unit.pk], is_whole=True, by=by, rows=2,
        counts=counts,
        columns=[["number", "Medlemsnr"], ["name", "Navn"], ["unit", "Lag"], ["email", "E-post"]], left_out=["Adresse"],
        applied_on=today() if state == State.APPLIED else None,
    )  # fmt: skip
    told = {"register_import": row, "unit": unit, "becomes": Membership.Status.MEMBER}
    StagedRow.objects.create(
        row=2, number="r1", name="Nina Ny", name_key="nina ny", decision=Decision.NEW, moves=True, **told
    )
    StagedRow.objects.create(
        row=3, number="r2", name=known.name, name_key=known.name_key, email="ny@example.org", member=known,
        decision=Decision.CHANGED, before={"email": "gammel@example.org"}, **told,
    )  # fmt: skip
    StagedRow.objects.create(
        row=0, number="r3", name="Siv Slutter", name_key="siv slutter", member=known, decision=Decision.LEAVING, **told
    )
    row.problems.create(row=4, field="unit", value="Bodo", kind="unit unknown", right="Bodø (1804)")
    row.problems.create(row=5, field="email", value="x" * 120, kind="email")
    return row
