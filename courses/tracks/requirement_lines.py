"""The findings of a rule as the lines of a rung: met, missing or lapsed, with the reason and where to go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from courses.progression import rules
from courses.progression.finding import Finding
from courses.tracks.asked_words import asked_for, instead_lead, lead_of
from courses.tracks.helping import Help
from courses.tracks.lacking import reason
from lms.pages.templatetags.tillit import long_date
from lms.wording import in_language

LEARNED = (rules.CourseCompleted, rules.SessionAttended)
"""What somebody may have learned elsewhere."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go, and the words to press."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Option:
    """One of several that are enough, or what may stand in for the rest: its lines, and the words above them."""

    lead: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement. ``state``: met, missing or lapsed. ``is_coming``: planned, and not there yet."""

    state: str
    title: str
    detail: str
    is_coming: bool = False
    links: tuple[Link, ...] = ()
    options: tuple[Option, ...] = ()
    instead: tuple[Option, ...] = ()


def lines_of(finding: Finding, help_at: Help) -> tuple[Line, ...]:
    """The lines of a finding; of everything together one line each."""
    if isinstance(finding.rule, rules.AllOf):
        return tuple(line for part in finding.parts for line in lines_of(part, help_at))
    return (_line(finding, help_at),)


def _line(finding: Finding, help_at: Help) -> Line:
    rule = finding.rule
    if isinstance(rule, rules.AnyOf):
        return Line(str(finding.state), asked_for(rule), _so_far(finding, rule), options=_options(finding, help_at))
    if isinstance(rule, rules.Substitutable):
        return _replaceable(finding, rule, help_at)
    is_coming = bool(getattr(rule, "is_planned", False)) and not finding.is_met
    links = () if finding.is_met or is_coming else tuple(links_for(finding, help_at))
    return Line(str(finding.state), asked_for(rule), reason(finding, help_at), is_coming, links)


def _options(finding: Finding, help_at: Help) -> tuple[Option, ...]:
    """Those beside each other. Once enough are met, only these are shown."""
    shown = [part for part in finding.parts if part.is_met] if finding.is_met else finding.parts
    lines = [lines_of(part, help_at) for part in shown]
    single = all(len(own) == 1 for own in lines)
    return tuple(Option(lead_of(n, len(own), others_are_single=single), own) for n, own in enumerate(lines))


def _replaceable(finding: Finding, rule: rules.Substitutable, help_at: Help) -> Line:
    """A requirement something else may stand in for: it is shown until the requirement is met, then only if it did."""
    own, *others = finding.parts
    line = _line(own, help_at)
    instead = tuple(
        Option(instead_lead(alternative, len(lines)), lines)
        for alternative, other in zip(rule.alternatives, others, strict=True)
        if (lines := lines_of(other, help_at)) and (other.is_met or not finding.is_met)
    )
    if own.is_met:
        instead = ()
    return replace(
        line,
        state=str(finding.state),
        detail=line.detail if finding.is_met == own.is_met else _instead_words(finding, others),
        is_coming=line.is_coming and not finding.is_met,
        links=() if finding.is_met else (*line.links, *_recognised(rule)),
        instead=instead,
    )


def _so_far(finding: Finding, rule: rules.AnyOf) -> str:
    met = sum(part.is_met for part in finding.parts)
    if finding.is_met or rule.least == 1:
        return ""
    return _("%(done)d of %(n)d so far") % {"done": met, "n": rule.least}


def _instead_words(finding: Finding, others: list[Finding]) -> str:
    if any(other.is_met for other in others):
        return _("Something else stands in for it.")
    if finding.until:
        return _("You need not, until %(date)s.") % {"date": long_date(finding.until)}
    return _("You need not.")


def links_for(finding: Finding, help_at: Help) -> list[Link]:
    """Where one can do what is missing."""
    match finding.rule:
        case rules.CourseCompleted(course=key):
            course = help_at.courses.get(key)
            words = _("Continue") if course and course.progress else _("Open the course")
            return [Link(course.url, words)] if course and course.url else []
        case rules.PaperPassed(paper=key):
            return [Link(help_at.tests[key], _("Go to the test"))] if key in help_at.tests else []
        case rules.Attested() as rule:
            return link_to("ask_attestation", _("Ask somebody to confirm it"), about=rule.about)
        case rules.LevelHeld(level=key):
            return link_to("level_on_ladder", _("See the level"), args=[key])
        case rules.CompetenceHeld() as rule:
            courses = [help_at.courses[key] for key in help_at.proving.get((rule.competence, rule.least), ())]
            found = [Link(course.url, in_language(course.title)) for course in courses if course.url]
            words, level = _("Ask somebody to confirm it"), str(rule.least)
            vouched = link_to("ask_attestation", words, competence=rule.competence, level=level)
            return [*found[:2], *vouched, *link_to("competence", _("Where you stand"), args=[rule.competence])]
        case _:
            return []


def _recognised(rule: rules.Substitutable) -> list[Link]:
    """That what one can from elsewhere may count, where the rule has a name for it: of what is learned, not of time."""
    if not rule.key or not isinstance(rule.rule, LEARNED):
        return []
    return link_to("apply_prior", _("I can this already"), requirement=rule.key)


def link_to(name: str, label: str, args: list[str] | None = None, **asked: str) -> list[Link]:
    """A link to a named page, with what is asked there."""
    url = reverse(name, args=args)
    return [Link(f"{url}?{urlencode(asked)}" if asked else url, label)]
