"""Mapping oneself: what is asked, what was answered, and who may see it.

The answers are evidence of kind ``self``; they are shown apart and prove nothing. A mapping is a
day: what was answered from that day on belongs to it, so it can be left and taken up again, and
is over when everything asked has an answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lms.competences.models import Competence, Evidence, Mapping, MappingViewer
from lms.competences.needs import FALLBACK_OFFICE, Held, choose, offices_held, wanted_by
from lms.competences.queries import framework_on
from lms.competences.rows import current, free_key
from lms.competences.services import NewEvidence, correct_evidence, record_evidence
from lms.members.consents import give_consent, has_consent, withdraw_consent
from lms.members.models import Member
from lms.organisation import access
from lms.periods import today

MOST_ASKED, MOST_WITHOUT_OFFICE = 14, 10
SEARCH = "competence_search"
"""The consent that lets administrators and nomination committees find one by what one can."""
MOST_VIEWERS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What one mapping asks, in order, and what has been answered since it began."""

    mapping: Mapping | None
    keys: tuple[str, ...]
    answers: dict[str, int]
    offices: tuple[str, ...]

    @property
    def left(self) -> tuple[str, ...]:
        """What has no answer yet."""
        return tuple(key for key in self.keys if key not in self.answers)

    @property
    def done(self) -> int:
        """How many have an answer."""
        return len(self.keys) - len(self.left)

    @property
    def is_begun(self) -> bool:
        """Whether a mapping is under way: begun, and not everything answered."""
        return self.mapping is not None and bool(self.left)

    def after(self, key: str) -> str:
        """The question after one, '' after the last."""
        place = self.keys.index(key) + 1
        return self.keys[place] if place < len(self.keys) else ""

    def before(self, key: str) -> str:
        """The question before one, '' before the first."""
        place = self.keys.index(key)
        return self.keys[place - 1] if place else ""


def asked_of(member: Member, *, on: dt.date | None = None) -> Asked:
    """What a person is asked, and where they are in it. At most five queries."""
    day = on or today()
    mapping = Mapping.objects.filter(member=member).first()
    held = offices_held(member, day)
    keys = _asked_keys(held, day)
    answers = answers_since(member, mapping.on) if mapping else {}
    return Asked(mapping, tuple(keys), answers, tuple(office.title for office in held))


def _asked_keys(held: Sequence[Held], day: dt.date) -> list[str]:
    framework = framework_on(day)
    order = [entry.key for area in framework.areas for entry in area.entries]
    wanted = wanted_by(held, day)
    if wanted:
        return choose(wanted, order, MOST_ASKED)
    everybody = wanted_by([Held(FALLBACK_OFFICE, "", "", day)], day)
    return choose(everybody, order, MOST_WITHOUT_OFFICE)


def answers_since(member: Member, day: dt.date) -> dict[str, int]:
    """The newest answer to each competence from a day on. One query."""
    rows = current(Evidence.objects.filter(member=member, kind=Evidence.Kind.SELF, on__gte=day))
    newest = rows.order_by("on", "pk").values_list("competence__key", "level")
    return {key: level for key, level in newest if key and level is not None}


@transaction.atomic
def begin_mapping(*, member: Member, by: Member | None) -> Mapping:
    """Begin to map oneself; one that is under way goes on. Nobody maps another: PermissionDenied."""
    _demand_self(member, by)
    asked = asked_of(member)
    if asked.is_begun and asked.mapping is not None:
        return asked.mapping
    day = today()
    keys = ",".join(dict.fromkeys(office.key for office in offices_held(member, day)))
    # One begun anew on the same day goes over the same answers; a second row would say nothing more.
    if asked.mapping is not None and asked.mapping.on == day:
        return asked.mapping
    return Mapping.objects.create(member=member, on=day, office_key=keys if len(keys) <= 40 else keys.split(",")[0])


@transaction.atomic
def answer(*, member: Member, key: str, level: int, by: Member | None) -> Evidence | None:
    """Keep one answer of today. Changed the same day it corrects the first; the same answer again does nothing.

    Raises ValidationError for what is no answer, LookupError for a competence nobody has.
    """
    _demand_self(member, by)
    if level not in range(5):
        raise ValidationError(_("Choose one of the five."))
    competence = Competence.objects.filter(key=key, archived_at=None).first()
    if competence is None:
        raise LookupError(key)
    day = today()
    rows = Evidence.objects.filter(member=member, kind=Evidence.Kind.SELF, competence=competence, on=day)
    row = current(rows).order_by("-pk").first()
    if row is not None and row.level == level:
        return None
    new = NewEvidence(
        member_id=member.pk,
        kind=Evidence.Kind.SELF,
        key=free_key(f"self:{member.public_id}:{key}:{day.isoformat()}"),
        on=day,
        competence_id=competence.pk,
        level=level,
        subject="self",
    )
    if row is None:
        return next(iter(record_evidence(rows=[new], by=by)), None)
    return correct_evidence(evidence=row, by=by, replacement=new)


@transaction.atomic
def end_mapping(*, mapping: Mapping, also_can: str, shares: bool, by: Member | None) -> None:
    """Keep the two free answers: what we did not ask about, and whether one may be found by what one can."""
    _demand_self(mapping.member, by)
    mapping.also_can = also_can.strip()[:1000]
    mapping.save(update_fields=["also_can"])
    share_competences(member=mapping.member, shares=shares, by=by)


def share_competences(*, member: Member, shares: bool, by: Member | None) -> None:
    """Let oneself be found by what one can, or no longer. What one said before stands until it is changed."""
    _demand_self(member, by)
    if shares:
        give_consent(member=member, purpose=SEARCH)
    elif has_consent(member, SEARCH):
        withdraw_consent(member=member, purpose=SEARCH)


@transaction.atomic
def show_mapping_to(*, member: Member, viewer: Member, by: Member | None) -> MappingViewer:
    """Let somebody one knows see one's own view. Raises ValidationError for a stranger, oneself, or too many."""
    _demand_self(member, by)
    if viewer.pk == member.pk or not access.acquaintances(member).filter(pk=viewer.pk).exists():
        raise ValidationError(_("Choose somebody who sits with you, or whom you may see."))
    if MappingViewer.objects.filter(member=member).count() >= MOST_VIEWERS:
        raise ValidationError(_("That is many already. Take somebody away first."))
    return MappingViewer.objects.get_or_create(member=member, viewer=viewer)[0]


@transaction.atomic
def hide_mapping_from(*, row: MappingViewer, by: Member | None) -> None:
    """Take it back: it acts at once."""
    _demand_self(row.member, by)
    row.delete()


def shown_to(viewer: Member) -> QuerySet[Member]:
    """Those who let somebody see their own view."""
    return Member.objects.filter(mapping_viewers__viewer=viewer, is_active=True).order_by("name_key", "pk")


def _demand_self(member: Member, by: Member | None) -> None:
    if by is None or by.pk != member.pk:
        raise PermissionDenied("nobody maps another")
