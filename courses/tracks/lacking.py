"""Why a requirement on the ladder holds or does not, in a sentence beside its name."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.progression import rules
from courses.progression.finding import Finding
from courses.progression.phrases import vouchers
from courses.tracks.helping import Help
from lms.pages.templatetags.tillit import long_date, minutes

DONE_ONCE = (rules.CourseCompleted, rules.PaperPassed, rules.SessionAttended, rules.PracticeObserved, rules.Attested)
"""What is done on a day; the rest holds from one."""


def reason(finding: Finding, help_at: Help) -> str:
    """Since when it holds and until when; or what is lacking, and when time alone will mend it."""
    if finding.is_met:
        return _holds(finding)
    words = [_lapsed(finding), _lacks(finding, help_at)]
    if finding.changes_on:
        words.append(_("Enough on %(date)s, if nothing changes.") % {"date": long_date(finding.changes_on)})
    return " ".join(filter(None, words))


def _holds(finding: Finding) -> str:
    if finding.since is None:
        return ""
    told = {"date": long_date(finding.since), "until": long_date(finding.until)}
    if finding.until:
        return _("Since %(date)s. Holds until %(until)s.") % told
    return (_("Done %(date)s.") if isinstance(finding.rule, DONE_ONCE) else _("Since %(date)s.")) % told


def _lapsed(finding: Finding) -> str:
    if not finding.is_lapsed:
        return ""
    return _("Lapsed %(date)s.") % {"date": long_date(finding.since)} if finding.since else _("It has faded.")


def _lacks(finding: Finding, help_at: Help) -> str:
    told, reached = {"n": finding.reached or 0}, finding.reached
    match finding.rule:
        case rules.CourseCompleted() as rule:
            return _course(rule, help_at)
        case rules.PaperPassed():
            return _("Best so far: %(n)d %%.") % told if reached else _("Not passed yet.")
        case rules.SessionAttended():
            return _("You have taken part in %(n)d %% so far.") % told if reached else _("You have not taken part yet.")
        case rules.CompetenceHeld():
            return _("You are at level %(n)d.") % told
        case rules.CompetenceCount():
            return ngettext("%(n)d so far.", "%(n)d so far.", told["n"]) % told
        case rules.LevelHeld():
            return "" if finding.is_lapsed else _("You do not have it yet.")
        case rules.OfficeHeld():
            return ngettext("%(n)d month so far.", "%(n)d months so far.", told["n"]) % told
        case rules.Hours():
            return ngettext("%(n)d hour so far.", "%(n)d hours so far.", told["n"]) % told
        case rules.PracticeObserved():
            return ngettext("Observed %(n)d time so far.", "Observed %(n)d times so far.", told["n"]) % told
        case rules.Attested() as rule:
            return _("By %(who)s.") % {"who": vouchers(rule.by)}
        case _:
            return ""


def _course(rule: rules.CourseCompleted, help_at: Help) -> str:
    course, left = help_at.courses.get(rule.course), help_at.minutes_of(rule)
    told = {"time": minutes(left)} if left else {}
    if course is None or course.progress is None:
        words = "" if rule.is_planned else _("Not completed yet.")
        return " ".join(filter(None, [words, _("About %(time)s.") % told if told else ""]))
    total = len(course.progress.outline.taught)
    lessons = ngettext("%(done)d of %(n)d lesson.", "%(done)d of %(n)d lessons.", total)
    words = lessons % {"done": course.progress.done_lessons, "n": total}
    ahead = _("%(time)s left.") % told if told else ""
    return f"{words} {ahead}".rstrip()
