"""Tracks and levels: the list, a track, a level with its rule and the rules it has had; and their texts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.progression.models import Level, Track
from courses.tracks import making
from courses.tracks.forms import LevelForm, TrackForm
from courses.tracks.queries import in_one_sentence, levels_shown, tracks_shown, versions_of
from courses.tracks.reach import adopter_or_404, adopts_rules, keeper_or_404
from courses.tracks.tree import tree_in_words
from lms.members.requests import SignedInRequest


@require_GET
@login_required
def listed(request: SignedInRequest) -> HttpResponse:
    """Every track with its levels, what is in force and what waits."""
    keeper_or_404(request.user)
    shown = {"tracks": tracks_shown(), "may_adopt": adopts_rules(request.user)}
    return render(request, "courses/tracks/list.html", shown)


@require_http_methods(["GET", "POST"])
@login_required
def found(request: SignedInRequest) -> HttpResponse:
    """Found a track; its levels follow one by one."""
    adopter_or_404(request.user)
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        texts = {name: form.worded(name) for name in form.texts}
        try:
            track = making.found_track(key=form.cleaned_data["key"], **texts, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The track is there. Now its first level."))
            return redirect("add_level", track.key)
    return render(request, "courses/tracks/texts.html", {"form": form, "heading": _("New track")})


@require_http_methods(["GET", "POST"])
@login_required
def word_track(request: SignedInRequest, key: str) -> HttpResponse:
    """Change what a track is called and what it is for."""
    adopter_or_404(request.user)
    track = get_object_or_404(Track, key=key)
    form = TrackForm(request.POST or None, track=track)
    if request.method == "POST" and form.is_valid():
        making.word_track(track=track, **{name: form.worded(name) for name in form.texts}, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("tracks")
    return render(request, "courses/tracks/texts.html", {"form": form, "heading": str(track), "track": track})


@require_http_methods(["GET", "POST"])
@login_required
def add_level(request: SignedInRequest, key: str) -> HttpResponse:
    """Put a level on top of a track."""
    adopter_or_404(request.user)
    track = get_object_or_404(Track, key=key)
    form = LevelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        texts = {name: form.worded(name) for name in form.texts}
        try:
            level = making.add_level(track=track, key=form.cleaned_data["key"], **texts, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The level is there. It requires nothing yet."))
            return redirect("track_level", level.key)
    heading = _("Level %(number)d of %(track)s") % {"number": track.levels.count() + 1, "track": track}
    return render(request, "courses/tracks/texts.html", {"form": form, "heading": heading, "track": track})


@require_GET
@login_required
def level(request: SignedInRequest, key: str) -> HttpResponse:
    """A level: what it requires today and how it is renewed, what is to come, and the rules it has had."""
    keeper_or_404(request.user)
    found_level = get_object_or_404(Level.objects.select_related("track"), key=key)
    shown = levels_shown([found_level])[0]
    given: dict[str, Any] = {
        "shown": shown,
        "level": found_level,
        "versions": versions_of(found_level),
        "may_adopt": adopts_rules(request.user),
    }
    if shown.rule is not None:
        given |= {"tree": tree_in_words(shown.rule), "sentence": in_one_sentence(shown.rule)}
    return render(request, "courses/tracks/level.html", given)


@require_http_methods(["GET", "POST"])
@login_required
def word_level(request: SignedInRequest, key: str) -> HttpResponse:
    """Change what a level is called and what one can who holds it."""
    adopter_or_404(request.user)
    found_level = get_object_or_404(Level.objects.select_related("track"), key=key)
    form = LevelForm(request.POST or None, level=found_level)
    if request.method == "POST" and form.is_valid():
        making.word_level(level=found_level, **{name: form.worded(name) for name in form.texts}, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("track_level", found_level.key)
    given = {"form": form, "heading": str(found_level), "level": found_level, "track": found_level.track}
    return render(request, "courses/tracks/texts.html", given)
