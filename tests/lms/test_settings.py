"""Production refuses to start half configured; embedded speaks plain HTTP and says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as running

COMPLETE = {
    "TILLIT_SECRET_KEY": "s" * 60,
    "TILLIT_CERTIFICATE_KEY_FILE": "/etc/tillit/certificates",
    "TILLIT_HOSTS": "kurs.example.org",
    "TILLIT_DATABASE_URL": "postgresql://tillit:secret@db.example.org:5433/tillit",
    "TILLIT_REDIS_URL": "redis://cache.example.org:6379/0",
    "TILLIT_UPLOADS": "/srv/tillit/uploads",
    "TILLIT_ARCHIVE": "/srv/tillit/archive",
    "TILLIT_MAIL_FROM": "Tillit <tillit@example.org>",
}
COOKIES = (
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "LANGUAGE_COOKIE_SECURE",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
)


def start(which: str, *names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start Django with settings and an environment of its own; prints the settings that were named."""
    code = f"import json; from django.conf import settings as s; print(json.dumps([getattr(s, n) for n in {names!r}]))"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=running.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": f"lms.settings.{which}", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_everything_is_set() -> None:
    started = start("production", "DEBUG", "TILLIT_DEMO", **COMPLETE)
    assert (started.returncode, json.loads(started.stdout or "[]")) == (0, [False, False]), started.stderr


@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_production_refuses_to_start_without_a_setting_and_names_it(missing: str) -> None:
    refused = start("production", "DEBUG", **{k: v for k, v in COMPLETE.items() if k != missing})
    assert refused.returncode != 0
    assert f"{missing} is not set" in refused.stderr


@pytest.mark.parametrize("flag", ["DEBUG", "TILLIT_DEMO"])
def test_production_refuses_to_start_with_a_flag_that_opens_the_house(flag: str) -> None:
    refused = start("production", "DEBUG", **COMPLETE, **{flag: "1"})
    assert refused.returncode != 0
    assert f"{flag} is set" in refused.stderr


@pytest.mark.parametrize("off", ["0", "false", "No"])
def test_production_refuses_to_start_without_the_second_factor(off: str) -> None:
    refused = start("production", "DEBUG", **COMPLETE, TILLIT_REQUIRE_SECOND_FACTOR=off)
    assert refused.returncode != 0
    assert "TILLIT_REQUIRE_SECOND_FACTOR is off" in refused.stderr


@pytest.mark.parametrize("which", ["production", "embedded"])
def test_the_second_factor_is_required_wherever_people_are_real(which: str, tmp_path: Path) -> None:
    found = json.loads(start(which, "TILLIT_REQUIRE_SECOND_FACTOR", **COMPLETE, TILLIT_VAR=str(tmp_path)).stdout)
    assert found == [True]


SINGLE = {
    "TILLIT_OIDC_NAME": "Huset",
    "TILLIT_OIDC_ISSUER": "https://id.example.org/realm/",
    "TILLIT_OIDC_CLIENT_ID": "tillit",
    "TILLIT_OIDC_CLIENT_SECRET": "hemmelig",
}


@pytest.mark.parametrize("which", ["production", "embedded"])
def test_single_sign_on_is_set_up_by_the_environment(which: str, tmp_path: Path) -> None:
    names = ("TILLIT_OIDC_NAME", "TILLIT_OIDC_MEMBER_NUMBER_CLAIM", "SOCIALACCOUNT_PROVIDERS")
    claim = {"TILLIT_OIDC_MEMBER_NUMBER_CLAIM": "member_no"}
    name, number, providers = json.loads(
        start(which, *names, **COMPLETE, **SINGLE, **claim, TILLIT_VAR=str(tmp_path)).stdout
    )
    (app,) = providers["openid_connect"]["APPS"]
    assert (name, number, app["client_id"], app["secret"]) == ("Huset", "member_no", "tillit", "hemmelig")
    assert app["settings"]["server_url"] == "https://id.example.org/realm"


@pytest.mark.parametrize("missing", sorted(SINGLE))
def test_single_sign_on_that_is_set_up_by_half_is_refused_and_named(missing: str) -> None:
    refused = start("production", "DEBUG", **COMPLETE, **{k: v for k, v in SINGLE.items() if k != missing})
    assert refused.returncode != 0
    assert f"{missing} is not set" in refused.stderr


def test_a_provider_that_is_not_spoken_to_over_tls_is_refused() -> None:
    refused = start("production", "DEBUG", **COMPLETE, **(SINGLE | {"TILLIT_OIDC_ISSUER": "http://id.example.org"}))
    assert "must begin with https://" in refused.stderr


def test_of_the_provisioning_token_only_a_hash_is_kept_and_a_short_one_is_refused() -> None:
    found = json.loads(start("production", "TILLIT_SCIM_TOKEN_HASH", **COMPLETE, TILLIT_SCIM_TOKEN="t" * 40).stdout)
    assert len(found[0]) == 64
    assert "t" * 40 not in found[0]
    assert json.loads(start("production", "TILLIT_SCIM_TOKEN_HASH", **COMPLETE).stdout) == [""]
    assert "too short" in start("production", "DEBUG", **COMPLETE, TILLIT_SCIM_TOKEN="kort").stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TILLIT_SECRET_KEY", "short", "too short"),
        ("TILLIT_DATABASE_URL", "sqlite:///tillit.sqlite3", "runs on PostgreSQL"),
    ],
)
def test_production_refuses_to_start_on_a_weak_secret_or_another_database(name: str, value: str, said: str) -> None:
    refused = start("production", "DEBUG", **(COMPLETE | {name: value}))
    assert refused.returncode != 0
    assert said in refused.stderr


def test_production_demands_cookies_that_only_travel_encrypted() -> None:
    found = json.loads(start("production", *COOKIES, **COMPLETE).stdout)
    assert found == [True, True, True, "__Host-sessionid", "__Host-csrftoken"]


def test_embedded_cookies_travel_over_plain_http(tmp_path: Path) -> None:
    found = json.loads(start("embedded", *COOKIES, TILLIT_VAR=str(tmp_path)).stdout)
    assert found == [False, False, False, "sessionid", "csrftoken"]


def test_embedded_keeps_everything_in_its_folder_and_its_secret_from_start_to_start(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    first, second = (start("embedded", "SECRET_KEY", TILLIT_VAR=str(folder)).stdout for _ in range(2))
    assert first == second
    assert len(json.loads(first)[0]) >= 50
    assert (folder / "keys" / "django").stat().st_mode & 0o077 == 0


def test_the_demo_is_open_only_when_asked_for(tmp_path: Path) -> None:
    asked = start("embedded", "TILLIT_DEMO", TILLIT_VAR=str(tmp_path), TILLIT_DEMO="1")
    unasked = start("embedded", "TILLIT_DEMO", TILLIT_VAR=str(tmp_path))
    assert [json.loads(s.stdout) for s in (asked, unasked)] == [[True], [False]]
