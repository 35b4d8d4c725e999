"""What we hold of a person, in plain words: each sentence covers purposes of the data map, so none is left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from lms.members.models import Member
from lms.members.queries import sign_in_addresses
from lms.organisation.models import Membership, Term
from lms.pages.templatetags.tillit import long_date
from lms.periods import today
from lms.privacy.declarations import Kind, OnErase, declared
from lms.privacy.ways import is_own

Facts = list[tuple[str, str]]

SENTENCES: dict[str, tuple[str, ...]] = {
    gettext_noop("To greet you, print your certificates, and let your own board see who is in it."): (
        "greet, certificates, lists for the person's own board",
        "search and order by name",
    ),
    gettext_noop("To know that you and the member register mean the same person."): (
        "match the member register",
        "know again who signs in with the organisation's own sign-in",
    ),
    gettext_noop("To know which records were yours when two became one, and to take it back if it was wrong."): (
        "know which records were one person, and take a wrong merge back",
        "take a wrong merge back as it was",
    ),
    gettext_noop("To count age and gender in groups of five or more. Both are yours to leave out."): (
        "courses and figures by age band, never the day",
        "composition of bodies, only in cells of five or more; optional",
    ),
    gettext_noop("To show what you have agreed to, and when."): ("show what a person agreed to, and when",),
    gettext_noop("To let you sign in, and write to you in your own language, once for each thing."): (
        "confirm a sign-in address",
        "letters about courses and tasks",
        "send each letter once",
        "sign-in",
        "whose sign-in address it is",
        "write only to an address that is the person's",
        "write to the person in their own language",
    ),
    gettext_noop("To place you in the right unit when yours is divided."): (
        "which unit a person goes to when theirs is split; optional",
        "which unit a person of a split unit goes to, and what undoing would restore",
    ),
    gettext_noop("To know which courses and news concern you."): (
        "which courses and news concern the person",
        "when the person became known here",
    ),
    gettext_noop("To bring the member register over: what its file says of you, for a week at most."): (
        "bring the member register over, seen before it counts",
    ),
    gettext_noop("To close your account and erase you in time when you leave."): ("lock at leaving and erase in time",),
    gettext_noop("To give back exactly what your leaving ended, if you come back."): (
        "give back exactly what a leaving ended, when it is undone",
    ),
    gettext_noop("To give you the rights and tasks of your office while it lasts."): (
        "rights, onboarding and tasks follow from the office held",
        "who may do what for whom",
        "projection of rights into the CMS",
    ),
    gettext_noop("To let you go on where you were, on any device. Levels and certificates rest on it."): (
        "continue where one was; levels and certificates rest on it",
        "to go on where one was, and to know that a film in a course has been watched",
    ),
    gettext_noop("To mark your tests and show you what to read again. Answers go after a year, the mark stays."): (
        "mark the attempt and show what to read again",
        "levels rest on papers passed",
    ),
    gettext_noop("To know what you can and what shows it, so that nobody has to ask you twice."): (
        "what the person can, and what shows it: levels, plans and the training itself rest on it",
    ),
    gettext_noop("Your own view of what you can. You see it, and those you show it to."): (
        "the person's own view of what they can, shown to them and to whom they choose",
    ),
    gettext_noop("To ask somebody to vouch for what you can, and to have what you could before you came recognised."): (
        "asking somebody to vouch for what one can",
        "having what one can already recognised",
    ),
    gettext_noop("To follow your plan for what to learn in the office, together with you."): (
        "what the person has planned to learn in the office, and how far they have come",
    ),
    gettext_noop("To see whom a new rule for a level would touch, before it is decided."): (
        "seeing what a change would mean before it is made",
    ),
    gettext_noop("To find your line in the archive again, so that it can be emptied when you leave."): (
        "what leads from the person to their row in the archive, so that the row can be blanked",
    ),
    gettext_noop("Your own notes. Only you see them."): ("the person's own notes, shown to nobody else",),
    gettext_noop("To print your certificates and answer those who check them."): (
        "print the certificate and answer those who check it",
    ),
    gettext_noop("To tell you what concerns you, once."): (
        "tell the person what concerns them, once",
        "say the same thing once",
    ),
    gettext_noop("To keep your account safe: a scrambled password, your second factor, when you last signed in."): (
        "sign-in (hash)",
        "find accounts out of use",
        "the second factor of a sign-in",
        "check the factor (key, encrypted seed)",
        "let the right person, and nobody else, open the account",
        "know the link or the code again (hash)",
        "know the link again (hash)",
    ),
    gettext_noop("To know that a film is really being played."): ("to judge whether the next beat can be true",),
    gettext_noop("To read the next file you bring as you read the last one."): (
        "read the person's files without asking again",
    ),
}
"""In the reader's words → the purposes of the data map it covers. A test holds them together."""

