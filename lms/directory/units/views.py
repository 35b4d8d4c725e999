"""The tree of units, and the page of one."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from lms.audit.services import record_sighting
from lms.directory.days import day_asked
from lms.directory.reach import reach_or_404
from lms.directory.units.administrators import administrators_of
from lms.directory.units.page import page_of
from lms.directory.units.queries import closed_like, tree_on
from lms.directory.units.tree import narrow, open_to_own, walk
from lms.directory.units.words import KINDS
from lms.members.requests import SignedInRequest
from lms.organisation.models import Unit

LONGEST = 80
"""What is asked for, in letters; no unit is called more."""


@require_GET
@login_required
def tree(request: SignedInRequest) -> HttpResponse:
    """All units in their place on a day; members are counted where the reader sees people."""
    reach = reach_or_404(request.user)
    asked, when = request.GET.get("name", "").strip()[:LONGEST], day_asked(request)
    tops = tree_on(when.day, seen=reach.seen)
    total = sum(1 for _ in walk(tops))
    open_to_own(tops)
    shown = narrow(tops, asked) if asked else tops
    given = {
        "tops": shown,
        "asked": asked,
        "when": when,
        "total": total,
        "found": sum(branch.is_found for branch in walk(shown)) if asked else 0,
        "closed": closed_like(asked, on=when.day) if asked else [],
    }
    return render(request, "directory/units/tree.html", given)


@require_GET
@login_required
def unit(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One unit. Where it stands is for every administrator; its people are counted and named within reach only."""
    seen = reach_or_404(request.user).seen
    found, when = get_object_or_404(Unit, public_id=public_id), day_asked(request)
    people = administrators_of(found, reader=request.user) if found.pk in seen else []
    record_sighting(by=request.user, page="unit_page", of=[one.public_id for one in people])
    given = {
        "page": page_of(found, on=when.day, seen=seen),
        "kind": KINDS[found.kind],
        "administrators": people,
        "is_seen": found.pk in seen,
        "when": when,
    }
    return render(request, "directory/units/unit.html", given)
