"""What each kind of requirement asks for, in words: to do, and as a heading. Pure but for the active language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courses.progression import rules
from courses.progression.listing import Phrase, listed, number
from lms.wording import in_language


def phrase_for(rule: rules.Rule) -> Phrase:
    """What a leaf asks one to do, after "You need to"."""
    match rule:
        case rules.CourseCompleted():
            return Phrase(in_language(rule.title) or rule.course, _("complete %(what)s"))
        case rules.PaperPassed():
            told = {"paper": in_language(rule.title) or rule.paper, "least": rule.least_percent}
            return Phrase(_("%(paper)s with at least %(least)d %%") % told, _("pass %(what)s"))
        case rules.CompetenceHeld():
            verb = _("reach level %(level)d in %(what)s") % {"level": rule.least, "what": "%(what)s"}
            return Phrase(in_language(rule.title) or rule.competence, verb)
        case rules.CompetenceCount():
            return Phrase(
                _("reach level %(level)d in %(count)d competences") % {"level": rule.least, "count": rule.count}
            )
        case rules.LevelHeld():
            words = _("have held the level %(level)s") if rule.or_lapsed else _("hold the level %(level)s")
            return Phrase(words % {"level": in_language(rule.title) or rule.level})
        case rules.OfficeHeld():
            return Phrase(_("have %(what)s") % {"what": time_in_office(rule)}, has_commas=len(rule.offices) > 2)
        case _:
            return _phrase_for_practice(rule)


def _phrase_for_practice(rule: rules.Rule) -> Phrase:
    match rule:
        case rules.SessionAttended():
            told = {"share": rule.least_share, "session": in_language(rule.title) or rule.session}
            return Phrase(_("take part in at least %(share)d %% of %(session)s") % told)
        case rules.PracticeObserved():
            return Phrase(_observed(rule), has_commas=True)
        case rules.Hours():
            words = _("teach at least %(hours)s") if rule.is_taught else _("collect at least %(hours)s of training")
            return Phrase(within(words % {"hours": hours(rule.least)}, rule.within_months))
        case rules.Attested():
            told = {"what": in_language(rule.title) or rule.about, "by": vouchers(rule.by)}
            return Phrase(_("have it confirmed by %(by)s: %(what)s") % told, has_commas=len(rule.by) > 2)
    raise TypeError(f"no such rule: {rule!r}")


def heading(rule: rules.Rule) -> str:
    """What it is called once it is there, at the head of "…: done 3 March"."""
    match rule:
        case rules.CourseCompleted() | rules.PaperPassed() | rules.SessionAttended() | rules.PracticeObserved():
            return _capital(in_language(rule.title))
        case rules.CompetenceHeld():
            return _("Level %(level)d in %(what)s") % {"level": rule.least, "what": in_language(rule.title)}
        case rules.CompetenceCount():
            return _("Level %(level)d in %(count)d competences") % {"level": rule.least, "count": rule.count}
        case rules.LevelHeld():
            return _("The level %(level)s") % {"level": in_language(rule.title)}
        case rules.OfficeHeld():
            return _capital(time_in_office(rule))
        case rules.Hours():
            words = _("At least %(hours)s of teaching") if rule.is_taught else _("At least %(hours)s of training")
            return within(words % {"hours": hours(rule.least)}, rule.within_months)
        case rules.Attested():
            return _("Confirmed: %(what)s") % {"what": in_language(rule.title)}
        case rules.Substitutable():
            return heading(rule.rule)
        case _:
            return _("Everything required")


def time_in_office(rule: rules.OfficeHeld) -> str:
    """At least 6 months as chair, deputy chair or secretary within the last 36 months."""
    told: dict[str, int | str] = {"months": rule.months}
    if rule.offices:
        words = ngettext("at least %(months)d month as %(what)s", "at least %(months)d months as %(what)s", rule.months)
        titles = [_small(in_language(title)) for title in rule.titles] or list(rule.offices)
        told |= {"what": listed(titles, _("or"))}
    else:
        words = ngettext(
            "at least %(months)d month in an office of a board",
            "at least %(months)d months in an office of a board",
            rule.months,
        )
    return within(_at(words % told, rule.unit_kinds), rule.within_months)


def within(what: str, months: int | None) -> str:
    """The same, within the last 36 months; as it is where there is no window."""
    if months is None:
        return what
    words = ngettext("%(what)s within the last %(n)d month", "%(what)s within the last %(n)d months", months)
    return words % {"what": what, "n": months}


def hours(amount: float) -> str:
    """12 hours; 7,5 hours."""
    told = number_format(amount, 0 if float(amount).is_integer() else 1)
    return ngettext("%(n)s hour", "%(n)s hours", 1 if amount == 1 else 2) % {"n": told}


def _observed(rule: rules.PracticeObserved) -> str:
    told = {
        "form": in_language(rule.title) or rule.form,
        "score": rule.least_score,
        "times": number(rule.count),
        "people": number(rule.distinct_observers),
    }
    if rule.distinct_observers > 1:
        words = _("complete %(form)s %(times)s times, rated at least %(score)d by %(people)s different observers")
    elif rule.count > 1:
        words = _("complete %(form)s %(times)s times, rated at least %(score)d")
    else:
        words = _("complete %(form)s, rated at least %(score)d")
    return words % told


def vouchers(places: Iterable[str]) -> str:
    """The chair of the unit above or an instructor; somebody where no place is named."""
    words = {
        "chair": pgettext("who confirms", "the chair here"),
        "training": pgettext("who confirms", "the training officer here"),
        "chair_parent_unit": pgettext("who confirms", "the chair of the unit above"),
        "training_parent_unit": pgettext("who confirms", "the training officer of the unit above"),
        "national_training": pgettext("who confirms", "the national training officer"),
        "instructor": pgettext("who confirms", "an instructor"),
        "administrator": pgettext("who confirms", "an administrator"),
    }
    named = [words[place] for place in places if place in words]
    return listed(named, _("or")) or pgettext("who confirms", "somebody who has seen it")


def _at(what: str, kinds: Iterable[str]) -> str:
    """The same, in a county or nationally; as it is where it may be anywhere."""
    words = {
        "national": pgettext("where an office is held", "nationally"),
        "county": pgettext("where an office is held", "in a county"),
        "municipal": pgettext("where an office is held", "in a municipality"),
        "local": pgettext("where an office is held", "in a local branch"),
    }
    named = [words[kind] for kind in kinds if kind in words]
    return f"{what} {listed(named, _('or'))}" if named else what


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
