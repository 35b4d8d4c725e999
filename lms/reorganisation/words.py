"""Problems, dependants and tables in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.reorganisation.dependants import Dependant
from lms.reorganisation.facts import Key, Problem


def problem_in_words(problem: Problem, names: Mapping[Key, str], bodies: Mapping[int, str]) -> str:
    """One sentence on what is wrong and what would be right."""
    unit = names.get(problem.unit, "") if problem.unit is not None else ""
    other = names.get(problem.other, "") if problem.other is not None else ""
    given = {"unit": unit, "other": other, "code": problem.code, "number": problem.number}
    if problem.rule in ("people_nowhere", "children_nowhere", "body_begins_later"):
        return _counted(problem, given | {"body": bodies.get(problem.other or 0, "")})
    return _simple()[problem.rule] % given


def _simple() -> dict[str, str]:
    return {
        "used_twice": _("%(unit)s is used twice. Keep one row for it, or let all its rows be a split."),
        "two_rests": _("Two parts of %(unit)s take everybody else. Keep it on one of them."),
        "no_new_name": _("Write the new name or number of %(unit)s."),
        "no_target": _("Choose where %(unit)s goes."),
        "into_itself": _("%(unit)s cannot go into itself."),
        "target_closes": _("%(unit)s goes to %(other)s, which closes the same day. Choose a unit that goes on."),
        "no_share": _("Say who of %(unit)s goes to %(other)s: branches, postal codes or everybody else."),
        "target_not_new": _("%(unit)s is re-established as a new unit. Describe it instead of choosing %(other)s."),
        "still_open": _("%(unit)s is open that day. Only a unit that has closed can be re-established."),
        "not_yet": _("%(unit)s did not exist yet that day. Choose a later day."),
        "closed_already": _("%(unit)s closes, or has closed. Undo what closed it first, or record things in order."),
        "twice_a_day": _("%(unit)s was merged or split that very day. Undo that, and write both in one."),
        "code_taken": _("The number %(code)s, meant for %(unit)s, is in use. Choose another, or let its unit go on."),
        "circle": _("%(unit)s would stand under itself. Choose another parent."),
    }


def _counted(problem: Problem, given: dict[str, object]) -> str:
    number = problem.number
    if problem.rule == "people_nowhere":
        words = ngettext(
            "%(number)s person in %(unit)s has nowhere to go. Choose where people go, or who takes everybody else.",
            "%(number)s people in %(unit)s have nowhere to go. Choose where people go, or who takes everybody else.",
            number,
        )
    elif problem.rule == "children_nowhere":
        words = ngettext(
            "%(number)s branch under %(unit)s has nowhere to go. Choose which unit it goes to.",
            "%(number)s branches under %(unit)s have nowhere to go. Choose which units they go to.",
            number,
        )
    else:
        words = _(
            "%(body)s of %(unit)s has terms that begin after the day. Let the body go on, or end those terms first."
        )
    return words % given


def dependant_in_words(one: Dependant) -> str:
    """One sentence on why undoing is no longer possible."""
    if one.rule == "later":
        return _("“%(name)s” was applied later and builds on this. Undo that first.") % {"name": one.later}
    number = {"number": one.number, "what": table_in_words(one.table)}
    if one.rule == "changed":
        return _("Changed since: %(number)s × %(what)s.") % number
    return _("Come to hang on a unit that was made: %(number)s × %(what)s.") % number


def table_in_words(table: str) -> str:
    """What the ledger's tables are called to a reader."""
    return {
        "unit": _("units"), "called": _("names"), "label": _("names and numbers"), "link": _("places in the tree"),
        "body": _("bodies"), "seat": _("seats"), "membership": _("memberships"), "term": _("terms"),
        "announcement": _("announcements"), "appointment": _("appointments"), "delegation": _("delegations"),
        "succession": _("successions"),
    }.get(table, table)  # fmt: skip
