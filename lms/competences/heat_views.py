"""What a body can together: for its own members, and those who keep it."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.audit.services import record_sighting
from lms.competences.heat import Heat, HeatRow, heat_of
from lms.competences.heat_words import TAGS, move_shown, need_in_words, sentence, verdict_of
from lms.directory.bodies.sight import place_or_404
from lms.members.requests import SignedInRequest
from lms.periods import today


@require_GET
@login_required
def body_competences(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The heat map. It does not exist for anybody else, not even for who sees people there."""
    place = place_or_404(request.user, public_id)
    if not place.shows_composition:
        raise Http404
    heat = heat_of(place.body, reader=request.user, on=today())
    record_sighting(by=request.user, page="board_competences", of=[one.member.public_id for one in heat.people])
    reader_at = next((at for at, person in enumerate(heat.people) if person.member == request.user), None)
    given = {
        "body": place.body,
        "heat": heat,
        "sentence": sentence(heat),
        "shared": _shown(heat, heat.shared),
        "others": _shown(heat, heat.others),
        "moves": [move_shown(move, heat, reader_at) for move in heat.moves],
        "scale": [(level, heat.framework.level_name(level)) for level in range(len(heat.framework.scale))],
    }
    return render(request, "competences/together.html", given)


def _shown(heat: Heat, rows: tuple[HeatRow, ...]) -> list[dict[str, object]]:
    names = [person.name for person in heat.people]
    return [
        {
            "title": str(row.entry),
            "need": need_in_words(row.judgement),
            "cells": list(zip(heat.people, row.judgement.levels, strict=True)),
            "verdict": verdict_of(row.judgement, names),
            "tag": TAGS[row.judgement.judged.verdict],
        }
        for row in rows
    ]
