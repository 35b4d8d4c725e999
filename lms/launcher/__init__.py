"""The launcher: prepares an embedded installation, starts its processes, restarts what dies.

Run as ``python -m lms.launcher``. It is one small program in front of the others and holds
no part of Django's machinery itself: ``ground`` claims folder and port, ``preparation`` runs
once in a process of its own, ``processes`` is the table of what runs, ``supervision`` keeps
it running.
"""
