"""The ways in which a level is renewed, or reached: what each takes, and which is the shortest. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from courses.progression import rules
from courses.progression.finding import Finding

MinutesOf = Callable[[rules.Rule], int | None]
"""How long a course or a test takes; None where nobody knows."""
BEGUN_BY = (
    rules.CourseCompleted,
    rules.PaperPassed,
    rules.SessionAttended,
    rules.PracticeObserved,
    rules.Attested,
    rules.Hours,
)
"""What one does in order to renew. Time in an office passes by itself."""


@dataclass(frozen=True, slots=True)
class Path:
    """One way: its finding, the minutes it takes still (None: not counted in minutes), and what stands in it.

    ``is_coming``: something in it is planned and not there yet. ``patience``: 0 when it takes
    minutes alone, 1 when somebody else must say a word or a gathering be held, 2 when months must
    pass in an office or a level be reached.
    """

    finding: Finding
    minutes: int | None
    is_coming: bool
    patience: int
    is_begun: bool

    @property
    def rank(self) -> tuple[int, bool, bool, int]:
        """The shortest first: what takes minutes, then what is coming or waits for others, then what takes months."""
        wait = max(self.patience * 2, int(self.is_coming))
        return (wait, self.is_coming, self.minutes is None, self.minutes or 0)


def paths_of(finding: Finding | None, minutes_of: MinutesOf) -> list[Path]:
    """Each way a renewal may go, the shortest first; what is asked for in all of them counts in each."""
    if finding is None:
        return []
    return sorted((_path(one, minutes_of) for one in options_of(finding)), key=lambda path: path.rank)


def options_of(finding: Finding) -> Sequence[Finding]:
    """The ways that stand beside each other: one of them is enough."""
    rule = finding.rule
    if isinstance(rule, rules.AllOf) and len(finding.parts) == 1:
        return options_of(finding.parts[0])
    if isinstance(rule, rules.AnyOf) and rule.least == 1:
        return finding.parts
    return (finding,) if not isinstance(rule, rules.AllOf) or finding.parts else ()


def _path(finding: Finding, minutes_of: MinutesOf) -> Path:
    left = list(leaves_left(finding))
    known = [minutes for leaf in left if (minutes := _minutes(leaf, minutes_of)) is not None]
    return Path(
        finding,
        minutes=sum(known) if known else None,
        is_coming=any(getattr(leaf.rule, "is_planned", False) for leaf in left),
        patience=max((_patience(leaf) for leaf in left), default=0),
        is_begun=any(is_begun(leaf) for leaf in leaves(finding)),
    )


def _patience(leaf: Finding) -> int:
    if isinstance(leaf.rule, (rules.OfficeHeld, rules.LevelHeld, rules.CompetenceHeld, rules.CompetenceCount)):
        return 2
    return int(isinstance(leaf.rule, (rules.Attested, rules.PracticeObserved, rules.SessionAttended)))


def is_begun(leaf: Finding) -> bool:
    """Whether something has been done for it."""
    return isinstance(leaf.rule, BEGUN_BY) and (leaf.is_met or bool(leaf.reached))


def _minutes(leaf: Finding, minutes_of: MinutesOf) -> int | None:
    if isinstance(leaf.rule, rules.Hours):
        return max(int(leaf.rule.least * 60) - (leaf.reached or 0) * 60, 0)
    return minutes_of(leaf.rule)


def leaves(finding: Finding) -> Iterator[Finding]:
    """Everything that is asked for beneath a finding, what may replace it included."""
    if isinstance(finding.rule, (rules.AllOf, rules.AnyOf, rules.Substitutable)):
        for part in finding.parts:
            yield from leaves(part)
    else:
        yield finding


def leaves_left(finding: Finding) -> Iterator[Finding]:
    """What is asked for and not met; of what may be replaced, the thing itself; of several, as many as are enough."""
    rule = finding.rule
    if finding.is_met:
        return
    if isinstance(rule, rules.Substitutable):
        yield from leaves_left(finding.parts[0])
    elif isinstance(rule, rules.AnyOf):
        more = rule.least - sum(part.is_met for part in finding.parts)
        for part in finding.missing[: max(more, 0)]:
            yield from leaves_left(part)
    elif isinstance(rule, rules.AllOf):
        for part in finding.missing:
            yield from leaves_left(part)
    else:
        yield finding
