"""Every address × every method × eleven people: who is answered follows a written rule (threat 1)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from lms.members.models import Member
from tests.addresses import World, addresses, make_world, patterns
from tests.walls.actors import ADMIN_ABOVE, EVERYBODY, STRANGER, make_actors
from tests.walls.rules import RULES, Rule

pytestmark = pytest.mark.django_db

DOOR = "/accounts/login/"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def test_every_address_has_a_rule():
    assert sorted(set(patterns()) ^ set(RULES)) == []


def outcome(answer: HttpResponseBase) -> str:
    """What came of it, in a word."""
    if answer.status_code == 302:
        place = answer["Location"]
        return "to the door" if place == DOOR else "sign in" if place.startswith(DOOR) else "served"
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
    led_to_the_door = rule.one_door or (who == STRANGER and not rule.hides)
    turned_away = {"sign in", "to the door"} if led_to_the_door else {"not there"}
    may = set() if promised else {"no such method"}
    if who not in served:
        return may | turned_away
    if rule.empty_to_door and method != "GET":
        may |= {"to the door"}
    return may | ({"served", "not there"} if rule.may_be_empty or method != "GET" else {"served"})


@dataclass(frozen=True)
class Meeting:
    """The world, and everybody who asks in it."""

    world: World
    actors: dict[str, Member | None]


@pytest.fixture(scope="module")
def kept_meeting(keep) -> Meeting:
    return keep(make_meeting)


def make_meeting() -> Meeting:
    world = make_world()
    return Meeting(world, make_actors(world))


@pytest.fixture
def meeting(db, kept_meeting: Meeting) -> Meeting:
    return deepcopy(kept_meeting)


def asking(who: str) -> tuple[str, ...]:
    """The methods somebody tries. That no address takes an unpromised one is seen by the first and the last of all."""
    return METHODS if who in (STRANGER, ADMIN_ABOVE) else METHODS[:3]


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_each_is_answered_as_the_rule_says(meeting: Meeting, who: str):
    assert wrong_answers(meeting, who, asking(who)) == []


@pytest.mark.slow
@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_each_is_answered_as_the_rule_says_by_every_method(meeting: Meeting, who: str):
    assert wrong_answers(meeting, who, METHODS) == []


def wrong_answers(meeting: Meeting, who: str, methods: tuple[str, ...]) -> list[str]:
    """What somebody was answered that the rules do not allow."""
    member = meeting.actors[who]
    client = Client(raise_request_exception=False)
    wrong = []
    for name, url in addresses(meeting.world).items():
        if member is not None:
            client.force_login(member)
        for method in methods:
            with transaction.atomic():
                found = outcome(client.generic(method, url))
                transaction.set_rollback(True)
            if found not in allowed(RULES.get(name, Rule()), who, method):
                wrong.append(f"{method} {name}: {found}")
    return wrong
