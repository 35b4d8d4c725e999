"""One's own notices, and nobody else's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lms.notifications.models import Notice


@pytest.fixture
def reader(client, somebody):
    """Signed in."""
    member = somebody(1)
    client.force_login(member)
    return member


def test_the_list_shows_ones_own_and_no_others(client, reader, say, somebody):
    say(reader)
    say(somebody(2), key="ready:other")
    shown = client.get(reverse("notices"))
    assert [one.notice.member for one in shown.context["notices"]] == [reader]
    assert "Ny i styret is ready." in shown.text
    assert 'href="/shelf/7/"' in shown.text


def test_an_empty_list_says_what_will_come(client, reader):
    assert "t-empty" in client.get(reverse("notices")).text


def test_marking_as_read_is_a_post(client, reader, say):
    say(reader)
    address = reverse("read_notice", args=[Notice.objects.get().public_id])
    assert client.get(address).status_code == 405
    assert client.get(reverse("read_all_notices")).status_code == 405
    client.get(reverse("notices"))
    assert Notice.objects.unread().count() == 1
    client.post(address)
    assert Notice.objects.unread().count() == 0


def test_all_are_marked_at_once(client, reader, say):
    say(reader)
    say(reader, key="ready:2")
    client.post(reverse("read_all_notices"))
    assert Notice.objects.unread().count() == 0


def test_a_foreign_notice_is_not_there(client, reader, say, somebody):
    say(somebody(2))
    assert client.post(reverse("read_notice", args=[Notice.objects.get().public_id])).status_code == 404
    assert Notice.objects.unread().count() == 1


def test_whoever_is_not_signed_in_is_asked_to(client, db):
    assert client.get(reverse("notices")).url.startswith("/accounts/login/")


def test_a_notice_of_a_kind_nobody_knows_any_more_is_left_out(client, reader, say):
    say(reader)
    Notice.objects.update(kind="of yesterday")
    assert client.get(reverse("notices")).status_code == 200


def test_what_is_said_is_shown_as_text(client, reader):
    from lms.notifications.services import notify

    notify(members=[reader], kind="ready", key="x", context={"id": 1, "title": "<script>alert(1)</script>"})
    assert "<script>alert" not in client.get(reverse("notices")).text
