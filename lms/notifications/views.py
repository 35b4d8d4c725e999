"""One's own notices. Somebody else's is a 404."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lms.members.models import Member
from lms.notifications.models import Notice
from lms.notifications.registry import has_kind, notice_kind, worded
from lms.notifications.services import mark_read

PAGE = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice as the list shows it."""

    line: str
    url: str
    notice: Notice
    read_url: str


@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What one has been told, the newest first."""
    page = Paginator(Notice.objects.to(_who(request)), PAGE).get_page(request.GET.get("page"))
    shown = [_shown(notice) for notice in page if has_kind(notice.kind)]
    has_unread = any(not one.notice.read_at for one in shown) or Notice.objects.to(_who(request)).unread().exists()
    context = {"page": page, "notices": shown, "has_unread": has_unread, "query": ""}
    return render(request, "notifications/notices.html", context)


@login_required
@require_POST
def read(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Mark one as read."""
    notice = get_object_or_404(Notice.objects.to(_who(request)), public_id=public_id)
    mark_read(by=_who(request), notice=notice)
    return redirect("notices")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    mark_read(by=_who(request))
    return redirect("notices")


def _shown(notice: Notice) -> Shown:
    kind = notice_kind(notice.kind)
    read_url = "" if notice.read_at else reverse("read_notice", args=[notice.public_id])
    return Shown(worded(kind.line, notice.context), kind.address(notice), notice, read_url)


def _who(request: HttpRequest) -> Member:
    """The one who is signed in: the views above let nobody else in."""
    return cast("Member", request.user)
