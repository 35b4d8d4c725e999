"""Production: PostgreSQL, Redis, TLS. Refuses to start on a missing secret, DEBUG or the demo flag."""

import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from lms.settings.base import *
from lms.settings.doors import provisioning_token, single_sign_on


def demanded(name: str, meaning: str) -> str:
    """The environment variable ``name``. Raises ImproperlyConfigured, naming it, when it is empty."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {meaning}.")
    return value


for flag in ("DEBUG", "TILLIT_DEMO"):
    if os.environ.get(flag, "").lower() not in ("", "0", "false", "no"):
        raise ImproperlyConfigured(f"{flag} is set. It opens the house and is never used in production: unset it.")

if os.environ.get("TILLIT_REQUIRE_SECOND_FACTOR", "1").lower() in ("", "0", "false", "no"):
    raise ImproperlyConfigured(
        "TILLIT_REQUIRE_SECOND_FACTOR is off. Whoever has rights over others signs in with two factors: unset it."
    )

DEBUG = False
SECRET_KEY = demanded("TILLIT_SECRET_KEY", "at least 50 random characters that only the server knows")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("TILLIT_SECRET_KEY is too short: use at least 50 random characters.")
CERTIFICATE_KEY_FILE = demanded("TILLIT_CERTIFICATE_KEY_FILE", "the file with the key that seals certificates")
ALLOWED_HOSTS = [host.strip() for host in demanded("TILLIT_HOSTS", "the host names, comma separated").split(",")]
TILLIT_BASE_URL = WAGTAILADMIN_BASE_URL = f"https://{ALLOWED_HOSTS[0]}"
TILLIT_OIDC_NAME, TILLIT_OIDC_MEMBER_NUMBER_CLAIM, SOCIALACCOUNT_PROVIDERS = single_sign_on()
TILLIT_SCIM_TOKEN_HASH = provisioning_token()
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

_database = urlsplit(demanded("TILLIT_DATABASE_URL", "postgresql://user:password@host:5432/name"))
if _database.scheme not in ("postgres", "postgresql"):
    raise ImproperlyConfigured("TILLIT_DATABASE_URL must begin with postgresql://: production runs on PostgreSQL.")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(_database.path.lstrip("/")),
        "USER": unquote(_database.username or ""),
        "PASSWORD": unquote(_database.password or ""),
        "HOST": _database.hostname or "",
        "PORT": _database.port or "",
        # A web process has few threads, so each keeps a connection; a pool cost a third more time per page.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": demanded("TILLIT_REDIS_URL", "redis://:password@host:6379/0"),
    }
}
MEDIA_ROOT = demanded("TILLIT_UPLOADS", "the folder that holds uploaded files")
TILLIT_ARCHIVE = demanded("TILLIT_ARCHIVE", "the folder of the long memory, in the backup like the uploads")
TILLIT_ERASED_FILE = os.environ.get("TILLIT_ERASED_FILE", "")
TILLIT_FFMPEG = os.environ.get("TILLIT_FFMPEG", "")
TILLIT_SENDFILE = os.environ.get("TILLIT_SENDFILE", "")
STATIC_ROOT = os.environ.get("TILLIT_STATIC", BASE_DIR / "staticfiles")
DEFAULT_FROM_EMAIL = demanded("TILLIT_MAIL_FROM", "the address mails are sent from")
EMAIL_HOST = os.environ.get("TILLIT_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("TILLIT_SMTP_PORT", "25"))

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"

# ---- jobs: Redis tells the workers ------------------------------------------------
CELERY_BROKER_URL = demanded("TILLIT_REDIS_URL", "redis://:password@host:6379/0")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": "tillit:",
    "visibility_timeout": 4 * 3600,  # above the longest job
    "socket_connect_timeout": 1,
    "socket_timeout": 2,
    "max_retries": 0,
}
