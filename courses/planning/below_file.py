"""Every plan within a keeper's reach as a file: boards, units and people. Written down as exported first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from courses.planning.models import CompetencePlan
from courses.planning.queries import WITH, plans_shown
from courses.planning.reach import plans_kept_by
from courses.planning.words import PLAN_STATES
from lms.audit.models import Sighting
from lms.audit.services import record_sighting
from lms.members.models import Member
from lms.sheets import write_csv, write_xlsx

AT_A_TIME = 1_000
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def plans_file(*, kind: str, by: Member, on: dt.date) -> bytes:
    """The open plans ``by`` keeps, as CSV or XLSX. Eight queries and thirteen for each thousand plans."""
    plans = plans_kept_by(by, on=on).exclude(state=CompetencePlan.State.CLOSED)
    ids = list(plans.order_by("pk").values_list("pk", flat=True))
    people = Member.objects.filter(plans__in=ids).distinct().values_list("public_id", flat=True)
    record_sighting(by=by, page="plans_file", of=list(people), act=Sighting.Act.EXPORTED)
    rows = _lines(ids, on)
    return write_csv(rows) if kind == "csv" else write_xlsx(rows, title=_("Plans"))


def _lines(ids: list[int], on: dt.date) -> Iterator[list[object]]:
    yield [
        _("Unit"), _("Body"), _("Office"), _("Name"), _("Plan"), _("State"), _("From"), _("Until"), _("Goals reached"),
        _("Goals"),
    ]  # fmt: skip
    left = iter(ids)
    while batch := list(islice(left, AT_A_TIME)):
        plans = CompetencePlan.objects.filter(pk__in=batch).select_related(*WITH).order_by("pk")
        for shown in plans_shown(list(plans), on):
            plan = shown.plan
            where = plan.body.unit if plan.body is not None else plan.unit
            yield [
                where.name if where is not None else "", plan.body.name if plan.body is not None else "",
                str(plan.office or ""), plan.member.name if plan.member is not None else "", str(plan),
                str(PLAN_STATES[plan.state][0]), plan.valid_from, plan.valid_until, shown.done, shown.total,
            ]  # fmt: skip
