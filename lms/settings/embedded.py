"""One machine, no server to install: SQLite, a cache in files, everything under ``var/``.

It speaks plain HTTP on loopback, so its cookies carry neither ``Secure`` nor ``__Host-``.
The only settings it reads are ``TILLIT_VAR`` (where data lies), ``TILLIT_DEMO`` (the demo's
sign-ins are open), ``PORT``, and those of the doors to other systems.
"""

import os
from pathlib import Path

from lms.settings.base import *
from lms.settings.base import BASE_DIR
from lms.settings.doors import provisioning_token, single_sign_on
from lms.settings.secrets import kept_secret

VAR = Path(os.environ.get("TILLIT_VAR", BASE_DIR / "var"))
PORT = int(os.environ.get("PORT", "8000"))
VAR.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = kept_secret(VAR / "keys" / "django")
CERTIFICATE_KEY_FILE = VAR / "keys" / "certificates"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
TILLIT_DEMO = os.environ.get("TILLIT_DEMO") == "1"
TILLIT_BASE_URL = WAGTAILADMIN_BASE_URL = f"http://localhost:{PORT}"
TILLIT_OIDC_NAME, TILLIT_OIDC_MEMBER_NUMBER_CLAIM, SOCIALACCOUNT_PROVIDERS = single_sign_on()
TILLIT_SCIM_TOKEN_HASH = provisioning_token()

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "tillit.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;",
        },
        "CONN_MAX_AGE": None,
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
MEDIA_ROOT = VAR / "uploads"
TILLIT_ERASED_FILE = str(VAR / "erased")
TILLIT_ARCHIVE = VAR / "archive"
STATIC_ROOT = VAR / "static"
# Without DEBUG Django tells nobody of an error: here it goes to the window the launcher runs in.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"window": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["window"], "level": "ERROR", "propagate": False}},
}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = "Tillit <tillit@example.org>"

# ---- jobs: messages are files in a folder; no server to install ------------------
QUEUE = VAR / "queue"
QUEUE.mkdir(parents=True, exist_ok=True)
CELERY_BROKER_URL = "filesystem://localhost//"
CELERY_BROKER_TRANSPORT = "lms.jobs.folder:Transport"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(QUEUE),
    "data_folder_out": str(QUEUE),
    "control_folder": str(QUEUE),
    "polling_interval": 0.05,
}
CELERY_BEAT_SCHEDULE_FILENAME = str(QUEUE / "beat")
