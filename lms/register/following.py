"""What follows from an import, in steps that are each done once: announcements, invitations, codes."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.dispatch import Signal

from lms.audit.models import subject_key
from lms.audit.services import record_acts
from lms.jobs.lease import Claimed
from lms.joining.codes import issue_codes
from lms.joining.invitations import invite_members
from lms.joining.people import shared_addresses
from lms.members.models import Member
from lms.organisation.signals import member_joined, member_moved
from lms.register.diff import Decision
from lms.register.models import RegisterImport

AT_A_TIME = 500
Do = Callable[[Collection[int]], object]


def follow(*, register_import: RegisterImport, claim: Claimed) -> dict[str, int]:
    """Write down who was changed, tell the rooms above who joined and who moved, and let the new ones in.

    The new get a letter, or a code to join by when their e-mail is shared or missing, as from
    whoever applied the file and within what that person may do; the installation's own files
    (``by`` None) reach everybody.

    Who left was announced in the transaction itself. Every step is an item of the job, so a
    worker that is killed repeats none.
    """
    new = _new(register_import)
    moved = register_import.staged.filter(decision=Decision.CHANGED, moves=True)
    back = list(moved.filter(before__unit=None).order_by("pk").values_list("member", flat=True))
    elsewhere = list(moved.exclude(before__unit=None).order_by("pk").values_list("member", flat=True))
    by, is_theirs = register_import.by, register_import.by is not None or register_import.scope is None
    let_in = new if is_theirs else []  # whoever brought it is gone, and nobody else's rights are lent to the file
    steps: dict[str, tuple[Do, list[int]]] = {}
    changed = register_import.staged.filter(decision=Decision.CHANGED).order_by("pk").values_list("member", flat=True)
    for name, do, people in (
        ("changed", lambda ids: _write_down(ids, register_import), list(changed)),
        ("joined", _announce(member_joined), [*new, *back]),
        ("moved", _announce(member_moved, on=register_import.applied_on), elsewhere),
        ("invited", lambda ids: invite_members(member_ids=ids, by=by), let_in),
        ("codes", lambda ids: issue_codes(member_ids=_without_own_address(ids), by=by), let_in),
    ):
        for start in range(0, len(people), AT_A_TIME):
            steps[f"{name}-{start}"] = (do, people[start : start + AT_A_TIME])
    for key in claim.remaining(steps):
        do, ids = steps[key]
        with claim.item(key) as outcome:
            do(ids)
            outcome.outcome = key.partition("-")[0]
    return {"joined": len(new) + len(back), "moved": len(elsewhere)}


def _write_down(ids: Collection[int], register_import: RegisterImport) -> None:
    """A line in the trail for each person whom the file changed."""
    people = Member.objects.filter(pk__in=ids).order_by("pk").values_list("public_id", flat=True)
    subjects = [subject_key("member", public_id) for public_id in people]
    source = str(register_import.public_id)
    record_acts("change_by_register", by=register_import.by, subjects=subjects, source=source)


def _new(register_import: RegisterImport) -> list[int]:
    numbers = register_import.staged.filter(decision=Decision.NEW).values("number")
    return list(Member.objects.filter(member_number__in=numbers).order_by("pk").values_list("pk", flat=True))


def _announce(signal: Signal, **more: object) -> Do:
    return lambda ids: signal.send(RegisterImport, ids=list(ids), **more)


def _without_own_address(ids: Collection[int]) -> list[int]:
    """Those whose e-mail is shared or missing."""
    emails = dict(Member.objects.filter(pk__in=ids).values_list("pk", "email"))
    shared = shared_addresses(emails.values())
    return [pk for pk, email in emails.items() if not email or email.lower() in shared]
