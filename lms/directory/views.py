"""The administrator's start page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from lms.directory.cards import cards_for
from lms.directory.reach import reach_or_404
from lms.members.requests import SignedInRequest
from lms.periods import today


@require_GET
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """What one keeps, how much of it there is, and what waits."""
    rights = reach_or_404(request.user).rights
    reader, day = request.user, today()
    cards = [
        {
            "title": card.title,
            "text": card.text,
            "url": reverse(card.url_name),
            "icon": card.icon,
            "sum": card.count(reader, day) if card.count else None,
            "wants": card.wants(reader, day) if card.wants else "",
        }
        for card in cards_for(rights)
    ]
    given = {"cards": cards, "waiting": [card for card in cards if card["wants"]]}
    return render(request, "directory/start.html", given)
