"""A finding in one sentence, in the reader's language. Pure but for the active language."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from courses.progression import rules
from courses.progression.finding import Finding
from courses.progression.listing import Phrase, both, either, listed
from courses.progression.phrases import heading, phrase_for
from lms.pages.templatetags.tillit import long_date
from lms.wording import in_language


def sentence(finding: Finding, *, of_another: bool = False) -> str:
    """What holds since when, or what is missing: the sentence that stands at a lock.

    ``of_another`` words it for the administrator who reads about somebody else.
    """
    if finding.is_met:
        return _there(finding)
    words = _("Still has to %(what)s.") if of_another else _("You need to %(what)s.")
    return words % {"what": need(finding)}


def need(finding: Finding) -> str:
    """What is still to be done, as the end of "You need to …"."""
    rule = finding.rule
    if not isinstance(rule, rules.Substitutable):
        return _phrase(finding).text
    instead = [
        f"{in_language(alternative.title)} ({_phrase(other).text})"
        if in_language(alternative.title)
        else _phrase(other).text
        for alternative, other in zip(rule.alternatives, finding.parts[1:], strict=True)
    ]
    own = _phrase(replace(finding, rule=replace(rule, alternatives=()), parts=finding.parts[:1])).text
    return _("%(own)s, or instead: %(others)s") % {"own": own, "others": listed(instead, _("or"))} if instead else own


def _phrase(finding: Finding) -> Phrase:
    """What is still to be done. What is there already is left out."""
    rule = finding.rule
    match rule:
        case rules.AllOf():
            return both([_phrase(part) for part in finding.missing])
        case rules.AnyOf():
            more = rule.least - sum(part.is_met for part in finding.parts)
            return either([_phrase(part) for part in finding.missing], more)
        case rules.Substitutable():
            return _replaceable(finding, rule)
        case _:
            return _noted(phrase_for(rule), _notes(finding))


def _replaceable(finding: Finding, rule: rules.Substitutable) -> Phrase:
    """A requirement with what may stand in for it, by name."""
    names = [in_language(alternative.title) for alternative in rule.alternatives]
    notes = [_("or %(others)s") % {"others": listed(names, _("or"))}] if all(names) and names else []
    own = finding.parts[0]
    if finding.is_lapsed and finding.since and not own.is_lapsed:
        notes.append(_("what stood in for it lapsed %(date)s") % {"date": long_date(finding.since)})
    if isinstance(own.rule, (rules.AllOf, rules.AnyOf, rules.Substitutable)):
        return _noted(_phrase(own), notes)
    return _noted(phrase_for(own.rule), [*_notes(own), *notes])


def _noted(phrase: Phrase, notes: list[str]) -> Phrase:
    return replace(phrase, what=f"{phrase.what} ({', '.join(notes)})") if notes else phrase


def _notes(finding: Finding) -> list[str]:
    """What is worth knowing of a leaf that is not met: that nobody has made it yet, that it lapsed, how far one is."""
    notes = []
    if getattr(finding.rule, "is_planned", False):
        notes.append(_("coming"))
    if finding.is_lapsed:
        notes.append(_("lapsed %(date)s") % {"date": long_date(finding.since)} if finding.since else _("has faded"))
    if finding.changes_on:
        notes.append(_("by itself on %(date)s") % {"date": long_date(finding.changes_on)})
    elif finding.reached:
        notes.append(_so_far(finding) % {"reached": finding.reached})
    return notes


def _so_far(finding: Finding) -> str:
    match finding.rule:
        case rules.PaperPassed() | rules.SessionAttended():
            return _("best so far: %(reached)d %%")
        case rules.CompetenceHeld():
            return _("now: level %(reached)d")
        case _:
            return _("so far: %(reached)d")


def _there(finding: Finding) -> str:
    """What holds: since when, until when, and what stands in for it when something does."""
    if isinstance(finding.rule, rules.Substitutable) and finding.parts[0].is_met:
        return _there(finding.parts[0])
    what = heading(finding.rule)
    if finding.since is None:
        return _("%(what)s: done.") % {"what": what}
    told = {"what": what, "date": long_date(finding.since), "until": long_date(finding.until)}
    instead = _instead(finding)
    if instead:
        told["instead"] = instead
        if finding.until:
            return _("%(what)s: %(instead)s since %(date)s, until %(until)s.") % told
        return _("%(what)s: %(instead)s since %(date)s.") % told
    if finding.until:
        return _("%(what)s: in place since %(date)s, until %(until)s.") % told
    holds = isinstance(
        finding.rule, (rules.OfficeHeld, rules.Hours, rules.LevelHeld, rules.CompetenceHeld, rules.CompetenceCount)
    )
    return (_("%(what)s: in place since %(date)s.") if holds else _("%(what)s: done %(date)s.")) % told


def _instead(finding: Finding) -> str:
    """What stands in for a requirement that is not met itself: an alternative by name, or a waiver."""
    rule = finding.rule
    if not isinstance(rule, rules.Substitutable):
        return ""
    for alternative, other in zip(rule.alternatives, finding.parts[1:], strict=True):
        if other.is_met:
            return _("replaced by %(what)s") % {"what": in_language(alternative.title) or alternative.name}
    return _("waived")
