"""Loading the demo: all of it or nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from courses.coverage.tasks import write_earlier_months
from courses.demo.bodies import describe_people, fill_bodies
from courses.demo.course import load_course
from courses.demo.movement import load_movement
from courses.demo.open_course import load_open_course
from courses.demo.people import elect_newcomer, load_people
from courses.demo.plans import load_plans
from courses.demo.population import EARLIEST, build
from courses.demo.recruiting import load_recruiting
from courses.demo.site import load_site
from courses.demo.standing import load_standing
from courses.progression.models import Level
from courses.progression.services import record_awards
from lms.members.models import Member
from lms.organisation.editing import shelf_of
from lms.organisation.models import Unit
from lms.periods import today
from media.recordings.models import Recording

MONTHS = 25
"""How far back the figures of the demo go: two years and the month that runs."""


def load_demo(*, members: int = 2000) -> bool:
    """Load the demo into an empty installation; False when it is there already.

    One transaction: an interrupted load leaves nothing behind. The figures of earlier months are
    written by a job, while people look around.
    """
    if Unit.objects.exists():
        return False
    with transaction.atomic():
        population = build(members=members, today=max(today(), EARLIEST))
        people = load_people(population)
        elect_newcomer()
        describe_people()
        fill_bodies()
        indexes = load_site()
        load_course(indexes)
        open_course = load_open_course(indexes["nb"])
        keep_first_revisions()
        # The county's instructors reach the films: theirs is the shelf they stand on.
        Recording.objects.update(collection=shelf_of(Unit.objects.get(code="fylke-18")).collection)
        waiting = [
            (people[person.member_number], person.level_on)
            for person in population.people
            if person.level_on is not None
        ]
        record_awards(level=Level.objects.get(key="leadership.grunn"), people=waiting, by=None, source="lederkurs")
        newcomer = demo_member("styremedlem@example.org")
        load_standing(newcomer=newcomer, recorded={member.pk: day for member, day in waiting})
        load_plans()
        load_recruiting(open_course)
        load_movement()
        write_earlier_months(months=MONTHS)
    return True


def keep_first_revisions() -> None:
    """Give every page the revision it is live in, as if an editor had published it."""
    now = timezone.now()
    for page in Page.objects.filter(depth__gt=1).specific():
        revision = page.save_revision(log_action=False, clean=False)
        Page.objects.filter(pk=page.pk).update(
            live_revision=revision,
            latest_revision=revision,
            has_unpublished_changes=False,
            first_published_at=now,
            last_published_at=now,
        )


def demo_member(email: str) -> Member:
    """One of the demo's sign-ins."""
    return Member.objects.get(emailaddress__email=email)
