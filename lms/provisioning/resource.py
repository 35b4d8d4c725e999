"""A member as SCIM's User, both ways. What django-scim2 calls an adapter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django_scim.adapters import SCIMMixin
from django_scim.constants import SchemaURI
from django_scim.exceptions import BadRequestError, IntegrityError

from lms.members.models import Member
from lms.organisation.models import Membership
from lms.periods import today
from lms.provisioning import services
from lms.provisioning.attributes import ACTIVE, ENTERPRISE, EXTERNAL, Changes, Refused, read_document, read_operations
from lms.register.cells import Said, read_row
from lms.register.columns import Field
from lms.register.facts import reach_of, unit_book


class MemberResource(SCIMMixin):
    """One member of the register. ``id`` is the public id, ``userName`` the member number."""

    id_field = "public_id"
    url_name = "scim:users"
    resource_type = "User"
    obj: Member
    changes: Changes

    def to_dict(self) -> dict[str, Any]:
        """The resource. Asks for the unit only when it was not fetched with the list."""
        row = next(iter(_standing(self.obj)), None)
        address = [{"value": self.obj.email, "primary": True}] if self.obj.email else []
        return {
            "schemas": [SchemaURI.USER, ENTERPRISE],
            "id": self.id,
            "userName": self.obj.member_number,
            "externalId": self.obj.member_number,
            "name": {"formatted": self.obj.name},
            "displayName": self.obj.name,
            "emails": address,
            "preferredLanguage": self.obj.language,
            "active": self.obj.is_active,
            ENTERPRISE: {"department": row.unit.code} if row else {},
            "meta": {
                "resourceType": self.resource_type,
                "created": self.obj.created_at.isoformat(),
                "location": self.location,
            },
        }

    def validate_dict(self, d: Any) -> None:
        if not isinstance(d, Mapping):
            raise BadRequestError("a resource must be an object", scim_type="invalidSyntax")

    def from_dict(self, d: Mapping[str, Any]) -> None:
        """Note what a whole resource says (POST, PUT); ``save`` writes it."""
        self.changes = _read(read_document, d)

    def handle_operations(self, operations: Any) -> None:
        """What a PATCH says, upon what is so already."""
        if not isinstance(operations, list):  # a stranger's JSON, whatever the type says
            raise BadRequestError("Operations must be a list", scim_type="invalidSyntax")
        row = next(iter(_standing(self.obj)), None)
        member = self.obj
        now: Changes = {Field.NUMBER: member.member_number, Field.NAME: member.name, Field.EMAIL: member.email}
        if row:
            now[Field.UNIT] = row.unit.code
        self.changes = {**now, **_read(read_operations, operations)}
        self.save()

    def save(self) -> None:
        """Write the person by the rules of the register import; what breaks one is said, and nothing is written."""
        said = self._said()
        if self.obj._state.adding:
            try:
                self.obj = services.add_person(said=said, by=None)
            except services.Known as known:
                raise IntegrityError(known.messages[0], scim_type="uniqueness") from known
        else:
            services.change_person(member=self.obj, said=said, by=None)
        self.obj.__dict__.pop("_prefetched_objects_cache", None)
        if ACTIVE in self.changes:
            services.set_active(member=self.obj, active=self.changes[ACTIVE], by=None)

    def delete(self) -> None:
        services.remove_person(member=self.obj, by=None)

    def _said(self) -> Said:
        """What is said, read as a row of a register would be."""
        cells = {one: self.changes[one] for one in Field if one in self.changes}
        said = read_row(1, {Field.NUMBER: "", Field.NAME: "", Field.UNIT: "", **cells}, year=today().year)
        faults = [
            f"{_NAMES.get(p.field, p.field)}: {p.kind}{f' ({p.right})' if p.right else ''}" for p in said.problems
        ]
        if said.unit:
            meant = unit_book(reach_of(None, on=today()), on=today()).find(said.unit)
            said.unit_id = meant.unit.id if meant.unit else 0
            if meant.wrong:
                faults.append(f"department: {meant.wrong}{f' ({meant.right})' if meant.right else ''}")
        if not self.obj._state.adding and said.number != self.obj.member_number:
            faults.append("userName: the member number of a person does not change")
        if self.changes.get(EXTERNAL) not in (None, "", said.number):
            faults.append("externalId: must be the member number, like userName, or left out")
        if faults:
            raise BadRequestError("; ".join(faults), scim_type="invalidValue")
        return said


_NAMES: dict[str, str] = {
    Field.NUMBER: "userName",
    Field.UNIT: "department",
    Field.EMAIL: "emails",
    Field.LANGUAGE: "preferredLanguage",
}


def _standing(member: Member) -> Iterator[Membership]:
    """Where a person belongs today, the newest first; from what was fetched with a list when there is one."""
    if "memberships" in getattr(member, "_prefetched_objects_cache", {}):
        return iter(member.memberships.all())
    return iter(Membership.objects.on(today()).filter(member=member).select_related("unit").order_by("-valid_from"))


def _read(reader: Any, sent: Any) -> Changes:
    try:
        changes: Changes = reader(sent)
    except Refused as refused:
        raise BadRequestError(str(refused), scim_type=refused.kind) from refused
    return changes
