"""The CMS as a projection of rights: its groups, what they may do to pages and files, who approves.

``access`` is the answer; Wagtail's rows only restate it, so that its own screens show what
may be done. Everything here can be dropped and laid anew, and laying it twice changes nothing.
Which pages are a course's, the rooms above say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.users.models import UserProfile

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Unit, UnitAncestry, UnitShelf
from lms.organisation.rollup import heirs_of
from lms.periods import today

EDITING_ROLES = {access.Role.INSTRUCTOR: "Kursholdere", access.Role.EDITOR: "Redaktører"}
"""Wagtail's groups: a projection of the roles that write content, nothing more."""
WORKFLOW = "Godkjenning"
WRITING = ("add_page", "change_page")
APPROVING = (*WRITING, "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
ADDING = ("add_image", "add_document", "add_media")
CHOOSING = ("choose_image", "choose_document")
SHARING = ("change_media",)
KEEPING = ("change_image", "delete_image", "change_document", "delete_document", "change_media", "delete_media")
"""Adding carries the right to change and delete what one added oneself; keeping reaches everybody's.

Recordings know no right to choose: one chooses what one may change, so a unit's are shared.
"""


@transaction.atomic
def editing_group(role: str) -> Group:
    """The group of a role, made with its right to enter when it is first asked for."""
    group, is_new = Group.objects.get_or_create(name=EDITING_ROLES[access.Role(role)])
    if is_new or not group.permissions.exists():
        group.permissions.add(*_permissions(["access_admin"]))
        if role == access.Role.EDITOR:
            # Pages ask for rights by place; panels of the editor ask for the right as such.
            group.permissions.add(*_permissions(["publish_page"]))
            _set_rights_on(group, {Collection.get_first_root_node().pk: (*ADDING, *CHOOSING, *KEEPING)})
    return group


@transaction.atomic
def open_for_writing(page: Page) -> None:
    """Instructors write below ``page`` and change what is there; it is published by others."""
    _allow(editing_group(access.Role.INSTRUCTOR), page, WRITING)


@transaction.atomic
def open_for_approval(page: Page) -> None:
    """Editors do all that can be done with ``page`` and below, and approve what instructors submit there."""
    editors = editing_group(access.Role.EDITOR)
    _allow(editors, page, APPROVING)
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    if is_new:
        task = GroupApprovalTask.objects.create(name=WORKFLOW)
        task.groups.add(editors)
        WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})


@transaction.atomic
def shelf_of(unit: Unit) -> UnitShelf:
    """Where a unit's pictures, documents and recordings stand; made, under the unit's name, when first asked for."""
    shelf = UnitShelf.objects.filter(unit=unit).select_related("collection", "group").first()
    if shelf is None:
        collection = Collection.get_first_root_node().add_child(name=unit.name)
        group = Group.objects.create(name=f"{EDITING_ROLES[access.Role.INSTRUCTOR]} {unit.code}")
        shelf = UnitShelf.objects.create(unit=unit, collection=collection, group=group)
        lay_shelves()
    return shelf


@transaction.atomic
def lay_shelves(*, on: dt.date | None = None) -> None:
    """Restate who reaches which shelf: a unit's people add to its own and those below, and choose from those above.

    The shelf of a unit that has closed is kept by those that took over from it.
    """
    day = on or today()
    shelves = {shelf.unit_id: shelf for shelf in UnitShelf.objects.select_related("group")}
    lines = list(UnitAncestry.objects.on(day).filter(ancestor__in=shelves).values_list("unit", "ancestor"))
    wanted: dict[int, dict[int, tuple[str, ...]]] = {unit: {} for unit in shelves}
    for lower, upper in lines:
        if lower in shelves:
            wanted[lower].setdefault(shelves[upper].collection_id, CHOOSING)
            wanted[upper][shelves[lower].collection_id] = (*ADDING, *CHOOSING, *SHARING)
    for closed in set(shelves) - {unit for unit, _ in lines}:
        kept_by = heirs_of(closed, on=day)
        for upper in {upper for lower, upper in lines if lower in kept_by}:
            wanted[upper][shelves[closed].collection_id] = (*ADDING, *CHOOSING, *SHARING)
    for unit, rights in wanted.items():
        _set_rights_on(shelves[unit].group, rights)


def keep_groups(member: Member, held: Iterable[access.Grant]) -> None:
    """Bring a person's groups, and the language of letters, in line with what they hold. Writes only what differs."""
    roles = {grant.role for grant in held if grant.role in EDITING_ROLES}
    units = {grant.unit_id for grant in held if grant.role == access.Role.INSTRUCTOR}
    if not _are_in_line(member, roles, units):
        groups = {editing_group(role) for role in roles}
        groups |= {shelf_of(unit).group for unit in Unit.objects.filter(pk__in=units)}
        member.groups.set(groups)
    if roles:
        profile = UserProfile.get_for_user(member)
        if profile.preferred_language != member.language:
            profile.preferred_language = member.language
            profile.save(update_fields=["preferred_language"])


def _are_in_line(member: Member, roles: set[str], units: set[int]) -> bool:
    """Whether a person's groups are those of these roles and of these units' shelves. Two queries."""
    shelves = set(UnitShelf.objects.filter(unit__in=units).values_list("group", flat=True)) if units else set()
    rest = dict(member.groups.values_list("pk", "name"))
    own = {rest.pop(shelf, None) for shelf in shelves}
    return len(own - {None}) == len(units) and set(rest.values()) == {EDITING_ROLES[access.Role(r)] for r in roles}


def _permissions(codenames: Iterable[str]) -> list[Permission]:
    """Wagtail's permissions by name; files of ours follow those of Wagtail's own models."""
    apps = ("wagtailadmin", "wagtailcore", "wagtailimages", "wagtaildocs", "wagtailmedia")
    return list(Permission.objects.filter(codename__in=list(codenames), content_type__app_label__in=apps))


def _allow(group: Group, page: Page, codenames: Iterable[str]) -> None:
    for permission in _permissions(codenames):
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def _set_rights_on(group: Group, rights: dict[int, tuple[str, ...]]) -> None:
    """Let a group have exactly these rights: collection → permissions."""
    named = _permissions({codename for own in rights.values() for codename in own})
    ids = {permission.codename: permission.pk for permission in named}
    wanted = {(collection, ids[codename]) for collection, own in rights.items() for codename in own if codename in ids}
    rows = GroupCollectionPermission.objects.filter(group=group)
    held = {(row.collection_id, row.permission_id): row for row in rows}
    rows.filter(pk__in=[row.pk for key, row in held.items() if key not in wanted]).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection_id=collection, permission_id=permission)
        for collection, permission in sorted(wanted - held.keys())
    )
