"""Earlier awards from a file: bring it, look it over, apply it, let it go."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.progression.queries import adopted_rules
from courses.tracks import importing
from courses.tracks.bulk_forms import EarlierForm
from courses.tracks.earlier import Earlier, Outcome
from courses.tracks.earlier_words import column_word, missing_words, outcome_word, wrong_words
from courses.tracks.importing import NotReady, UnclearColumns, rows_of
from courses.tracks.matching import is_before_rules
from courses.tracks.models import AwardImport
from courses.tracks.people_shown import people_shown
from lms.members.assurance import step_up
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.access import Right
from lms.sheets import SheetError

ROWS = 50


@require_http_methods(["GET", "POST"])
@login_required
def award_imports(request: SignedInRequest) -> HttpResponse:
    """Bring a file of earlier awards; and one's own files that still wait or were applied lately."""
    if not access.holds(request.user, Right.KEEP_LEVELS):
        raise Http404
    form = EarlierForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        found = _bring(request, form)
        if found is not None:
            return redirect("award_import", found.public_id)
    own = AwardImport.objects.filter(by=request.user).select_related("level__track").defer("rows")
    status = 422 if form.errors else 200
    return render(request, "courses/tracks/imports.html", {"form": form, "imports": own}, status=status)


def _bring(request: SignedInRequest, form: EarlierForm) -> AwardImport | None:
    """Take the file of a form in; None when the form says what is wrong."""
    said = form.cleaned_data
    try:
        return importing.receive_awards(
            file=said["file"], name=said["file"].name, level=said["level"], source=said["source"], by=request.user
        )
    except SheetError as error:
        form.add_error("file", str(error))
    except UnclearColumns as unclear:
        form.add_error("file", missing_words(unclear.missing, unclear.headers))
    except ValidationError as refused:
        for name, words in refused.message_dict.items():
            form.add_error(name, words)
    return None


@require_GET
@login_required
def award_import(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What a file says: who gets an award, who has it, and what is wrong, row by row."""
    found = _own(request, public_id)
    rows = rows_of(found)
    counts = {kind: sum(row.outcome == kind for row in rows) for kind in Outcome}
    show = request.GET.get("show", "")
    if show not in list(Outcome):
        show = Outcome.WRONG if counts[Outcome.WRONG] else Outcome.NEW
    page = Paginator([row for row in rows if row.outcome == show], ROWS).get_page(request.GET.get("page"))
    shown = {
        "found": found, "counts": counts, "show": show, "page": page, "query": f"show={show}&",
        "sums": _sums(counts, show), "can_apply": not counts[Outcome.WRONG] and counts[Outcome.NEW],
        "lines": _lines(request, found, list(page)),
    }  # fmt: skip
    return render(request, "courses/tracks/import.html", shown)


def _sums(counts: dict[Outcome, int], show: str) -> list[dict[str, Any]]:
    kinds = [kind for kind in Outcome if counts[kind] or kind in (Outcome.NEW, Outcome.WRONG)]
    return [
        {"number": counts[kind], "label": outcome_word(kind), "url": f"?show={kind}", "is_current": kind == show}
        for kind in kinds
    ]


def _lines(request: SignedInRequest, found: AwardImport, rows: list[Earlier]) -> list[dict[str, Any]]:
    rules = adopted_rules(found.level)
    ids = [row.member for row in rows if row.member]
    people = people_shown(ids, to=request.user, page="award_import")
    return [
        {
            "row": row,
            "person": people.get(row.member or 0),
            "column": column_word(row.column),
            "words": wrong_words(row),
            "is_before_rules": bool(row.day) and is_before_rules(row.on, rules),
        }
        for row in rows
    ]


@require_POST
@login_required
@step_up
def apply(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Record what was looked over."""
    found = _own(request, public_id)
    try:
        awards = importing.apply_awards(found=found, by=request.user)
    except NotReady:
        if found.applied_at is None:
            importing.look_up_again(found=found, by=request.user)
        messages.info(request, _("Nothing was recorded: this is how the file stands now."))
    else:
        told = ngettext("%(n)d award is recorded.", "%(n)d awards are recorded.", len(awards)) % {"n": len(awards)}
        messages.success(request, told)
    return redirect("award_import", found.public_id)


@require_POST
@login_required
def drop(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let a file go."""
    importing.drop_import(found=_own(request, public_id), by=request.user)
    messages.success(request, _("The file is gone. What was recorded by it stays."))
    return redirect("award_imports")


def _own(request: SignedInRequest, public_id: uuid.UUID) -> AwardImport:
    if not access.holds(request.user, Right.KEEP_LEVELS):
        raise Http404
    return get_object_or_404(AwardImport.objects.select_related("level__track"), public_id=public_id, by=request.user)
