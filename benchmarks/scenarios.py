"""What is measured, at how many at once, and what is aimed at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import walks
from benchmarks.plan import Plan
from benchmarks.walks import Walk
from benchmarks.wrk import Pages

REFERENCE_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Scenario:
    """One unit of work. ``pages``: the same as plain requests, when it is no more than that.

    ``aim``: units per second, as a ratio to the empty view; it is held against the run with ``aim_at`` at once.
    """

    name: str
    unit: str
    walk: Walk
    at_once: tuple[int, ...]
    pages: Callable[[Plan], Pages] | None = None
    aim: float | None = None
    aim_at: int = 8
    begins_anew: bool = False


HELLO = Scenario(
    "empty view",
    "one request of an empty Django view under gunicorn, 2 sync workers",
    walks.say_hello,
    (REFERENCE_AT_ONCE,),
    lambda plan: Pages((("GET", "/"),)),
)
SCENARIOS = (
    Scenario(
        "course page",
        "GET of the course page, signed in, ten lessons with one's own state",
        walks.read_course,
        (1, 8),
        lambda plan: Pages((("GET", plan.course_url),), (plan.course_title, f"av {plan.course_marks} leksjoner")),
        aim=0.046,
    ),
    Scenario(
        "lesson page",
        "GET of the lesson alone; nothing is recorded",
        walks.open_lesson,
        (1, 8),
        lambda plan: Pages((("GET", plan.lesson_url),), (plan.lesson_title,)),
    ),
    Scenario(
        "lesson view",
        "GET of the lesson and the POST the page sends then, which records the visit: two requests, one upsert",
        walks.view_lesson,
        (8,),
        lambda plan: Pages((("GET", plan.lesson_url), ("POST", plan.seen_url)), (plan.lesson_title,)),
        aim=0.040,
    ),
    Scenario(
        "test",
        "the whole flow: front, begin, ten questions each opened, answered and kept, overview, hand in, result",
        walks.take_test,
        (4, 8),
        aim=0.0046,
        aim_at=4,
        begins_anew=True,
    ),
)
WALKS = {scenario.name: scenario.walk for scenario in SCENARIOS}
CERTIFICATE_AIM = 0.8
