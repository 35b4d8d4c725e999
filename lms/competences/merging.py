"""What two records of one person mean for what they can: everything follows, and the profile is drawn anew.

Evidence follows row by row, under the keys it was recorded with; what one record vouched for the
other counts for nothing from then on, because the rule asks for somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lms.competences.models import AttestationRequest, Evidence, Mapping, MappingViewer, PriorLearning, Profile
from lms.merging.registry import Rows, all_stay, register_rule
from lms.merging.steps import Pair, Removal, Step, change, follow


def viewers(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """Who may see, and whom one may see, once each; that a person may see their own goes without saying."""
    held = {(row.member_id, row.viewer_id) for row in kept}
    ids = {pair.kept.pk, pair.absorbed.pk}
    seen_rows = {row.pk for row in kept}
    for row in absorbed:
        place = tuple(pair.kept.pk if pk in ids else pk for pk in (row.member_id, row.viewer_id))
        if place[0] == place[1] or place in held:
            yield Removal(row)
        elif row.pk not in seen_rows:
            held.add((place[0], place[1]))
            yield from follow(row, pair)


def requests(pair: Pair, kept: Rows, absorbed: Rows) -> Iterator[Step]:
    """They follow; one that asks the person's other record is withdrawn: nobody vouches for themselves."""
    ids = {pair.kept.pk, pair.absorbed.pk}
    for row in absorbed:
        if {row.member_id, row.asked_id} <= ids and row.state == AttestationRequest.State.ASKED:
            both = {"member_id": pair.kept.pk, "asked_id": pair.kept.pk}
            yield from change(row, state=AttestationRequest.State.WITHDRAWN, answered_at=pair.at, **both)
        else:
            yield from follow(row, pair)


def register() -> None:
    """Say so, once, at start."""
    register_rule(Evidence, label=_("Evidence of what the person can"))
    register_rule(Mapping, label=_("Own mapping"))
    register_rule(MappingViewer, viewers, label=_("Who may see the own mapping"))
    register_rule(AttestationRequest, requests, label=_("Asked to vouch"))
    register_rule(PriorLearning, label=_("Applications for recognition"))
    register_rule(Profile, all_stay)
