"""Sending for approval: a module goes with the drafts beneath it, a course with its modules."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from courses.catalogue.models import LessonPage
from lms.members.models import Member


@dataclass(slots=True)
class Along:
    """What went along, and what stayed behind because something is missing in it."""

    sent: list[Page] = field(default_factory=list)
    unready: list[Page] = field(default_factory=list)


@transaction.atomic
def send_drafts_along(*, page: Page, by: Member) -> Along:
    """Send the writer's own, never published drafts below a page for approval too; those already sent are left."""
    along = Along()
    drafts = page.get_descendants().filter(live=False, owner=by, latest_revision__isnull=False)
    for draft in drafts.order_by("path").specific():
        if draft.workflow_in_progress:
            continue
        if not _is_ready(draft.get_latest_revision_as_object()):
            along.unready.append(draft)
            continue
        draft.get_workflow().start(draft, by)
        along.sent.append(draft)
    return along


def _is_ready(draft: Page) -> bool:
    """Whether a draft holds what its form would demand when it is sent by itself."""
    try:
        draft.full_clean()
        if isinstance(draft, LessonPage):
            LessonPage._meta.get_field("body").stream_block.clean(draft.body)
    except ValidationError:
        return False
    return True
