"""``python -m lms.launcher``: start Tillit on its embedded default and keep it running."""

from __future__ import annotations

import http.client
import os
import sys

from django.conf import settings

from lms.launcher.ground import Refused, check_port, claim_folder
from lms.launcher.processes import preparation, table
from lms.launcher.supervision import GaveUp, Supervisor, say


def answers(port: int) -> bool:
    """Whether the house stands: /healthz says 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main() -> int:
    """Prepare, start, watch, stop. Returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")
    try:
        port: int = settings.PORT  # type: ignore[misc]  # the embedded settings have it
    except ValueError as error:
        print(f"PORT must be a number: {error}.", file=sys.stderr)
        return 1
    supervisor = Supervisor(settings.BASE_DIR)
    supervisor.listen()
    try:
        with claim_folder(settings.VAR):
            check_port(port)
            status, greeting = supervisor.run_once(preparation())
            if status:
                raise GaveUp("Tillit could not be prepared. What went wrong stands above.")
            supervisor.run(table(port), is_ready=lambda: answers(port), on_ready=lambda: say(f"\n{greeting}"))
    except (Refused, GaveUp) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    say("Tillit has stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
