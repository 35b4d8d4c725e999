"""What stands at the head of a requirement's line on the ladder, and between those that may replace each other."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courses.progression import rules
from courses.progression.phrases import heading
from lms.wording import in_language


def asked_for(rule: rules.Rule) -> str:
    """What one requirement asks for; of several beneath it, how many of them."""
    if isinstance(rule, rules.Substitutable):
        return asked_for(rule.rule)
    if isinstance(rule, rules.AnyOf):
        return _("One of these") if rule.least == 1 else _("%(n)d of these") % {"n": rule.least}
    if isinstance(rule, rules.AllOf):
        return _("All of these")
    return heading(rule)


def lead_of(place: int, size: int, *, others_are_single: bool) -> str:
    """What stands above an option: "or both of these". Nothing between options of one thing each."""
    if size == 1:
        return "" if place == 0 or others_are_single else _("or")
    if place == 0:
        return _("Both of these") if size == 2 else _("All of these")
    return _("or both of these") if size == 2 else _("or all of these")


def instead_lead(alternative: rules.Alternative, size: int) -> str:
    """What stands above what may replace a requirement."""
    name = in_language(alternative.title)
    if name:
        return _("or instead: %(what)s") % {"what": name}
    return lead_of(1, size, others_are_single=False)
