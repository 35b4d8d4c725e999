"""An administrator of the first county, signed in, and a county beside it that mirrors it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.members.models import Member
from lms.organisation.access import Role
from lms.organisation.models import Unit
from tests.factories.organisation import DAY, make_appointment, make_member, make_tree, make_unit

AROUND = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@dataclass(frozen=True)
class County:
    """Ada keeps Nordland with Bodø below; Oslo with Frogner below is somebody else's."""

    nation: Unit
    nordland: Unit
    bodo: Unit
    oslo: Unit
    frogner: Unit
    ada: Member


@pytest.fixture
def county(db, set_today) -> County:
    set_today(DAY)
    nation, nordland, oslo, bodo = make_tree()
    frogner = make_unit("Frogner", under=oslo)
    ada = make_member("Ada Lund", of=nordland)
    make_appointment(ada, Role.ADMINISTRATOR, unit=nordland)
    return County(nation, nordland, bodo, oslo, frogner, ada)


@pytest.fixture
def as_ada(county) -> Client:
    client = Client()
    client.force_login(county.ada)
    return client


@pytest.fixture
def asked_by():
    """``asked_by(client, address)``: the statements that read or write rows a page takes, without transactions."""

    def ask(client: Client, address: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return [one["sql"] for one in asked if not one["sql"].startswith(AROUND)]

    return ask
