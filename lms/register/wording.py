"""What is said of fields, problems and outcomes, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lms.register.cells import Wrong
from lms.register.columns import Field, UnclearColumns
from lms.register.diff import EMAIL_STAYS, LEFT, Decision
from lms.register.models import RowProblem


def field_label(field: str) -> str:
    """A field as a reader knows it; "" is the row as a whole."""
    return {
        Field.NUMBER: _("member number"),
        Field.NAME: _("name"),
        Field.FIRST: _("first name"),
        Field.LAST: _("last name"),
        Field.EMAIL: _("e-mail"),
        Field.UNIT: _("unit"),
        Field.STATUS: _("status"),
        Field.LANGUAGE: _("language"),
        Field.BIRTH_YEAR: _("year of birth"),
        Field.GENDER: _("gender"),
        Field.POSTAL_CODE: _("postal code"),
    }.get(field, "")  # type: ignore[call-overload]


def problem_text(problem: RowProblem) -> str:
    """What would be right, in one sentence."""
    right = problem.right
    words = _with_more(right) if right else _alone()
    return words.get(problem.kind) or _alone().get(problem.kind, "")


def _alone() -> dict[str, str]:
    return {
        Wrong.MISSING: _("Nothing is written here. Every row needs it."),
        Wrong.CHARACTERS: _("It holds signs that cannot be seen or printed. Write it anew."),
        Wrong.EMAIL: _("This is no e-mail address. Write one, like kari@example.org, or leave it empty."),
        Wrong.STATUS: _("Write medlem or sympatisør. Whoever has left is taken out of the file."),
        Wrong.LANGUAGE: _("Write bokmål, nynorsk or engelsk."),
        Wrong.BIRTH_YEAR: _("Write the year with four digits, or leave it empty."),
        Wrong.GENDER: _("Write kvinne, mann or annet, or leave it empty."),
        Wrong.POSTAL_CODE: _("Write four digits, or leave it empty."),
        Wrong.UNIT_UNKNOWN: _("No unit has this number or full name today."),
        Wrong.UNIT_FOREIGN: _("You do not keep the register for this unit. Take the row out."),
        Wrong.PERSON_FOREIGN: _(
            "You do not keep the register where the person with this number belongs. A move needs the right at both."
        ),
        Wrong.MERGED: _("The person with this number is known under another one now."),
    }


def _with_more(right: str) -> dict[str, str]:
    told = {"right": right}
    return {
        Wrong.SURPLUS: _(
            "%(right)s more cells than the header has, so it is not known which belongs where. A separator within a "
            "cell needs quotes around the cell."
        )
        % told,
        Wrong.TOO_LONG: _("At most %(right)s letters.") % told,
        Wrong.TWICE: _("The number stands in row %(right)s too. A person has one row.") % told,
        Wrong.NOUGHTS: _("Somebody has the number %(right)s. Write it with the noughts it has.") % told,
        Wrong.MERGED: _("The person with this number was made one with number %(right)s. Write %(right)s.") % told,
        Wrong.BIRTH_YEAR: _("Write the year with four digits, %(right)s, or leave it empty.") % told,
        Wrong.UNIT_UNKNOWN: _("No unit has this number or full name today. Did you mean %(right)s?") % told,
        Wrong.LEAVING: _(
            "%(right)s people would leave by this file, which is more than this installation applies at once without "
            "keeping others waiting. Is it the right file? If so, run on PostgreSQL."
        )
        % told,
        Wrong.UNIT_SHARED: _("Several units are called this. Write the number of the right one: %(right)s.") % told,
    }


def decision_label(decision: str) -> str:
    """What becomes of a person, or what is noted beside it."""
    return {
        Decision.NEW: _("new"),
        Decision.CHANGED: _("changed"),
        Decision.UNCHANGED: _("unchanged"),
        Decision.LEAVING: _("leaves"),
        LEFT: _("left by their own act here; not brought back"),
        EMAIL_STAYS: _("keeps the e-mail: no account yet, and rights you do not hold"),
    }.get(decision, "")


def unclear_text(unclear: UnclearColumns) -> tuple[str, ...]:
    """What is not clear about the columns of a file, a sentence each."""
    lines = [
        _("No column is recognised as %(field)s.") % {"field": field_label(one)} for one in unclear.columns.missing
    ]
    for field, places in unclear.columns.twice.items():
        told = {"headers": ", ".join(unclear.headers[place] for place in places), "field": field_label(field)}
        lines.append(_("%(headers)s could all be %(field)s. Choose one, and leave the others out.") % told)
    return tuple(lines)
