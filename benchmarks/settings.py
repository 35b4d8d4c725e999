"""The product as it is measured: the embedded settings, or their PostgreSQL and Redis for a run on those.

``BENCH_DATABASE`` is a ``postgresql://`` address, ``BENCH_REDIS`` a ``redis://`` address; both as in production.
"""

import os
from urllib.parse import parse_qs, unquote, urlsplit

from lms.settings.embedded import *  # noqa: F403

_database = urlsplit(os.environ.get("BENCH_DATABASE", ""))
if _database.scheme:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(_database.path.lstrip("/")),
            "USER": unquote(_database.username or ""),
            "PASSWORD": unquote(_database.password or ""),
            "HOST": _database.hostname or parse_qs(_database.query).get("host", [""])[0],
            "PORT": _database.port or "",
            "OPTIONS": {"pool": True},
        }
    }
if os.environ.get("BENCH_REDIS"):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": os.environ["BENCH_REDIS"],
            "KEY_PREFIX": os.environ["BENCH_PREFIX"],
        }
    }
