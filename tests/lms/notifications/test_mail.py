"""Mail goes out once, as far as a mail server lets one know."""

from __future__ import annotations

import re

import pytest
from django.db.models.functions import Now

from lms.jobs.lease import from_now
from lms.jobs.models import Job
from lms.jobs.sweeper import run_waiting
from lms.notifications.models import Notice
from lms.notifications.sending import LAST_ATTEMPT
from tests.lms.jobs.test_claiming import at_once

pytestmark = pytest.mark.postgres


def again() -> None:
    """The pause is over."""
    Job.objects.filter(state="queued").update(due_at=Now())
    run_waiting()


def states() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("mail_state", flat=True))


def test_a_letter_says_the_same_as_text_and_as_html(say, somebody, sink, settings):
    settings.TILLIT_BASE_URL = "https://tillit.example.org"
    member = somebody(language="en")
    say(member)
    run_waiting()
    (mail,) = sink.mails
    notice = Notice.objects.get()
    assert mail["To"] == "m1@example.org"
    assert mail["Subject"] == "Done"
    assert mail["Message-ID"] == f"<notice.{notice.public_id}@tillit.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = (mail.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert "You passed Ny i styret & may print the sheet." in text
    assert "https://tillit.example.org/shelf/7/" in text
    assert "It is &lt;yours&gt;." in html
    shown = re.sub(r"<style.*?</style>|<title.*?</title>|<[^>]+>", " ", html, flags=re.S)
    shown = shown.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    said = re.sub(r":?\s+https://tillit.example.org/shelf/7/", "", text)
    assert sorted(shown.split()) == sorted(said.split())
    assert notice.mailed_at


def test_a_letter_loads_nothing_and_follows_nobody(say, somebody, sink):
    say(somebody())
    run_waiting()
    html = sink.mails[0].get_body(["html"]).get_content()
    assert not re.search(r"<img|<link|<script|url\(|@import", html)
    assert set(re.findall(r'href="(https?://[^/]+)', html)) == {"http://localhost:8000"}


def test_five_deliveries_send_one_mail_each(transactional_db, say, somebody, sink):
    say(*[somebody(number) for number in range(10)])
    at_once(5, lambda _: run_waiting())
    assert len(sink.mails) == 10
    assert states() == ["sent"] * 10
    assert {mail["To"] for mail in sink.mails} == {f"m{number}@example.org" for number in range(10)}


def test_a_server_that_is_away_costs_no_letter(say, somebody, sink, settings):
    there = settings.EMAIL_PORT
    settings.EMAIL_PORT = 1
    say(somebody())
    run_waiting()
    assert states() == ["queued"]
    settings.EMAIL_PORT = there
    again()
    assert states() == ["sent"]
    assert len(sink.mails) == 1


def test_an_address_that_is_refused_is_left_and_the_others_get_theirs(say, somebody, sink):
    sink.reply = lambda word, rest: "550 no such person" if word == "RCPT" and b"m2@" in rest else None
    say(*[somebody(number) for number in (1, 2, 3)])
    run_waiting()
    assert states() == ["sent", "failed", "sent"]
    assert Job.objects.get().result == {"sent": 2}


def test_a_server_that_says_not_now_is_asked_again_and_that_counts_as_no_attempt(say, somebody, sink):
    sink.reply = lambda word, rest: "451 later" if word == "RCPT" else None
    say(somebody())
    run_waiting()
    assert list(Notice.objects.values_list("mail_state", "mail_attempts")) == [("queued", 0)]
    sink.reply = lambda word, rest: None
    again()
    assert len(sink.mails) == 1


def test_a_letter_that_may_have_left_is_sent_once_more_with_the_same_id_and_no_oftener(say, somebody, sink):
    sink.reply = lambda word, rest: "" if word == "END" else None  # keeps the mail, then hangs up
    say(somebody())
    run_waiting()
    assert states() == ["sending"]
    again()
    again()
    assert states() == ["failed"]
    assert len(sink.mails) == 2
    assert len({mail["Message-ID"] for mail in sink.mails}) == 1


def test_a_worker_killed_between_sending_and_marking_leaves_a_letter_that_is_sent_once_more(say, somebody, sink):
    say(somebody(1), somebody(2))
    first = Notice.objects.order_by("pk").first()
    Notice.objects.filter(pk=first.pk).update(mail_state="sending", mail_attempts=1)
    Job.objects.update(state="running", claims=1, attempts=1, lease_until=from_now(-1))
    run_waiting()
    assert states() == ["sent", "sent"]
    assert len(sink.mails) == 2


def test_a_letter_that_cannot_be_written_stops_no_other_and_is_given_up_in_the_end(say, somebody, sink, caplog):
    say(somebody(1, email="broken\n@example.org"), somebody(2))
    run_waiting()
    assert states() == ["queued", "sent"]
    Job.objects.update(attempts=LAST_ATTEMPT - 1)
    again()
    assert states() == ["failed", "sent"]
    assert Job.objects.get().state == "done"
    assert "Åse" not in caplog.text


def test_no_name_and_no_address_stands_in_the_log(say, somebody, sink, caplog):
    caplog.set_level("DEBUG", logger="lms")
    sink.reply = lambda word, rest: "550 m1@example.org unknown" if word == "RCPT" else None
    say(somebody())
    run_waiting()
    assert not re.search(r"Åse|example\.org", caplog.text)