_HEADS: dict[Kind, tuple[str | Promise, str | Promise]] = {
    Kind.IDENTITY: (
        gettext_lazy("Who you are"),
        gettext_lazy("Kept as long as you belong here, and erased seven days after you leave."),
    ),
    Kind.CONTACT: (
        gettext_lazy("How to reach you"),
        gettext_lazy("Kept as long as you belong here, and erased seven days after you leave."),
    ),
    Kind.POLITICAL: (
        gettext_lazy("Where you belong"),
        gettext_lazy("It says something of your opinions, so the law guards it. Erased seven days after you leave."),
    ),
    Kind.OFFICE: (
        gettext_lazy("What you are elected to and may do"),
        gettext_lazy("Rights that have ended are kept for two years. Erased when you are."),
    ),
    Kind.LEARNING: (
        gettext_lazy("What you learn"),
        gettext_lazy("Erased when you leave, unless you ask us to keep your course history. You choose."),
    ),
    Kind.TECHNICAL: (
        gettext_lazy("What the machinery needs"),
        gettext_lazy("Kept no longer than it is of use. The trail of who did what to whom is kept for two years."),
    ),
}


@dataclass(frozen=True, slots=True)
class Held:
    """One sort of data: what it is called, why we hold it, for how long, and what it says just now."""

    title: str
    why: list[str]
    keep: str
    facts: Facts = field(default_factory=list)


def own_purposes(kind: Kind) -> list[str]:
    """The purposes of one kind for which a person's own rows are held."""
    own = [said for said in declared().values() if said.model is get_user_model() or is_own(said.model)]
    gone = [rule for said in own for rule in said.personal.values() if rule.on_erase == OnErase.DELETE_ROW]
    rules = [rule for rule in gone if rule.kind == kind]
    return [p for p in dict.fromkeys(rule.purpose for rule in rules) if not p.startswith("not used")]


def held_of(member: Member) -> list[Held]:
    """Everything we hold of a person, sort by sort. Three queries."""
    covers = {purpose: sentence for sentence, purposes in SENTENCES.items() for purpose in purposes}
    facts = {Kind.IDENTITY: _identity(member), Kind.CONTACT: _contact(member), Kind.POLITICAL: _places(member)}
    facts[Kind.OFFICE] = _offices(member)
    found = []
    for kind, (title, keep) in _HEADS.items():
        why = [_(covers.get(purpose, purpose)) for purpose in own_purposes(kind)]
        found.append(Held(str(title), list(dict.fromkeys(why)), str(keep), facts.get(kind, [])))
    return found


def _told(*facts: tuple[str, object]) -> Facts:
    return [(label, str(value)) for label, value in facts if value]


def _identity(member: Member) -> Facts:
    return _told(
        (_("Name"), member.name),
        (_("Member number"), member.member_number),
        (_("Birth year"), member.birth_year),
        (_("Gender"), {"woman": _("woman"), "man": _("man"), "other": _("other")}.get(member.gender)),
    )


def _contact(member: Member) -> Facts:
    addresses = ", ".join(sign_in_addresses(member))
    return _told(
        (_("Letters go to"), member.email), (_("You sign in with"), addresses), (_("Postal code"), member.postal_code)
    )


def _places(member: Member) -> Facts:
    rows = Membership.objects.filter(member=member).select_related("unit").order_by("valid_from")
    return [(row.unit.name, _span(row)) for row in rows]


def _offices(member: Member) -> Facts:
    rows = Term.objects.filter(member=member).select_related("office", "body__unit").order_by("valid_from")
    return [(f"{row.office}, {row.body.unit.name}", _span(row)) for row in rows]


def _span(row: Membership | Term) -> str:
    start, end = long_date(row.valid_from), row.valid_until
    if end is None:
        return _("since %(start)s") % {"start": start}
    words = _("%(start)s until %(end)s") if end <= today() else _("since %(start)s, until %(end)s")
    return words % {"start": start, "end": long_date(end)}


def what_goes() -> list[str]:
    """What is erased."""
    return [
        _("Your name, e-mail, member number and everything else that says who you are."),
        _("Your courses, answers, notes and levels, unless you keep your course history."),
        _("Your certificates. Their numbers then answer as if they had never been."),
        _("Your sign-in, your notices and the copies you have asked for."),
    ]


def what_stays() -> list[str]:
    """What stays, and why."""
    return [
        _("A trail of who did what to whom, with a number that leads to nobody, for two years."),
        _("Pages and films you made for others, without your name as the owner."),
        _("Your name as the one who signed other people's certificates: those are theirs."),
        _("Figures already counted, in which nobody can be found."),
    ]
