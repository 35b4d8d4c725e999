"""Signing in through the product's own form, once for each person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.browsing import Browser, Unexpected
from benchmarks.plan import Plan

PAGE = "/accounts/login/"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
EACH = 10
"""So many sign in from one address: the house lets thirty try in a minute."""

Jar = dict[str, str]


def sign_in(port: int, plan: Plan) -> list[Jar]:
    """The cookies of every person of the plan."""
    return list(jars(port, plan))


def jars(port: int, plan: Plan) -> Iterator[Jar]:
    """Each person's cookies. Raises Unexpected when somebody is not let in."""
    for number, person in enumerate(plan.people):
        browser = Browser(port, source=f"127.0.0.{2 + number // EACH}")
        token = TOKEN.search(browser.get(PAGE).body)
        fields = {"login": person.email, "password": plan.password}
        answer = browser.post(PAGE, fields | {"csrfmiddlewaretoken": token[1].decode() if token else ""})
        browser.close()
        if answer.status != 302 or not any(name.endswith("sessionid") for name in browser.cookies):
            raise Unexpected(f"{person.email} was not let in: {answer.status}")
        yield browser.cookies
