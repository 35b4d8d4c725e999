"""Every address × every method × eleven people: who is answered follows a written rule (threat 1)."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from tests.addresses import addresses, make_world, patterns
from tests.walls.actors import EVERYBODY, STRANGER, make_actors
from tests.walls.rules import RULES, Rule

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def test_every_address_has_a_rule():
    assert sorted(set(patterns()) ^ set(RULES)) == []


def outcome(answer: HttpResponseBase) -> str:
    """What came of it, in a word."""
    if answer.status_code == 302:
        return "sign in" if answer["Location"].startswith("/accounts/login/") else "served"
    words = {403: "refused", 404: "not there", 405: "no such method"}
    return words.get(answer.status_code, "broken" if answer.status_code >= 500 else "served")


def allowed(rule: Rule, who: str, method: str) -> set[str]:
    """What may come of it when ``who`` asks by ``method``.

    A method no address promises (PUT, PATCH, DELETE) serves nobody whom GET and POST do not.
    HEAD is GET, or not taken. An empty form may be about nothing: whoever may send it is told so.
    """
    read, written = rule.get or frozenset(), rule.post or frozenset()
    served = {"GET": read, "HEAD": read, "POST": written}.get(method, read | written)
    promised = method in ("GET", "POST") and (rule.get if method == "GET" else rule.post) is not None
    turned_away = "sign in" if rule.one_door or (who == STRANGER and not rule.hides) else "not there"
    may = set() if promised else {"no such method"}
    if who not in served:
        return may | {turned_away}
    return may | ({"served", "not there"} if rule.may_be_empty or method != "GET" else {"served"})


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_each_is_answered_as_the_rule_says(who: str):
    world = make_world()
    member = make_actors(world)[who]
    client = Client(raise_request_exception=False)
    wrong = []
    for name, url in addresses(world).items():
        if member is not None:
            client.force_login(member)
        for method in METHODS:
            with transaction.atomic():
                found = outcome(client.generic(method, url))
                transaction.set_rollback(True)
            if found not in allowed(RULES.get(name, Rule()), who, method):
                wrong.append(f"{method} {name}: {found}")
    assert wrong == []
