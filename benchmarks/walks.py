"""The units of work that are measured: what one person does, and what they must meet on the way.

Each walk is walked by whoever can open pages: the clients of a run, and Django's own client
when the questions to the database are counted. So both speak of the same unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from benchmarks.browsing import Answer, Browsing, Unexpected
from benchmarks.plan import Person, Plan

Walk = Callable[[Browsing, Plan, Person], None]
HELLO = "Hello"
RIGHT, WRONG = "a", "b"
"""The choices that are sent, in turns: every other answer is right, and the test is not passed."""
MARK = re.compile(rb'<li class="is-(done|here|next|locked)')
CHOICE = re.compile(rb'name="answer" value="([^"]+)"')


def say_hello(browser: Browsing, plan: Plan, person: Person) -> None:
    """The empty view."""
    shown(browser.get("/"), HELLO)


def read_course(browser: Browsing, plan: Plan, person: Person) -> None:
    """The course page with one's own state on each of its marks."""
    page = shown(browser.get(plan.course_url), plan.course_title, person.name, person.state)
    marks = MARK.findall(page)
    if len(marks) != plan.course_marks or marks.count(b"done") != person.done:
        raise Unexpected(f"the marks of the course page are {marks}")


def open_lesson(browser: Browsing, plan: Plan, person: Person) -> None:
    """The lesson page alone."""
    shown(browser.get(plan.lesson_url), plan.lesson_title, person.name)


def view_lesson(browser: Browsing, plan: Plan, person: Person) -> None:
    """The lesson page, and what it sends once it is open: that its reader is here now."""
    open_lesson(browser, plan, person)
    answer = browser.post(plan.seen_url, {})
    if answer.status != 204:
        raise Unexpected(f"the visit was answered with {answer.status}")


def take_test(browser: Browsing, plan: Plan, person: Person) -> None:
    """The test: its front, begin, every question answered and kept, looked over, handed in, the result."""
    shown(browser.get(plan.test_url), person.name)
    address = sent(browser.post(plan.test_url, {}))
    for number in range(1, plan.questions + 1):
        choices = CHOICE.findall(shown(browser.get(address), f"{number} av {plan.questions}"))
        choice = RIGHT if number % 2 else WRONG
        if choice.encode() not in choices:
            raise Unexpected(f"question {number} offers {choices}")
        address = sent(browser.post(address, {"answer": choice, "go": "next"}))
    shown(browser.get(address), 'class="t-overview"')
    address = sent(browser.post(address, {}))
    shown(browser.get(address), f"{plan.questions // 2} av {plan.questions}")


def shown(answer: Answer, *words: str) -> bytes:
    """The body of a page that holds these words. Raises Unexpected for any other answer."""
    if answer.status != 200:
        raise Unexpected(f"answered with {answer.status} {answer.location}")
    missing = [word for word in words if word.encode() not in answer.body]
    if missing:
        raise Unexpected(f"the page does not say {missing}")
    return answer.body


def sent(answer: Answer) -> str:
    """Where a form leads. Raises Unexpected when it was not accepted."""
    if answer.status != 302 or "/accounts/" in answer.location:
        raise Unexpected(f"the form was answered with {answer.status} {answer.location}")
    return answer.location
