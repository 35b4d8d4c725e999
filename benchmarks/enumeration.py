"""How well the time of an answer tells whether an address is known, as AUC: 0.5 is not at all, 1.0 is always.

    DJANGO_SETTINGS_MODULE=lms.settings.embedded TILLIT_VAR=/tmp/doors python -m benchmarks.enumeration

Asks the doors of an installation of its own (migrate it first) in this process, with the real
hasher: known and unknown in turn, each from a network of its own so that no limit answers.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

import django

PAIRS = 300
LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"


def auc(known: list[float], unknown: list[float]) -> float:
    """The chance that a known one took longer than an unknown one."""
    over = sum((a > b) + (a == b) / 2 for a in known for b in unknown)
    return over / (len(known) * len(unknown))


def measure(ask: Callable[[str, int], None], known: list[str], unknown: list[str]) -> tuple[float, float, float]:
    """Ask in turn; the AUC and the median of both in ms."""
    times: dict[bool, list[float]] = {True: [], False: []}
    gc.disable()
    for number, pair in enumerate(zip(known, unknown, strict=True)):
        for is_known in (True, False) if number % 2 else (False, True):
            begun = time.perf_counter()
            ask(pair[0 if is_known else 1], 2 * number + is_known)
            times[is_known].append((time.perf_counter() - begun) * 1000)
    gc.enable()
    value = auc(times[True], times[False])
    return max(value, 1 - value), statistics.median(times[True]), statistics.median(times[False])


def main() -> None:
    """Make people, ask, and print a row for each door."""
    django.setup()
    from django.test import Client

    from lms.members.models import Member
    from lms.members.services import open_account

    people = [
        Member.objects.get_or_create(member_number=f"m{n}", defaults={"name": "P", "email": f"p{n}@example.org"})[0]
        for n in range(PAIRS)
    ]
    for person in people[::]:
        if not person.password:
            open_account(member=person, email=person.email, password="a-password-of-some-length")
    known, numbers = [p.email for p in people], [str(p.member_number) for p in people]
    unknown, strangers = [f"x{n}@example.org" for n in range(PAIRS)], [f"x{n}" for n in range(PAIRS)]

    def client(number: int) -> Client:
        return Client(REMOTE_ADDR=f"10.{number // 250}.0.{number % 250}", SERVER_NAME="localhost")

    def wrong(login: str, number: int) -> None:
        client(number).post(LOGIN, {"login": login, "password": "not-the-password"})

    def reset(address: str, number: int) -> None:
        client(number).post(RESET, {"email": address})

    doors = {
        "sign in, by address": (wrong, known, unknown),
        "sign in, by member number": (wrong, numbers, strangers),
        "new password": (reset, known, unknown),
    }
    for name, (ask, some, others) in doors.items():
        ask(others[0], 9_000)  # warm
        value, one, other = measure(ask, some, others)
        print(f"{name}: AUC {value:.3f}, known {one:.1f} ms, unknown {other:.1f} ms ({PAIRS} each)")


if __name__ == "__main__":
    main()
