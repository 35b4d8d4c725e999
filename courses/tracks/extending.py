"""Awards that last longer by a decision: looked over, decided, and undone.

docs/algorithms/extensions.md tells whom it reaches. What is confirmed is what was shown: the
preview has a fingerprint, and a different one is refused.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.progression.models import Award, Extension, Level
from courses.tracks.lapses import Holding, lapsing, people_of
from courses.tracks.looking_again import look_again
from lms.audit.models import subject_key
from lms.audit.services import record_act, record_acts
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Unit
from lms.periods import today

LONGEST = 200
MOST_YEARS = 10
"""No decision of today reaches further: a date beyond it is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be decided: awards of a level, in a unit and below, that lapse in a window, last to a day."""

    level: Level
    unit: Unit
    lapsing_from: dt.date
    lapsing_until: dt.date
    until: dt.date


class LeftOut(StrEnum):
    """Why somebody whose level lapses in the window is not reached."""

    ENDED = "ended by a decision"
    TODAY = "something was given today"
    LATER = "lasts as long already"
    OWN = "of whoever decides"


@dataclass(frozen=True, slots=True)
class Reached:
    """One person who is reached: the award they hold by, and the day the new one is written on."""

    holding: Holding
    on: dt.date


@dataclass(frozen=True, slots=True)
class Preview:
    """Whom a decision would reach, whom not and why, and the fingerprint of it all."""

    wish: Wish
    reached: tuple[Reached, ...]
    left_out: tuple[tuple[Holding, LeftOut], ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same people, awards and days."""
        wish = self.wish
        told = [wish.level.key, wish.unit.code, wish.lapsing_from, wish.lapsing_until, wish.until]
        told += [f"{one.holding.award_id}:{one.holding.until}:{one.on}" for one in self.reached]
        return hashlib.sha256("|".join(map(str, told)).encode()).hexdigest()


class Changed(Exception):
    """What was confirmed is not what stands now: it has to be looked over again."""


def demand_possible(wish: Wish) -> None:
    """Raise ValidationError, by field, for days that do not follow on each other."""
    day, wrong = today(), {}
    if wish.lapsing_until <= wish.lapsing_from:
        wrong["lapsing_until"] = _("The last day must come after the first.")
    if wish.until <= max(day, wish.lapsing_from):
        wrong["until"] = _("The new day must lie ahead, and after the first that lapses.")
    elif wish.until > day.replace(year=day.year + MOST_YEARS, day=min(day.day, 28)):
        wrong["until"] = _("This is more than ten years ahead. Is the year right?")
    if wrong:
        raise ValidationError(wrong)


def preview_extension(wish: Wish, *, by: Member | None = None, on: dt.date | None = None) -> Preview:
    """Whom it would reach today, decided by ``by``: everybody but themselves. Three queries, however many people."""
    day = on or today()
    holdings = lapsing(
        levels=[wish.level.pk],
        people=people_of(wish.unit.pk, on=day),
        start=wish.lapsing_from,
        before=wish.lapsing_until,
        on=day,
    )
    taken = _days_taken(wish.level, [holding.member_id for holding in holdings], on=day)
    reached, left_out = [], []
    for holding in sorted(holdings, key=lambda one: (one.until, one.member_id)):
        free = _free_day(holding, taken, on=day)
        if by is not None and holding.member_id == by.pk:
            left_out.append((holding, LeftOut.OWN))
        elif holding.is_ended:
            left_out.append((holding, LeftOut.ENDED))
        elif holding.until >= wish.until:
            left_out.append((holding, LeftOut.LATER))
        elif free is None:
            left_out.append((holding, LeftOut.TODAY))
        else:
            reached.append(Reached(holding, free))
    return Preview(wish, tuple(reached), tuple(left_out))


def _days_taken(level: Level, member_ids: list[int], *, on: dt.date) -> set[tuple[int, dt.date]]:
    """On which days awards of the level stand, undone ones too: one a day is all a person can have."""
    rows = Award.objects.filter(level=level, member__in=member_ids, awarded_on__lte=on)
    return set(rows.values_list("member_id", "awarded_on"))


def _free_day(holding: Holding, taken: set[tuple[int, dt.date]], *, on: dt.date) -> dt.date | None:
    """Today, else the last day before it on which nothing was given, but after what is held; or None."""
    day = on
    while day > holding.last_given:
        if (holding.member_id, day) not in taken:
            return day
        day -= dt.timedelta(days=1)
    return None


@transaction.atomic
def extend_awards(*, wish: Wish, decision: str, fingerprint: str, by: Member) -> Extension:
    """Let the awards last to the new day, as the preview with this fingerprint showed.

    Appends an award per person; nothing that was given is changed, and no certificate is issued.
    Raises PermissionDenied unless ``by`` keeps the levels of the unit, ValidationError for days
    or words that cannot stand, Changed when the preview shows something else now.
    """
    access.demand(by, Right.KEEP_LEVELS, unit=wish.unit)
    demand_possible(wish)
    if not 0 < len(decision.strip()) <= LONGEST:
        raise ValidationError({"decision": _("Write who decided it, and when. At most 200 characters.")})
    Level.objects.select_for_update().get(pk=wish.level.pk)
    preview = preview_extension(wish, by=by)
    if preview.fingerprint != fingerprint or not preview.reached:
        raise Changed
    extension = Extension.objects.create(
        level=wish.level,
        unit=wish.unit,
        decision=decision.strip(),
        lapsing_from=wish.lapsing_from,
        lapsing_until=wish.lapsing_until,
        until=wish.until,
        by=by,
    )
    rows = [_extended(one, extension) for one in preview.reached]
    # Somebody may be given the level by the engine at this very moment: that award stands, and this one is not needed.
    Award.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    people = [subject_key("member", one) for one in extension.awards.values_list("member__public_id", flat=True)]
    about = {"level": wish.level.key, "extension": str(extension.public_id)}
    record_act("extend_awards", by=by, subject=subject_key("unit", wish.unit.code), people=len(people), **about)
    record_acts("extend_award", by=by, subjects=people, **about)
    look_again(extension)
    return extension


def _extended(one: Reached, extension: Extension) -> Award:
    return Award(
        member_id=one.holding.member_id,
        level=extension.level,
        rule_id=one.holding.rule_id,
        awarded_on=one.on,
        valid_until=extension.until,
        origin=Award.Origin.EXTENDED,
        facts=[f"extension:{extension.public_id}"],
        extension=extension,
    )


@transaction.atomic
def undo_extension(*, extension: Extension, reason: str, by: Member) -> Extension:
    """Undo a decision: its awards count no more, and everybody stands as before it.

    What was earned or renewed since stays. Raises PermissionDenied unless ``by`` keeps the
    levels of the unit, ValidationError without a reason. One that is undone is left as it is.
    """
    access.demand(by, Right.KEEP_LEVELS, unit=extension.unit)
    if not 0 < len(reason.strip()) <= LONGEST:
        raise ValidationError({"reason": _("Write in a sentence why it is undone. At most 200 characters.")})
    row = Extension.objects.select_for_update().get(pk=extension.pk)
    if row.undone_at is not None:
        return row
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    people = [subject_key("member", one) for one in row.awards.values_list("member__public_id", flat=True)]
    about = {"level": row.level.key, "extension": str(row.public_id)}
    subject = subject_key("unit", row.unit.code)
    record_act("undo_extension", by=by, subject=subject, people=len(people), reason=reason.strip(), **about)
    record_acts("undo_extended_award", by=by, subjects=people, **about)
    look_again(row)
    return row
