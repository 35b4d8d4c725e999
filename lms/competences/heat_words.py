"""The heat map in words: a verdict on each row, one sentence that says it all, and what each move is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lms.competences.framework import EntryShown
from lms.competences.heat import Heat, HeatRow
from lms.competences.together import Judgement, Move, Verdict

TAGS = {
    Verdict.MISSING: "late",
    Verdict.NOBODY: "due",
    Verdict.ALONE: "due",
    Verdict.SHORT: "due",
    Verdict.OFFICES: "due",
    Verdict.TOGETHER: "done",
    Verdict.TEACH: "done",
}
MENTIONED = 2


def listed(words: Iterable[str]) -> str:
    """Words in a row: a, b and c."""
    told = list(words)
    if len(told) < 2:
        return "".join(told)
    return pgettext("list", "%(some)s and %(last)s") % {"some": ", ".join(told[:-1]), "last": told[-1]}


def inside(title: str) -> str:
    """A title as it stands within a sentence: "Budsjett" is "budsjett", "HMS" stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def verdict_of(row: Judgement, names: Sequence[str]) -> str:
    """The verdict on one competence."""
    judged = row.judged
    given = {"level": judged.level, "count": judged.more, "name": names[judged.who[0]] if judged.who else ""}
    if judged.verdict == Verdict.MISSING:
        return _("Nobody has begun")
    if judged.verdict == Verdict.NOBODY:
        return _("Nobody at level %(level)s yet") % given
    if judged.verdict == Verdict.ALONE:
        return _("%(name)s carries this alone") % given
    if judged.verdict == Verdict.SHORT:
        return _short(row, given)
    if judged.verdict == Verdict.OFFICES:
        have = {"have": len(row.asked_of) - judged.more, "all": len(row.asked_of)}
        return _("%(have)s of %(all)s have what their office needs") % have
    if judged.verdict == Verdict.TEACH:
        one, many = _("%(name)s can teach others"), _("%(count)s can teach others")
        return (one if len(judged.who) == 1 else many) % {"name": given["name"], "count": len(judged.who)}
    return _("You have it together")


def _short(row: Judgement, given: dict[str, object]) -> str:
    if row.judged.of_everybody:
        one, many = _("%(name)s is below level %(level)s"), _("%(count)s are below level %(level)s")
        words = one if row.judged.more == 1 else many
    else:
        words = ngettext(
            "One more is needed at level %(level)s", "%(count)s more are needed at level %(level)s", row.judged.more
        )
    return words % given


def need_in_words(row: Judgement) -> str:
    """What is needed in a competence: "2 at level 2, one at level 3"; of offices the levels they ask for."""
    if not row.needs:
        asked = sorted(set(row.asked_of.values()))
        levels = {"least": asked[0], "most": asked[-1]}
        one = _("the offices need level %(most)s"), _("the offices need level %(least)s to %(most)s")
        return one[len(asked) > 1] % levels
    told = []
    for need in row.needs:
        if not need.least:
            told.append(_("everybody at level %(level)s") % {"level": need.level})
        else:
            words = ngettext("one at level %(level)s", "%(count)s at level %(level)s", need.least)
            told.append(words % {"level": need.level, "count": need.least})
    return ", ".join(told)


def sentence(heat: Heat) -> str:
    """What the body can, in one breath: where it is strong, where one person carries all, what nobody has."""
    rows = heat.shared or heat.others
    if not rows:
        return ""
    if all(row.judgement.judged.verdict == Verdict.MISSING for row in rows):
        return _("Nothing is proven yet. The first course, or somebody who vouches, changes that.")
    parts = [_strong(heat, rows), _alone(heat, rows), _lacking(heat, rows)]
    told = " ".join(part for part in parts if part)
    return told or _("You are on the way: nothing is missing, and some need one step more.")


