"""``python -m tests.lms.register.interrupted ID [halt]``: apply an import in a process of its own, to be killed.

It says "in the midst" when it begins to write; with ``halt`` the new people and their memberships
are written and not committed then, and it waits. Run by ``test_killed``, on the database of the test.
"""

from __future__ import annotations

import sys
import time

import django


def main(public_id: str, *halts: str) -> None:
    """Apply, and say when the writing has begun."""
    django.setup()
    from lms.jobs.models import Job
    from lms.jobs.services import run_job
    from lms.register import applying, writing
    from lms.register.models import RegisterImport

    def halt(**_said: object) -> int:
        print("in the midst", flush=True)  # noqa: T201 - heard by the test
        time.sleep(60)
        return 0

    write_new = writing.write_new

    def tell(register_import: RegisterImport) -> int:
        print("in the midst", flush=True)  # noqa: T201 - heard by the test
        return write_new(register_import)

    if halts:
        applying.record_leaving = halt
    else:
        writing.write_new = tell
    run_job(job_id=Job.objects.get(key__startswith=f"apply_register_import:{public_id}").pk)


if __name__ == "__main__":
    main(*sys.argv[1:])
