"""Awards that last longer by a decision: choose, look over, decide, see it again, undo."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.progression.models import Award, Extension
from courses.tracks import extending
from courses.tracks.bulk_forms import DecisionForm, UndoForm, WishForm
from courses.tracks.extending import Changed, LeftOut, Preview, Wish, preview_extension
from courses.tracks.people_shown import people_shown
from lms.members.assurance import step_up, step_up_to_change
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.access import Right

ROWS = 50
ASKED = ("level", "unit", "lapsing_from", "last", "until")


@require_GET
@login_required
def extensions(request: SignedInRequest) -> HttpResponse:
    """Choose what is to last longer; and the decisions taken so far."""
    units = access.units_with(request.user, Right.KEEP_LEVELS)
    if not units.exists():
        raise Http404
    initial = {name: request.GET[name] for name in ASKED if request.GET.get(name)}
    taken = Extension.objects.filter(unit__in=units.values("pk")).select_related("level__track", "unit", "by")
    shown = {"form": WishForm(initial=initial, units=units), "taken": taken[:ROWS]}
    return render(request, "courses/tracks/extensions.html", shown)


@require_http_methods(["GET", "POST"])
@login_required
@step_up_to_change
def extend(request: SignedInRequest) -> HttpResponse:
    """Who is reached by what was chosen, by name and number; POST decides it."""
    units = access.units_with(request.user, Right.KEEP_LEVELS)
    if not units.exists():
        raise Http404
    form = WishForm(request.GET or None, units=units)
    wish = _wish_of(form)
    if wish is None:
        taken = Extension.objects.none()
        status = 422 if form.errors else 200
        return render(request, "courses/tracks/extensions.html", {"form": form, "taken": taken}, status=status)
    decided = DecisionForm(request.POST if request.method == "POST" else None)
    if decided.is_bound and decided.is_valid():
        try:
            made = extending.extend_awards(wish=wish, by=request.user, **decided.cleaned_data)
        except ValidationError as refused:
            decided.add_error(None, refused.messages[0])
        except Changed:
            decided.add_error(None, _("Something has changed since you looked. Look it over again as it is now."))
        else:
            messages.success(request, _("Decided. It can be undone from this page."))
            return redirect("extension", made.public_id)
    return _show_preview(request, wish, decided)


def _wish_of(form: WishForm) -> Wish | None:
    """What was chosen, or None when the form says what is wrong."""
    if not form.is_valid():
        return None
    wish = form.wish()
    try:
        extending.demand_possible(wish)
    except ValidationError as refused:
        fields = {"lapsing_until": "last"}
        for name, words in refused.message_dict.items():
            form.add_error(fields.get(name, name), words)
        return None
    return wish


def _show_preview(request: SignedInRequest, wish: Wish, form: DecisionForm) -> HttpResponse:
    preview = preview_extension(wish, by=request.user)
    show_left = request.GET.get("show") == "left"
    rows: list[Any] = list(preview.left_out if show_left else preview.reached)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    holdings = [row[0] if show_left else row.holding for row in page]
    people = people_shown([one.member_id for one in holdings], to=request.user, page="extension_preview")
    words = [_left_words(row[1]) if show_left else "" for row in page]
    asked = request.GET.copy()
    for name in ("page", "show"):
        asked.pop(name, None)
    query = asked.urlencode()
    shown = {
        "wish": wish, "preview": preview, "page": page, "show_left": show_left, "query": f"{query}&", "form": form,
        "lines": [(people[one.member_id], one, text) for one, text in zip(holdings, words, strict=True)],
        "fingerprint": preview.fingerprint, "sums": _sums(preview, query, show_left=show_left),
    }  # fmt: skip
    return render(request, "courses/tracks/extend.html", shown, status=422 if form.errors else 200)


def _sums(preview: Preview, query: str, *, show_left: bool) -> list[dict[str, Any]]:
    return [
        {"number": len(preview.reached), "label": _("last longer"), "url": f"?{query}", "is_current": not show_left},
        {
            "number": len(preview.left_out),
            "label": _("are left as they are"),
            "url": f"?{query}&show=left",
            "is_current": show_left,
        },
    ]


def _left_words(why: LeftOut) -> str:
    return {
        LeftOut.ENDED: _("A decision ends it that day. It is not made longer by another by the way."),
        LeftOut.TODAY: _("Something was given today. Can be reached from tomorrow."),
        LeftOut.LATER: _("Lasts as long already."),
        LeftOut.OWN: _("Your own. Somebody else who keeps levels decides that."),
    }[why]


@require_GET
@login_required
def extension(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One decision: what it says, whom it reached, and how it is undone."""
    return _show(request, _seen(request, public_id), UndoForm())


@require_POST
@login_required
@step_up
def undo(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Undo a decision, with a reason."""
    found, form = _seen(request, public_id), UndoForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    extending.undo_extension(extension=found, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Undone. Everybody stands as before the decision."))
    return redirect("extension", found.public_id)


def _seen(request: SignedInRequest, public_id: uuid.UUID) -> Extension:
    units = access.units_with(request.user, Right.KEEP_LEVELS)
    rows = Extension.objects.select_related("level__track", "unit", "by")
    return get_object_or_404(rows, public_id=public_id, unit__in=units.values("pk"))


def _show(request: SignedInRequest, found: Extension, form: forms.Form) -> HttpResponse:
    awards = Award.objects.filter(extension=found).order_by("member__name_key", "pk")
    page = Paginator(awards, ROWS).get_page(request.GET.get("page"))
    people = people_shown([award.member_id for award in page], to=request.user, page="extension")
    lines = [(people[award.member_id], award) for award in page]
    shown = {"extension": found, "lines": lines, "page": page, "total": page.paginator.count, "form": form}
    return render(request, "courses/tracks/extension.html", shown, status=422 if form.errors else 200)
