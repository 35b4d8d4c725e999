"""The addresses of SCIM. Routing, errors and the form of answers: django-scim2's. What is shown and written: ours."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django_scim import views
from django_scim.constants import SCIM_CONTENT_TYPE, SchemaURI
from django_scim.exceptions import BadRequestError, NotFoundError
from django_scim.models import SCIMServiceProviderConfig

from lms.members.models import Leaving, Member
from lms.organisation.models import Membership
from lms.periods import today
from lms.provisioning.attributes import ENTERPRISE
from lms.provisioning.filters import NotUnderstood, read_filter

MOST = 200


def provisioned() -> QuerySet[Member]:
    """The people of the register who have not left, each with where they belong today. Two queries."""
    now = Membership.objects.on(today()).select_related("unit").order_by("-valid_from")
    left = Leaving.objects.filter(cancelled_at=None).values("member")
    people = Member.objects.exclude(member_number=None).exclude(pk__in=left)
    return people.prefetch_related(Prefetch("memberships", now))


class UsersView(views.UsersView):
    """People: one, or a page of them; written, changed, and taken away."""

    def load_body(self, body: bytes) -> Any:
        try:
            return super().load_body(body)
        except UnicodeDecodeError:
            raise BadRequestError("the body is not UTF-8", scim_type="invalidSyntax") from None

    def get_object(self) -> Member:
        try:
            return provisioned().get(public_id=uuid.UUID(self.kwargs["uuid"]))
        except (ValueError, Member.DoesNotExist):
            raise NotFoundError(self.kwargs["uuid"]) from None

    def get_many(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("filter")
        people = provisioned().order_by("pk")
        if asked:
            try:
                people = people.filter(read_filter(asked))
            except NotUnderstood:
                detail = "the filter is not understood: use userName, externalId, emails.value, displayName or active"
                raise BadRequestError(detail, scim_type="invalidFilter") from None
        start, count = self._page(request)
        page = people[start - 1 : start - 1 + min(max(count, 0), MOST)]
        resources = [self.scim_adapter(member, request=request).to_dict() for member in page]
        told: dict[str, Any] = {
            "schemas": [SchemaURI.LIST_RESPONSE],
            "totalResults": people.count(),
            "itemsPerPage": len(resources),
            "startIndex": start,
            "Resources": resources,
        }
        return HttpResponse(json.dumps(told), content_type=SCIM_CONTENT_TYPE)


class ResourceTypesView(views.ResourceTypesView):
    """Users, and nothing else: rights follow from terms and appointments, never from a group elsewhere."""

    def type_dict_by_type_id(self, request: HttpRequest) -> dict[str, Any]:
        told = {
            "schemas": [SchemaURI.RESOURCE_TYPE],
            "id": "User",
            "name": "User",
            "endpoint": "/scim/v2/Users",
            "schema": SchemaURI.USER,
            "schemaExtensions": [{"schema": ENTERPRISE, "required": True}],
        }
        return {"User": told}


class SchemasView(views.SchemasView):
    """The schemas of what there is."""

    schemas_by_uri = {uri: schema for uri, schema in views.SchemasView.schemas_by_uri.items() if uri != SchemaURI.GROUP}


class Config(SCIMServiceProviderConfig):
    """What this door can do."""

    def to_dict(self) -> dict[str, Any]:
        told: dict[str, Any] = super().to_dict()
        told["filter"] = {"supported": True, "maxResults": MOST}
        told["changePassword"] = {"supported": False}
        return told
