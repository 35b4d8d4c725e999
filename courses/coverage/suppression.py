"""Which units are shown together, so that no number of fewer than five people can be worked out. Pure.

Every answer has two cells: those who stand at a level or higher, and the rest. Units are held
together in clusters in which both cells have at least five people; a unit (with all below it)
is shown when it is made of whole clusters. Whatever can be reckoned from sums that are shown is
then a sum of clusters, and no cluster is small. ``docs/algorithms/coverage.md`` draws it.

1. From the bottom up: whoever is too few at a unit waits for those below it. Together they are
   a cluster when they suffice; else they join the smallest cluster beneath the unit; else they
   wait at the unit above. Who waits at the top for nobody is never shown.
2. Answers about one competence are nested: who is at 3 is at 2. The clusters of "at least 3" are
   made of whole clusters of "at least 2", with five at exactly 2 and five at 3 or higher; and so
   on from 2, which is asked for most, upwards and downwards.
3. Chairs are officers. Their clusters are made of whole clusters of officers, with five in each
   cell of chairs and of officers who are not. Where every officer of such a cluster is a chair,
   the numbers of officers are those of chairs: it stands apart, and helps no other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

LEAST = 5
NOBODY, HIDDEN = -1, -2
BASE = 2
Bands = tuple[int, ...]
Labels = list[int]
"""For each unit its cluster (all in it have the same number), or NOBODY, or HIDDEN."""


@dataclass(slots=True)
class Tree:
    """Units by place: ``parents`` holds the place of each one's parent; negative is none."""

    parents: Sequence[int]
    depths: list[int] = field(init=False)
    upwards: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.depths = [self._depth(unit) for unit in range(len(self.parents))]
        self.upwards = sorted(range(len(self.parents)), key=lambda unit: -self.depths[unit])

    def _depth(self, unit: int) -> int:
        depth = 0
        while (unit := self.parents[unit]) >= 0:
            depth += 1
        return depth

    def meeting(self, one: int, other: int) -> int:
        """The lowest unit that two lie at or beneath; negative when there is none."""
        while one != other:
            if one < 0 or other < 0:
                return NOBODY
            if self.depths[one] >= self.depths[other]:
                one = self.parents[one]
            else:
                other = self.parents[other]
        return one


class _Clusters:
    """Clusters as they grow: who leads each, its bands, and the unit it lies at or beneath."""

    def __init__(self, bands: Sequence[Bands], tree: Tree) -> None:
        self.tree = tree
        self.leads = list(range(len(bands)))
        self.bands: list[Bands] = list(bands)
        self.home = list(range(len(bands)))

    def of(self, unit: int) -> int:
        while self.leads[unit] != unit:
            self.leads[unit] = self.leads[self.leads[unit]]
            unit = self.leads[unit]
        return unit

    def join(self, one: int, other: int) -> int:
        """Make two clusters one; the smaller place leads."""
        first, second = sorted((self.of(one), self.of(other)))
        if first != second:
            self.leads[second] = first
            self.bands[first] = tuple(a + b for a, b in zip(self.bands[first], self.bands[second], strict=True))
            self.home[first] = self.tree.meeting(self.home[first], self.home[second])
        return first

    def suffices(self, cluster: int) -> bool:
        return min(self.bands[cluster]) >= LEAST


def clusters(
    bands: Sequence[Bands],
    tree: Tree,
    *,
    counted: Sequence[bool],
    finer: Sequence[Labels] = (),
    apart: Collection[int] = (),
) -> Labels:
    """The cluster of each unit. ``counted``: where somebody is whom the answer is about.

    ``bands``: what must suffice, for each unit. ``finer``: clusters that must stay whole.
    ``apart``: units whose clusters are known to suffice, and join no other.
    """
    grown = _Clusters(bands, tree)
    lost = {unit for labels in finer for unit, label in enumerate(labels) if label == HIDDEN}
    for labels in finer:
        for unit, label in enumerate(labels):
            if label >= 0 and label != unit:
                grown.join(unit, label)
    lost_clusters = {grown.of(unit) for unit in lost}
    used = {grown.of(unit) for unit, here in enumerate(counted) if here}
    hidden = {cluster for cluster in used if cluster in lost_clusters or grown.home[cluster] < 0}
    hidden.update(_gather(grown, used - hidden - {grown.of(unit) for unit in apart}, tree))
    leads = [grown.of(unit) for unit in range(len(bands))]
    return [
        NOBODY if not here else HIDDEN if lead in hidden else lead for here, lead in zip(counted, leads, strict=True)
    ]


