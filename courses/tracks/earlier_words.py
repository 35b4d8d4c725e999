"""What is said of a file of earlier awards: its columns, its faults, what becomes of a row."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from courses.tracks.earlier import DAY, NAME, NUMBER, Earlier, Outcome, Wrong


def column_word(column: str) -> str:
    """A column as a reader knows it; "" is the row as a whole."""
    return {NUMBER: _("member number"), NAME: _("name"), DAY: _("date")}.get(column, "")


def outcome_word(outcome: str) -> str:
    """What becomes of rows, beneath their number."""
    return {
        Outcome.NEW: _("are new"),
        Outcome.ALREADY: _("have it from that day"),
        Outcome.TWICE: _("stand twice in the file"),
        Outcome.WRONG: _("must be put right"),
    }[Outcome(outcome)]


def missing_words(missing: Sequence[str], headers: Sequence[str]) -> str:
    """That columns are missing, what to call them, and which there are."""
    right = {NUMBER: _("Member number"), DAY: _("Date")}
    told = {"missing": ", ".join(right[one] for one in missing), "headers": ", ".join(headers)[:200]}
    return _("No column is called %(missing)s. The first row has: %(headers)s. Rename the column and try again.") % told


def wrong_words(row: Earlier) -> str:
    """What would be right, in one sentence; or why a row changes nothing."""
    told = {"right": row.right}
    if row.outcome == Outcome.ALREADY:
        return _("The person has the level from that day already. Nothing more is recorded.")
    if row.outcome == Outcome.TWICE:
        return _("The same as row %(right)s. It is recorded once.") % told
    words = {
        Wrong.MISSING: _("Nothing is written here. Every row needs it."),
        Wrong.SURPLUS: _(
            "%(right)s more cells than the header has, so it is not known which belongs where. A separator within a "
            "cell needs quotes around the cell."
        ),
        Wrong.DAY: _("Write the day like this: 27.02.2027"),
        Wrong.FUTURE: _("The day lies ahead. Write the day it was reached."),
        Wrong.LONG_AGO: _("Is the year right? Nothing before 1950 is recorded."),
        Wrong.UNKNOWN: _("Nobody has this number. Look it up in the member register."),
        Wrong.NOUGHTS: _("Somebody has the number %(right)s. Write it with the noughts it has."),
        Wrong.FOREIGN: _("The person with this number is not in a unit whose levels you keep. Take the row out."),
        Wrong.NAME: _("The register says %(right)s. Is the number right? If it is, leave the name empty."),
        Wrong.SELF: _("This is you. Somebody else records your own levels."),
    }
    text = words.get(Wrong(row.wrong), "") if row.wrong else ""
    return text % told if row.right else text
