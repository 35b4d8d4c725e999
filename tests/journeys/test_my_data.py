"""My data, end to end: ask for a copy, wait, fetch and open it; leave, change one's mind, be back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.organisation.queries import Standing, standing_of
from tests.factories.courses import course_of, finish, make_course_pages, make_credential
from tests.factories.organisation import make_member, make_tree

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "et-langt-passord"


@pytest.fixture
def kari(settings, tmp_path) -> Member:
    settings.MEDIA_ROOT = tmp_path
    kari = make_member(of=make_tree()[1], email="kari@example.org", password=PASSWORD, language="en")
    finish(course_of(make_course_pages(1)), kari)
    make_credential(kari)
    return kari


def sign_in(tab: Page) -> None:
    tab.goto("/accounts/login/?next=/desk/data/")
    tab.fill("[name=login]", "kari@example.org")
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    expect(tab.locator("h1")).to_have_text("My data")


def test_a_copy_is_asked_for_fetched_and_opened(kari: Member, open_page: Callable[..., Page]) -> None:
    tab = open_page(width=390)
    sign_in(tab)
    expect(tab.locator("main")).to_contain_text("kari@example.org")
    tab.click("a[href='/desk/data/copy/']")
    tab.click("main form button")
    expect(tab).to_have_url(re.compile(r"/jobs/"))
    run_waiting()
    tab.reload()
    tab.click("main a[href='/desk/data/copy/']")
    with tab.expect_download() as waiting:
        tab.click("main form[action$='.zip'] button")
    file = zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    data = json.loads(file.read("data.json"))
    assert waiting.value.suggested_filename == "my-data.zip"
    assert data["person"] == str(kari.public_id)
    assert {"courses.enrolment", "certificates.credential", "members.member"} <= {k["kind"] for k in data["kinds"]}
    assert [name for name in file.namelist() if name.endswith(".pdf")]


def test_leaving_and_coming_back_by_the_letter(kari: Member, open_page: Callable[..., Page], mailoutbox) -> None:
    tab = open_page(width=390)
    sign_in(tab)
    tab.click("a[href='/desk/data/leave/']")
    tab.check("[name=choice][value=erase]")
    tab.click("button[data-color=danger]")
    expect(tab).to_have_url(re.compile(r"/desk/data/left/$"))
    tab.goto("/desk/")
    expect(tab).to_have_url(re.compile(r"/accounts/login/"))
    run_waiting()
    tab.goto(re.search(r"/desk/data/left/[\w:-]+/", mailoutbox[-1].body)[0])
    tab.click("main button[value=return]")
    sign_in(tab)
    assert standing_of(Member.objects.get(pk=kari.pk)) == Standing.MEMBER
