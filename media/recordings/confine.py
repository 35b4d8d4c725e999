"""Start a program that reads a stranger's file, with as little around it as can be. Run as a script.

    python -I confine.py <cpu seconds> <memory bytes> <file bytes> program arguments …

In the process that is about to become the program: no network (a network namespace of its
own, where the machine allows one), limits on processor time, memory and the size of files, low
priority, and its end together with its parent's. Standard library only, and no Django, so
that it costs a few milliseconds. Exits with 126 when the program cannot be started.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
WITHOUT_NETWORK = "confined: without network"
WITH_NETWORK = "confined: the machine gives no network namespace"


def main(arguments: list[str]) -> None:
    """Confine this process and become the program."""
    cpu, memory, size = (int(number) for number in arguments[:3])
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getppid()
    if sys.platform == "linux":
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit(126)
        alone = libc.unshare(CLONE_NEWNET) == 0 or libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0
        sys.stderr.write(f"{WITHOUT_NETWORK if alone else WITH_NETWORK}\n")
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    os.nice(10)
    for limit, wanted in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, size),
        (resource.RLIMIT_NOFILE, 128),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(limit)
        value = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(limit, (value, value))
    sys.stderr.flush()
    os.execv(arguments[3], arguments[3:])  # noqa: S606 - the caller names the program by its whole path


if __name__ == "__main__":
    main(sys.argv[1:])
