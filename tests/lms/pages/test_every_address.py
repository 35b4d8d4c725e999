"""What holds at every address of the house: headers, cookies, and that opening a page changes nothing."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.addresses import World, addresses, make_world, pages, patterns

pytestmark = pytest.mark.django_db

PAGE_POLICY = ["default-src 'self'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'"]
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "ALTER", "CREATE", "DROP")
TRAIL = ('INSERT INTO "audit_sighting"', 'INSERT INTO "audit_sightingof"')
"""Being shown personal data of others leaves a trail: the one thing that opening a page writes."""


@dataclass(frozen=True)
class Answer:
    """What somebody was sent at an address, and what was written to send it."""

    who: str
    url: str
    status: int
    headers: Mapping[str, str]
    cookies: frozenset[str]
    text: str
    writes: tuple[str, ...]


_walked: list[Answer] = []


@pytest.fixture(scope="module")
def kept_world(keep) -> World:
    return keep(make_world)


@pytest.fixture
def world(db, kept_world) -> World:
    return deepcopy(kept_world)


@pytest.fixture
def walked(world) -> list[Answer]:
    """Everybody at every address. Walked once for all tests that ask."""
    if not _walked:
        for who, member in {"a stranger": None, "Kari": world.kari, "Ola": world.ola, "Ada": world.ada}.items():
            client = Client(raise_request_exception=False)
            if member is not None:
                client.force_login(member)
            _walked.extend(_visit(client, who, url) for url in [*addresses(world).values(), *pages(world)])
    return _walked


def _visit(client: Client, who: str, url: str) -> Answer:
    client.cookies.pop("csrftoken", None)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
        body = b"".join(answer) if answer.streaming else answer.content
    said = [q["sql"].lstrip() for q in asked]
    writes = tuple(sql[:200] for sql in said if sql.upper().startswith(WRITES) and not sql.startswith(TRAIL))
    text = body.decode() if "text/html" in answer.headers.get("Content-Type", "") else ""
    return Answer(who, url, answer.status_code, answer.headers, frozenset(answer.cookies), text, writes)


def outside_the_cms(walked):
    """The editor has a policy of its own; its door has its own tests."""
    return [a for a in walked if not a.url.startswith("/admin/")]


def test_every_address_is_known_to_the_walker(world):
    assert sorted(set(patterns())) == sorted(addresses(world))


def test_no_address_breaks_for_anybody(walked):
    assert [(a.who, a.url) for a in walked if a.status >= 500] == []


CHALLENGES = ("/accounts/2fa/webauthn/", "/accounts/2fa/totp/")
"""Pages that ask what must be answered afresh: the question waits in the reader's own session."""


def test_opening_a_page_changes_no_row_but_the_trail(walked):
    changed = [(a.who, a.url, a.writes) for a in walked if a.writes]
    challenged = [writes for _, url, writes in changed if url.startswith(CHALLENGES)]
    assert [c for c in changed if not c[1].startswith(CHALLENGES)] == []
    assert all('"django_session"' in sql for writes in challenged for sql in writes)


def test_strangers_are_given_no_session(walked):
    given = {name for a in walked if a.who == "a stranger" for name in a.cookies}
    assert given <= {"csrftoken", "tillit_language"}


def test_every_answer_says_what_it_may_load(walked):
    for a in outside_the_cms(walked):
        policy = a.headers.get("Content-Security-Policy", "")
        assert all(rule in policy for rule in PAGE_POLICY), (a.who, a.url, policy)
        assert "unsafe" not in policy, (a.who, a.url)


def test_every_answer_says_who_may_frame_guess_and_follow_it(walked):
    for a in outside_the_cms(walked):
        assert a.headers.get("X-Content-Type-Options") == "nosniff", (a.who, a.url)
        assert a.headers.get("X-Frame-Options") == "DENY", (a.who, a.url)
        assert a.headers.get("Referrer-Policy") in ("same-origin", "no-referrer"), (a.who, a.url)


def test_nothing_a_signed_in_reader_is_sent_is_kept_by_anyone(walked):
    kept = [a for a in walked if a.who != "a stranger"]
    loose = [a.url for a in kept if not {"private", "no-store"} <= set(a.headers.get("Cache-Control", "").split(", "))]
    assert loose == []


INLINE = re.compile(r"<style| style=|<script>|<script (?![^>]*src=)|<[^>]+ on(click|load|error|submit|change)=")


def test_no_page_has_a_script_or_style_in_itself(walked):
    found = {(a.url, m[0]) for a in walked if (m := INLINE.search(a.text)) and "application/json" not in m.string}
    assert found == set()


def test_no_page_loads_anything_from_another_host(walked):
    loading = re.compile(r"""(?:src|srcset|poster|data)="https?://|rel="stylesheet"[^>]+href="https?://""")
    assert {a.url for a in walked if loading.search(a.text)} == set()


def test_every_page_says_in_which_language_it_is(walked):
    assert {a.url for a in walked if a.text and not re.search(r'<html[^>]* lang="(nb|nn|en)"', a.text)} == set()


MEMBERS_ONLY = {
    "desk", "shelf", "own_certificate", "certificate_file", "test", "test_overview", "test_question", "test_result",
    "job", "stop_job", "retry_job", "notices", "choose_batch", "sample_certificate", "batch", "batch_zip",
    "issued_certificate", "issued_file", "account_email", "account_change_password", "account_reauthenticate",
    "my_consents", "who_saw_me", "merging", "merge_preview", "merge",
    "second_factor", "sign_in_again", "confirm_by_mail", "mfa_index", "mfa_view_recovery_codes",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(MEMBERS_ONLY))
def test_strangers_are_sent_to_sign_in_and_back(client, world, name):
    url = addresses(world)[name]
    answer = client.get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/")


OWN = {
    "own_certificate", "certificate_file", "test_overview", "test_question", "test_result", "job", "batch", "batch_zip",
    "issued_certificate", "issued_file", "choose_batch", "sample_certificate", "merging", "merge_preview", "merge",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(OWN))
def test_what_belongs_to_somebody_else_is_not_there(client, world, name):
    client.force_login(world.ola)
    assert client.get(addresses(world)[name]).status_code == 404


POST_ONLY = {
    "enrol",
    "finish_lesson",
    "note_visit",
    "do_activity",
    "stop_job",
    "retry_job",
    "read_notice",
    "issue_batch",
    "keep_apart",
    "undo_merge",
}


@pytest.mark.parametrize("name", sorted(POST_ONLY | {"read_all_notices"}))
def test_what_changes_something_takes_no_get(client, world, name):
    client.force_login(world.kari)
    assert client.get(addresses(world)[name]).status_code == 405


@pytest.mark.parametrize("name", sorted(POST_ONLY | {"read_all_notices", "own_certificate", "test", "test_overview"}))
def test_a_form_from_elsewhere_changes_nothing(world, name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.kari)
    assert client.post(addresses(world)[name], {"disclosure": "named"}).status_code == 403
    world.credential.refresh_from_db()
    assert world.credential.disclosure == "nameless"
