"""Who has seen or exported one's data, and what was done to it: by name, with the right they held, on which page."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from certificates.models import Credential
from courses.desk.seen_words import ROLES
from courses.progression.models import Award
from lms.audit.models import subject_key
from lms.audit.pages import act_name, page_name
from lms.audit.queries import Mention, mentions_of
from lms.members.models import Member
from lms.members.requests import SignedInRequest
from lms.merging.queries import ids_of
from lms.organisation import access
from lms.organisation.models import Appointment, Term
from lms.periods import Period

LINES = 100
FURTHEST = 1_000
"""Pages one can leaf back: more lines than are kept of anybody."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who saw, exported or did something, and how often that day."""

    who: str
    right: str
    what: str
    mention: Mention
    times: int


@dataclass(frozen=True, slots=True)
class Day:
    """All of one day, the latest first."""

    day: dt.date
    lines: list[Line]


@require_GET
@login_required
def who_saw_me(request: SignedInRequest) -> HttpResponse:
    """The trail about the reader, by day."""
    text = request.GET.get("page", "")
    number = min(int(text), FURTHEST) if text.isascii() and text.isdigit() and len(text) < 5 and int(text) else 1
    days, has_more = seen_by_others(request.user, page=number)
    given = {"days": days, "previous": number - 1, "next": number + 1 if has_more else 0}
    return render(request, "courses/desk/seen.html", given)


def seen_by_others(member: Member, *, page: int = 1) -> tuple[list[Day], bool]:
    """A page of the trail about a person, by day, and whether there are more. At most seven queries."""
    ids = ids_of(member)
    keys = [subject_key("member", one) for one in ids]
    own = Credential.objects.filter(holder=member).values_list("public_id", flat=True)
    keys += [subject_key("credential", one) for one in own]
    reached = Award.objects.filter(member=member).values_list("public_id", flat=True)
    keys += [subject_key("award", one) for one in reached]
    mentions, has_more = mentions_of(ids, keys, start=(page - 1) * LINES, most=LINES)
    return _by_day(mentions, _Viewers({m.actor for m in mentions if m.actor is not None})), has_more


def _by_day(mentions: Iterable[Mention], viewers: _Viewers) -> list[Day]:
    days = []
    for day, group in groupby(mentions, key=lambda mention: timezone.localdate(mention.at)):
        todays = list(group)
        times = Counter(_alike(mention) for mention in todays)
        latest = {_alike(mention): mention for mention in reversed(todays)}
        shown = sorted(latest.values(), key=lambda mention: mention.at, reverse=True)
        days.append(Day(day, [_line(mention, viewers, times[_alike(mention)]) for mention in shown]))
    return days


def _alike(mention: Mention) -> tuple[uuid.UUID | None, str, str]:
    return mention.actor, mention.how, mention.where


def _line(mention: Mention, viewers: _Viewers, times: int) -> Line:
    what = act_name(mention.where) if mention.is_act else page_name(mention.where)
    day = timezone.localdate(mention.at)
    return Line(viewers.name(mention.actor), viewers.right(mention.actor, day), what, mention, times)


class _Viewers:
    """Those who looked: their names while they are known here, and by which right they could. Three queries."""

    def __init__(self, public_ids: set[uuid.UUID]) -> None:
        people = Member.objects.filter(public_id__in=public_ids) if public_ids else Member.objects.none()
        self._names: dict[uuid.UUID, str] = {}
        self._held: dict[uuid.UUID, list[tuple[Period, str]]] = defaultdict(list)
        keys: dict[int, uuid.UUID] = {}
        for member in people:
            self._names[member.public_id] = str(member)
            keys[member.pk] = member.public_id
        if keys:
            self._gather(keys)

    def _gather(self, keys: dict[int, uuid.UUID]) -> None:
        terms = Term.objects.filter(member__in=keys, office__key__in=access.RIGHTS_OF_OFFICE)
        for term in terms.select_related("office", "body__unit"):
            self._held[keys[term.member_id]].append((term.period, f"{term.office}, {term.body.unit.name}"))
        for row in Appointment.objects.filter(member__in=keys).select_related("unit"):
            self._held[keys[row.member_id]].append((row.period, f"{ROLES[row.role]}, {row.unit.name}"))

    def name(self, actor: uuid.UUID | None) -> str:
        """Who it was; the program, and somebody who is no longer known here, are said as such."""
        if actor is None:
            return _("The program itself")
        return self._names.get(actor) or _("Somebody who is no longer here")

    def right(self, actor: uuid.UUID | None, day: dt.date) -> str:
        """The office or role they held on the day, or ''."""
        return " · ".join(words for period, words in self._held.get(actor, ()) if day in period) if actor else ""
