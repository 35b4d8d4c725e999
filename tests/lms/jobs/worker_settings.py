"""Settings of a real worker that works on the database of the test that started it.

As embedded; on the lane with PostgreSQL and Redis, as production. Only ``harness`` sets what is read here.
"""

import json
import os

from lms.settings.embedded import *
from lms.settings.embedded import DATABASES as EMBEDDED
from lms.settings.embedded import INSTALLED_APPS

_told = json.loads(os.environ["TILLIT_HARNESS"])
INSTALLED_APPS = [*_told["apps"], *INSTALLED_APPS]
TILLIT_JOB_LEASE_SECONDS = _told["lease"]
TILLIT_JOB_SWEEP_SECONDS = TILLIT_JOB_RESEND_SECONDS = 1
DATABASES = {"default": {**EMBEDDED["default"], **_told["database"]}}
if _told["broker"]:
    CELERY_BROKER_URL = _told["broker"]
    CELERY_BROKER_TRANSPORT = None
    CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": _told["prefix"], "socket_timeout": 5}
