"""What the test suite runs on: SQLite in a file, or PostgreSQL when told so.

``TILLIT_TEST_DATABASE`` is a ``postgresql://`` address; without it the suite runs on SQLite.
Each run has a folder of its own, so that two runs never meet; ``TILLIT_TEST_VAR`` names it
for programs that a test starts.
"""

import os
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from lms.settings.base import *

TEST_FOLDER = Path(tempfile.gettempdir()) / f"tillit-test-{os.getuid()}"
_run = f"run-{os.getpid()}" if "PYTEST_VERSION" in os.environ else "outside"
VAR = Path(os.environ.get("TILLIT_TEST_VAR") or TEST_FOLDER / _run)
VAR.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = "only-for-tests-" + "x" * 50
CERTIFICATE_KEY_FILE = VAR / "certificate-key"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TILLIT_DEMO = True
# Tests of the second factor ask for it themselves; the others sign administrators in without more ado.
TILLIT_REQUIRE_SECOND_FACTOR = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

_database = urlsplit(os.environ.get("TILLIT_TEST_DATABASE", ""))
DATABASES: dict[str, dict[str, object]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(_database.path.lstrip("/")) or "postgres",
        "USER": unquote(_database.username or ""),
        "PASSWORD": unquote(_database.password or ""),
        "HOST": _database.hostname or parse_qs(_database.query).get("host", [""])[0],
        "PORT": _database.port or "",
    }
    if _database.scheme
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "test.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;",
        },
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = VAR / "uploads"
TILLIT_ARCHIVE = VAR / "archive"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True

# ---- jobs: nobody listens; tests run what waits with ``run_waiting`` --------------
CELERY_BROKER_URL = "memory://localhost//"