def _gather(grown: _Clusters, used: set[int], tree: Tree) -> list[int]:
    """Join what is too small, from the bottom up. Returns what waits in vain."""
    waiting: dict[int, list[int]] = {}
    beneath: dict[int, list[int]] = {}
    for cluster in sorted(used):
        where = beneath if grown.suffices(cluster) else waiting
        where.setdefault(grown.home[cluster], []).append(cluster)
    in_vain: list[int] = []
    for unit in tree.upwards:
        left, whole = waiting.pop(unit, []), beneath.pop(unit, [])
        if left:
            together = left[0]
            for other in left[1:]:
                together = grown.join(together, other)
            if not grown.suffices(together) and whole:
                smallest = min(whole, key=lambda cluster: (sum(grown.bands[cluster]), cluster))
                whole.remove(smallest)
                together = grown.join(together, smallest)
            left = []
            (whole if grown.suffices(together) else left).append(together)
        parent = tree.parents[unit]
        if parent < 0:
            in_vain += left
        else:
            if left:
                waiting.setdefault(parent, []).extend(left)
            if whole:
                beneath.setdefault(parent, []).extend(whole)
    return in_vain


def _split(exact: Sequence[int], least: int) -> Bands:
    """The two cells that an answer adds to what is known already: below and from ``least`` on."""
    if least == BASE:
        return sum(exact[:BASE]), sum(exact[BASE:])
    if least < BASE:
        return sum(exact[:least]), sum(exact[least : least + 1])
    return exact[least - 1], sum(exact[least:])


def shown_with(
    everybody: Sequence[Sequence[int]],
    officers: Sequence[Sequence[int]],
    chairs: Sequence[Sequence[int]],
    tree: Tree,
    *,
    highest: int = 4,
) -> list[dict[int, Labels]]:
    """For members, officers and chairs: level → cluster of each unit.

    Each argument holds, for each unit, how many stand at exactly each level from 0 on.
    """
    others = [[a - b for a, b in zip(all_, some, strict=True)] for all_, some in zip(officers, chairs, strict=True)]
    of_all: dict[int, Labels] = {}
    of_officers: dict[int, Labels] = {}
    of_chairs: dict[int, Labels] = {}
    for least in sorted(range(1, highest + 1), key=lambda level: (level != BASE, level < BASE, abs(level - BASE))):
        before = None if least == BASE else least - 1 if least > BASE else least + 1
        for exact, found in ((everybody, of_all), (officers, of_officers)):
            found[least] = clusters(
                [_split(one, least) for one in exact], tree,
                counted=[any(one) for one in exact], finer=[] if before is None else [found[before]],
            )  # fmt: skip
        of_chairs[least] = clusters(
            [(*_split(some, least), *_split(rest, least)) for some, rest in zip(chairs, others, strict=True)], tree,
            counted=[any(some) for some in chairs],
            finer=[of_officers[least], *([] if before is None else [of_chairs[before]])],
            apart=_all_chairs(of_officers[least], others),
        )  # fmt: skip
    return [of_all, of_officers, of_chairs]


def _all_chairs(labels: Labels, others: Sequence[Sequence[int]]) -> list[int]:
    """The units in clusters of officers all of whom are chairs."""
    mixed = {label for label, rest in zip(labels, others, strict=True) if any(rest)}
    return [unit for unit, label in enumerate(labels) if label >= 0 and label not in mixed]


def is_shown(labels: Sequence[int], inside: Sequence[int]) -> bool:
    """Whether the units ``inside`` (by place) are made of whole clusters, and of at least one."""
    within = set(inside)
    own = {labels[unit] for unit in within} - {NOBODY}
    if not own or HIDDEN in own:
        return False
    return all(unit in within for unit, label in enumerate(labels) if label in own)
