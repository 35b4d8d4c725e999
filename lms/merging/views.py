"""Pages on which two records of one person are found, looked over, made one, and two again."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.audit.services import record_sighting
from lms.members.assurance import step_up, step_up_to_change
from lms.members.models import Member
from lms.members.requests import SignedInRequest
from lms.merging.access import KEEP, mergeable
from lms.merging.models import Merge, NotSamePerson
from lms.merging.queries import likely_pairs, merges_seen_by
from lms.merging.searching import chosen, found_by, told_apart
from lms.merging.services import ask_again, keep_apart, merge_members, preview_merge, undo_merge, undo_refusal
from lms.merging.showing import SIGNS, card_of, lines_of, memberships_after, remains_of
from lms.organisation import access

ROWS = 20
LATEST = 10


@require_GET
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    """Pairs that may be one person, a search for two by hand, and the latest merges."""
    units = access.units_with(request.user, KEEP)
    people = _within(request)
    picked = chosen(request.GET.getlist("person"), people)
    wants_two = "together" in request.GET
    if wants_two and len(picked) == 2:
        return redirect("merge_preview", picked[0].public_id, picked[1].public_id)
    asked = request.GET.get("q", "").strip()
    hits = [one for one in found_by(asked, people) if one not in picked] if asked else []
    page = Paginator(likely_pairs(units), ROWS).get_page(request.GET.get("page"))
    merges = list(merges_seen_by(people)[:LATEST])
    apart = list(
        NotSamePerson.objects.filter(first__in=people, second__in=people).select_related("first", "second")[:LATEST]
    )
    shown = [one for pair in page for one in (pair.kept, pair.other)] + picked + hits
    shown += [merge.kept for merge in merges] + [one for row in apart for one in (row.first, row.second)]
    record_sighting(by=request.user, page="merging", of=[one.public_id for one in shown])
    given = {
        "page": page,
        "pairs": [(pair, SIGNS[pair.sign]) for pair in page],
        "asked": asked,
        "picked": picked,
        "hits": hits,
        "error": _("Tick two people, neither more nor fewer.") if wants_two else "",
        "signs": told_apart([*picked, *hits]),
        "merges": merges,
        "apart": apart,
    }
    return render(request, "merging/overview.html", given, status=422 if given["error"] else 200)


@require_http_methods(["GET", "POST"])
@login_required
@step_up_to_change
def look(request: SignedInRequest, kept: uuid.UUID, absorbed: uuid.UUID) -> HttpResponse:
    """Two records side by side and what a merge would do; POST makes them one."""
    one, other = _pair(request, kept, absorbed)
    error = ""
    if request.method == "POST":
        try:
            merge = merge_members(kept=one, absorbed=other, reason=request.POST.get("reason", ""), by=request.user)
            messages.success(request, _("The two records are one."))
            return redirect("merge", merge.public_id)
        except ValidationError as wrong:
            error = " ".join(wrong.messages)
        except PermissionDenied as denied:
            raise Http404 from denied
    given = {"kept": card_of(one), "other": card_of(other), "error": error, "reason": request.POST.get("reason", "")}
    try:
        preview = preview_merge(kept=one, absorbed=other, by=request.user)
        lines, after = lines_of(preview.plan), memberships_after(preview.plan)
        given |= {"refusal": preview.refusal, "remains": remains_of(preview), "lines": lines, "after": after}
    except PermissionDenied:
        given["refusal"] = _(
            "One of the two belongs to a unit you do not keep the register of, or holds a right you do not hold. "
            "Ask somebody who keeps the register of the whole organisation."
        )
    record_sighting(by=request.user, page="merge_preview", of=[one.public_id, other.public_id])
    return render(request, "merging/look.html", given, status=422 if error else 200)


@require_GET
@login_required
def done(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One merge: who, when, why, and the way back."""
    merge = _merge(request, public_id)
    record_sighting(by=request.user, page="merge", of=[merge.kept.public_id])
    given = {"merge": merge, "card": card_of(merge.kept), "refusal": undo_refusal(merge)}
    return render(request, "merging/done.html", given)


@require_POST
@login_required
@step_up
def undo(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Make two records of one again."""
    merge = _merge(request, public_id)
    try:
        undo_merge(merge=merge, by=request.user)
        messages.success(request, _("The two records are apart again, each as it was."))
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    except PermissionDenied as denied:
        raise Http404 from denied
    return redirect("merge", public_id)


@require_POST
@login_required
def apart(request: SignedInRequest, one: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Two records are two people: remembered, or with ``again`` taken back."""
    first, second = _pair(request, one, other)
    try:
        if "again" in request.POST:
            low, high = sorted((first, second), key=lambda member: member.pk)
            ask_again(row=get_object_or_404(NotSamePerson, first=low, second=high), by=request.user)
            messages.success(request, _("The pair is asked about again."))
        else:
            keep_apart(one=first, other=second, by=request.user)
            messages.success(request, _("Remembered: these are two people."))
    except PermissionDenied as denied:
        raise Http404 from denied
    return redirect("merging")


def _within(request: SignedInRequest) -> QuerySet[Member]:
    """Whose records the reader may merge; nobody else is told that the page exists."""
    if not access.holds(request.user, KEEP):
        raise Http404
    return mergeable(request.user)


def _pair(request: SignedInRequest, one: uuid.UUID, other: uuid.UUID) -> tuple[Member, Member]:
    people = _within(request).in_bulk([one, other], field_name="public_id")
    if len(people) != 2:
        raise Http404
    return people[one], people[other]


def _merge(request: SignedInRequest, public_id: uuid.UUID) -> Merge:
    rows = merges_seen_by(_within(request))
    return get_object_or_404(rows, public_id=public_id)
