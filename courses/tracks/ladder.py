"""The ladder as a member sees it: every level of a track, where one stands to it, and what helps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.models import Credential
from courses.progression import rules
from courses.progression.explain import need
from courses.progression.finding import Finding
from courses.progression.models import Award, Level, LevelRule, Track
from courses.progression.queries import Standing, standings
from courses.tracks.helping import Help, help_for
from courses.tracks.paths import Path, leaves_left, paths_of
from courses.tracks.requirement_lines import Line, Link, lines_of, links_for
from lms.members.models import Member
from lms.periods import add_months, today
from lms.wording import in_language

SOON_MONTHS = 12
"""How long before a level lapses its renewal is shown on the ladder."""


class Place(StrEnum):
    """Where a person stands to a level."""

    HELD = "held"
    SOON = "soon"
    LAPSED = "lapsed"
    REACH = "reach"
    LOCKED = "locked"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to renew: in words, how long, what to press."""

    words: str
    minutes: int | None
    is_coming: bool
    is_begun: bool
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What a person was given of one level: first on a day, renewed last on another; the newest certificate of it."""

    reached: dt.date
    renewed: dt.date | None
    certificate: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One level. ``after``: the title of the level that opens it; ``is_here``: the one to work on now."""

    level: Level
    place: Place
    rule: LevelRule | None = None
    given: Given | None = None
    until: dt.date | None = None
    lines: tuple[Line, ...] = ()
    ways: tuple[Way, ...] = ()
    after: str = ""
    is_here: bool = False
    action: Link | None = None

    @property
    def met(self) -> int:
        """How many of its requirements are met."""
        return sum(line.state == "met" for line in self.lines)

    @property
    def is_held(self) -> bool:
        """Whether it is held and valid."""
        return self.place in (Place.HELD, Place.SOON)


@dataclass(frozen=True, slots=True)
class Ladder:
    """A track with its rungs, lowest first."""

    track: Track
    rungs: tuple[Rung, ...]

    @property
    def laid(self) -> int:
        """How many stones are laid: the highest level held."""
        return max((rung.level.order for rung in self.rungs if rung.is_held), default=0)


def tracks_shown() -> list[Track]:
    """The tracks with a level one can reach, or that was made ready; without those that were put away."""
    return list(Track.objects.filter(archived_at=None, levels__isnull=False).distinct())


def ladder_of(member: Member, track: Track, *, on: dt.date | None = None) -> Ladder:
    """Where a person stands to each level of a track. Constant queries, whatever the levels require."""
    day = on or today()
    found = {standing.level.pk: standing for standing in standings(member, track=track.key, on=day)}
    levels = list(Level.objects.filter(track=track).select_related("track").order_by("order"))
    findings = [finding for one in found.values() for finding in (one.finding, one.renewal) if finding is not None]
    help_at = help_for(findings, member=member)
    given = given_to(member, track, on=day)
    rungs = [_rung(level, found.get(level.pk), help_at, given.get(level.pk), day) for level in levels]
    numbers = {level.key: level.order for level in levels}
    return Ladder(track, tuple(_pointed([_locked(rung, found.get(rung.level.pk), numbers) for rung in rungs])))


def given_to(member: Member, track: Track, *, on: dt.date) -> dict[int, Given]:
    """By level what counts on a day; what only made it last longer is no new reaching of it. Two queries."""
    rows = list(Award.objects.counting(on).filter(member=member, level__track=track).order_by("awarded_on", "pk"))
    keys = [award.key for award in rows]
    issued = Credential.objects.filter(holder=member, award_key__in=keys).values_list("award_key", "public_id")
    papers = {key: reverse("own_certificate", args=[public_id]) for key, public_id in issued}
    found: dict[int, list[Award]] = {}
    for award in rows:
        found.setdefault(award.level_id, []).append(award)
    return {level: _given(awards, papers) for level, awards in found.items()}


def _given(awards: Sequence[Award], papers: Mapping[str, str]) -> Given:
    renewed = [award.awarded_on for award in awards if award.origin == Award.Origin.RENEWED]
    certificates = [papers[award.key] for award in awards if award.key in papers]
    return Given(awards[0].awarded_on, renewed[-1] if renewed else None, certificates[-1] if certificates else "")


def _rung(level: Level, standing: Standing | None, help_at: Help, given: Given | None, day: dt.date) -> Rung:
    if standing is None:
        return Rung(level, Place.COMING)
    award = standing.award or standing.lapsed
    place = _place(standing, day)
    return Rung(
        level,
        place,
        rule=standing.rule,
        given=given if award is not None else None,
        until=standing.valid_until,
        lines=lines_of(standing.finding, help_at),
        ways=ways_of(standing.renewal, help_at) if award is not None else (),
        action=_action(standing, help_at, place),
    )


def _place(standing: Standing, day: dt.date) -> Place:
    if standing.is_held:
        until = standing.valid_until
        return Place.SOON if until is not None and until <= add_months(day, SOON_MONTHS) else Place.HELD
    if standing.lapsed is not None:
        return Place.LAPSED
    return Place.REACH


def _locked(rung: Rung, standing: Standing | None, numbers: Mapping[str, int]) -> Rung:
    """A rung within reach, unless another level must be held first: then it is locked, after that level."""
    if standing is None or rung.place != Place.REACH:
        return rung
    missing = [leaf.rule for leaf in leaves_left(standing.finding) if isinstance(leaf.rule, rules.LevelHeld)]
    if not missing:
        return rung
    number = numbers.get(missing[0].level)
    after = _("level %(n)d") % {"n": number} if number else in_language(missing[0].title)
    return replace(rung, place=Place.LOCKED, after=after, action=None)


def ways_of(renewal: Finding | None, help_at: Help) -> tuple[Way, ...]:
    """The ways to renew, the shortest first."""
    return tuple(way_of(path, help_at) for path in paths_of(renewal, help_at.minutes_of))


def way_of(path: Path, help_at: Help) -> Way:
    """One way in words, with what to press first."""
    left = [leaf for leaf in leaves_left(path.finding) if not getattr(leaf.rule, "is_planned", False)]
    links = tuple(link for leaf in left for link in links_for(leaf, help_at))[:2]
    words = need(path.finding) if not path.finding.is_met else _("done")
    return Way(words, path.minutes, path.is_coming, path.is_begun, links)


def _action(standing: Standing, help_at: Help, place: Place) -> Link | None:
    """The first thing to do on a rung that is within reach, lapsed or soon to lapse: not a page to read about it."""
    if place in (Place.LAPSED, Place.SOON):
        paths = [path for path in paths_of(standing.renewal, help_at.minutes_of) if not path.is_coming]
        left = [leaf for path in paths for leaf in leaves_left(path.finding)]
    else:
        left = list(leaves_left(standing.finding)) if place == Place.REACH else []
    doing = (rules.CourseCompleted, rules.PaperPassed, rules.Attested)
    wanted = [leaf for leaf in left if isinstance(leaf.rule, doing) and not getattr(leaf.rule, "is_planned", False)]
    return next((link for leaf in wanted for link in links_for(leaf, help_at)), None)


def _pointed(rungs: list[Rung]) -> list[Rung]:
    """The one rung to work on now: what has lapsed first, then what is within reach, then what lapses soon."""
    order = (Place.LAPSED, Place.REACH, Place.SOON)
    here = next((rung for place in order for rung in rungs if rung.place == place), None)
    return [replace(rung, is_here=True) if rung is here else rung for rung in rungs]
