"""Two records of one person, each with plans."""

from __future__ import annotations

import pytest

from courses.planning.models import CompetencePlan
from lms.merging.services import merge_members, undo_merge
from lms.organisation.access import Role
from tests.courses.planning.conftest import Scene
from tests.factories import organisation, plans
from tests.lms.merging.dump import differences, dump

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_of_two_plans_for_one_office_in_one_body_the_kept_records_goes_on(scene: Scene) -> None:
    other = organisation.make_member("Kari N", of=scene.branch)
    ada = organisation.make_member("Ada", of=scene.nation)
    organisation.make_appointment(ada, Role.ADMINISTRATOR, unit=scene.nation)
    office = {"office": organisation.make_office("chair"), "body": scene.board}
    kept = plans.make_plan(scene.kari, **office)
    twin, own = plans.make_plan(other, **office), plans.make_plan(other)
    before = dump()
    merge = merge_members(kept=scene.kari, absorbed=other, reason="Samme person", by=ada)
    found = {plan.pk: plan for plan in CompetencePlan.objects.filter(member=scene.kari)}
    assert {pk: plan.state for pk, plan in found.items()} == {kept.pk: "active", twin.pk: "closed", own.pk: "active"}
    assert found[twin.pk].closed_reason == "replaced"
    undo_merge(merge=merge, by=ada)
    assert differences(before, dump()) == {}
