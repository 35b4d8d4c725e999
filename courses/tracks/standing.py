"""Where in a draft a requirement may stand: the groups it can be moved into. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from courses.progression.kinds import Equivalent
from courses.progression.models import Requirement
from courses.tracks.tree import Node, Tree


def places_for(row: Requirement, tree: Tree) -> list[tuple[str, str]]:
    """(key of the group, what it is called) of each group of its part; [] when there is no choice.

    A replacement stays where it is. A requirement cannot stand in itself.
    """
    if isinstance(row, Equivalent) or (tree.renewal is not None and row.pk == tree.renewal.row.pk):
        return []
    if row.part == Requirement.Part.RENEWAL and tree.renewal is not None:
        places = [(str(tree.renewal.row.pk), _("The ways of renewing"))]
        tops = tree.ways
    else:
        places, tops = [("", _("At the top: everything is required"))], tree.required
    places += [(str(node.row.pk), name) for node, name in _groups(tops, row, "")]
    return places if len(places) > 1 else []


def _groups(nodes: tuple[Node, ...], without: Requirement, above: str) -> Iterator[tuple[Node, str]]:
    """Each group with its number in the list, so that two of the same words can be told apart."""
    for place, node in enumerate(nodes, start=1):
        if node.row.pk == without.pk:
            continue
        name = f"{above}{place}"
        if node.is_group:
            yield node, f"{name} {node.text.rstrip(':')}"
        yield from _groups(node.parts + node.instead, without, f"{name}.")
