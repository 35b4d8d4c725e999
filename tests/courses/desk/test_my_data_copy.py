"""My own copy: asked for by me, ready in a moment, fetched by me alone, gone after a day."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from courses.desk.my_data_jobs import ask_for_copy, current_copy, path_of
from lms.audit.models import Entry
from lms.jobs.models import Job
from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.organisation.leaving import record_leaving
from lms.periods import today
from lms.privacy.retention import purge_all
from tests.factories.canary import NAME, PASSWORD, make_canary
from tests.factories.organisation import make_member, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def kari() -> Member:
    return make_member(of=make_tree()[1], email="kari@example.org", password=PASSWORD)


def sign_in(email: str) -> Client:
    browser = Client()
    browser.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return browser


def made(member: Member) -> Job:
    job = ask_for_copy(member=member, by=member)
    run_waiting()
    job.refresh_from_db()
    return job


def archive_of(member: Member) -> zipfile.ZipFile:
    with default_storage.open(path_of(made(member))) as file:
        return unpacked(file.read())


def unpacked(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def fetched(browser: Client, job: Job) -> bytes:
    return b"".join(browser.post(f"/desk/data/copy/{job.public_id}.zip").streaming_content)


def test_ask_wait_fetch(kari) -> None:
    browser = sign_in(kari.email)
    assert "/jobs/" in browser.post("/desk/data/copy/")["Location"]
    run_waiting()
    job = Job.objects.get(kind="own_copy")
    page = browser.get("/desk/data/copy/").content.decode()
    assert f"/desk/data/copy/{job.public_id}.zip" in page
    assert set(unpacked(fetched(browser, job)).namelist()) >= {"data.json", "schema.json", "README.txt"}


def test_the_copy_of_somebody_with_everything_follows_its_schema() -> None:
    canary = make_canary()
    archive = archive_of(canary)
    data, schema = (json.loads(archive.read(name)) for name in ("data.json", "schema.json"))
    assert faults(data, schema, schema) == []
    assert data["person"] == str(canary.public_id) and len(data["kinds"]) > 20


def test_the_validator_of_this_test_sees_what_is_wrong() -> None:
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": ["integer", "null"]}}}
    strict = schema | {"additionalProperties": False}
    assert faults({"a": 1}, strict, strict) == [] == faults({"a": None}, strict, strict)
    for wrong in ({}, {"a": "1"}, {"a": 1, "b": 2}, []):
        assert faults(wrong, strict, strict), wrong


def test_each_kind_is_a_sheet_too_and_certificates_are_files() -> None:
    archive = archive_of(make_canary())
    rows = list(csv.reader(io.StringIO(archive.read("sheets/members.member.csv").decode("utf-8-sig")), delimiter=";"))
    assert NAME in rows[1] and "name" in rows[0]
    pdf = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert pdf and archive.read(pdf[0]).startswith(b"%PDF-")
    told = json.loads(archive.read("data.json"))["kinds"]
    assert [path for kind in told for path in kind["files"]] == pdf


def test_nobody_elses_copy_is_found(kari) -> None:
    job = made(kari)
    ola = make_member("Ola", email="ola@example.org", password=PASSWORD)
    browser = sign_in(ola.email)
    assert browser.post(f"/desk/data/copy/{job.public_id}.zip").status_code == 404
    with pytest.raises(PermissionDenied):
        ask_for_copy(member=kari, by=ola)


def test_two_clicks_give_one_copy(kari) -> None:
    assert ask_for_copy(member=kari, by=kari) == ask_for_copy(member=kari, by=kari)
    run_waiting()
    assert Job.objects.filter(kind="own_copy").count() == 1


def test_after_a_day_it_is_not_found_and_a_new_one_can_be_asked_for(kari) -> None:
    job = made(kari)
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - 24 * HOUR)
    assert sign_in(kari.email).post(f"/desk/data/copy/{job.public_id}.zip").status_code == 404
    assert current_copy(kari) is None
    assert ask_for_copy(member=kari, by=kari) != job


def test_the_file_itself_goes_within_the_day(kari) -> None:
    job = made(kari)
    later = Job.objects.get(kind="forget_own_copy")
    assert timezone.now() + 23 * HOUR < later.due_at < timezone.now() + 25 * HOUR
    assert default_storage.exists(path_of(job))
    Job.objects.filter(pk=later.pk).update(due_at=timezone.now() - HOUR)
    run_waiting()
    assert not default_storage.exists(path_of(job))


def test_a_file_left_behind_is_swept_away_by_the_day(kari) -> None:
    path = path_of(made(kari))
    assert purge_all(timezone.now() + 23 * HOUR)["copies"] == 0
    assert purge_all(timezone.now() + 25 * HOUR)["copies"] == 1
    assert not default_storage.exists(path)


def test_both_asking_and_fetching_stand_on_the_trail(kari) -> None:
    browser = sign_in(kari.email)
    fetched(browser, made(kari))
    acts = Entry.objects.filter(subject=f"member:{kari.public_id}", actor=kari.public_id)
    assert list(acts.values_list("act", flat=True)) == ["ask_for_copy", "fetch_copy"]


def test_a_sign_in_that_is_not_fresh_is_asked_again(kari, settings) -> None:
    job, browser = made(kari), sign_in(kari.email)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    for answer in (browser.post(f"/desk/data/copy/{job.public_id}.zip"), browser.post("/desk/data/copy/")):
        assert answer.status_code == 302 and "/accounts/reauthenticate/" in answer["Location"]
    assert browser.get("/desk/data/copy/").status_code == 200


def test_no_address_leads_to_the_folder(kari) -> None:
    path = path_of(made(kari))
    assert sign_in(kari.email).get(f"/filer/{path}").status_code == 404


def test_whoever_left_meanwhile_gets_none(kari) -> None:
    job = ask_for_copy(member=kari, by=kari)
    record_leaving(member_ids=[kari.pk], on=today(), by=None)
    run_waiting()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED and not default_storage.exists(path_of(job))


def test_the_copy_is_never_mailed(kari, mailoutbox) -> None:
    made(kari)
    assert mailoutbox == []


def test_the_page_says_so_while_it_is_made(kari) -> None:
    ask_for_copy(member=kari, by=kari)
    page = sign_in(kari.email).get("/desk/data/copy/").content.decode()
    assert "/jobs/" in page and ".zip" not in page


def faults(value: object, form: dict, root: dict, at: str = "") -> list[str]:
    """What in ``value`` does not follow ``form``: the part of JSON Schema that the copy's schema uses."""
    if "$ref" in form:
        return faults(value, root["$defs"][form["$ref"].removeprefix("#/$defs/")], root, at)
    found = [] if _is_of(value, form.get("type")) else [f"{at}: {type(value).__name__}"]
    if "const" in form and value != form["const"]:
        found.append(f"{at}: not {form['const']}")
    if isinstance(value, dict):
        found += [f"{at}.{name}: missing" for name in form.get("required", ()) if name not in value]
        known = form.get("properties", {})
        if form.get("additionalProperties") is False:
            found += [f"{at}.{name}: unknown" for name in value if name not in known]
        for name in set(known) & set(value):
            found += faults(value[name], known[name], root, f"{at}.{name}")
    if isinstance(value, list) and "items" in form:
        for place, inner in enumerate(value):
            found += faults(inner, form["items"], root, f"{at}[{place}]")
    for part in form.get("allOf", ()):
        if not faults(value, part["if"], root):
            found += faults(value, part["then"], root, at)
    return found


def _is_of(value: object, kinds: str | list[str] | None) -> bool:
    names = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}
    asked = [kinds] if isinstance(kinds, str) else kinds or []
    return not asked or any((value is None) if k == "null" else isinstance(value, names[k]) for k in asked)