def _strong(heat: Heat, rows: Sequence[HeatRow]) -> str:
    fine = {area.key: str(area) for area in heat.framework.areas}
    areas = [
        fine[key]
        for key in dict.fromkeys(row.entry.area for row in rows)
        if key in fine and all(row.judgement.judged.is_fine for row in rows if row.entry.area == key)
    ]
    if not areas:
        return ""
    if all(row.judgement.judged.is_fine for row in rows):
        return _("You have together what you need.")
    return _("Strong on %(what)s.") % {"what": listed(inside(area) for area in areas)}


def _alone(heat: Heat, rows: Sequence[HeatRow]) -> str:
    found = _with(rows, Verdict.ALONE)
    if not found:
        return ""
    words = ngettext(
        "Vulnerable on %(what)s: only one can do it.", "Vulnerable on %(what)s: only one can do each.", len(found)
    )
    return words % {"what": _mentioned(heat, found)}


def _lacking(heat: Heat, rows: Sequence[HeatRow]) -> str:
    found = _with(rows, Verdict.MISSING) or _with(rows, Verdict.NOBODY)
    if not found:
        return ""
    return _("Nobody is far enough yet in %(what)s.") % {"what": _mentioned(heat, found)}


def _with(rows: Sequence[HeatRow], verdict: Verdict) -> list[EntryShown]:
    return [row.entry for row in rows if row.judgement.judged.verdict == verdict]


def _mentioned(heat: Heat, entries: Sequence[EntryShown]) -> str:
    """One or two by name; of more, the areas they are in."""
    if len(entries) <= MENTIONED:
        return listed(inside(str(entry)) for entry in entries)
    areas = {area.key: inside(str(area)) for area in heat.framework.areas}
    return listed(dict.fromkeys(areas.get(entry.area, entry.area) for entry in entries))


@dataclass(frozen=True, slots=True)
class MoveShown:
    """A move as it is shown. ``is_readers``: the reader is one of those it names."""

    key: str
    title: str
    text: str
    is_readers: bool


def move_shown(move: Move, heat: Heat, reader_at: int | None) -> MoveShown:
    """One of the moves that help most, in words."""
    what = str(heat.framework.entry(move.row.key))
    names = listed(heat.people[place].name for place in move.nearest)
    given = {"what": what, "within": inside(what), "level": move.level, "count": move.row.judged.more, "names": names}
    return MoveShown(
        key=move.row.key,
        title=_title(move, given),
        text=f"{_who(move, given)} {_how(move.level)}".strip(),
        is_readers=reader_at in move.nearest,
    )


def _title(move: Move, given: dict[str, object]) -> str:
    if move.row.judged.of_everybody:
        return _("Everybody on %(within)s") % given
    if move.row.judged.verdict == Verdict.MISSING:
        return _("Begin with %(within)s") % given
    if move.row.judged.verdict == Verdict.OFFICES:
        return _("What your offices need in %(within)s") % given
    if move.row.judged.verdict == Verdict.NOBODY:
        return _("Somebody at level %(level)s in %(within)s") % given
    return ngettext("One more on %(within)s", "%(count)s more on %(within)s", move.row.judged.more) % given


def _who(move: Move, given: dict[str, object]) -> str:
    if not move.nearest:
        return ""
    if move.from_level == 0:
        if any(place in move.row.asked_of for place in move.nearest):
            words = ngettext(
                "%(names)s holds an office that needs it.", "%(names)s hold offices that need it.", len(move.nearest)
            )
            return words % given
        return _("Nobody is nearest. Ask who would like to.")
    words = ngettext("%(names)s is nearest.", "%(names)s are nearest.", len(move.nearest))
    return words % given


def _how(level: int) -> str:
    if level <= 1:
        return _("A lesson or a short course is enough.")
    if level == 2:
        return _("A course with a test gets there.")
    if level == 3:
        return _("A year in the office and somebody who vouches gets there, or practice that somebody has seen.")
    return _("It takes practice that somebody has seen.")
