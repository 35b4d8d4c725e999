"""Personal data is declared on every field, and every key to a person is known."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from lms.members.models import Member
from lms.privacy.declarations import declared
from tests.architecture.house import WINGS, our_models

KNOWN_ELSEWHERE = {
    "wagtailcore.PageLogEntry": "who changed a page; Wagtail's own trail of content",
    "wagtailcore.ModelLogEntry": "who changed a snippet; Wagtail's own trail of content",
    "wagtailcore.Revision": "who wrote a version of a page",
    "wagtailcore.Page": "who owns or has locked a page; declared on each of our page classes",
    "wagtailcore.Comment": "editors' remarks on a draft",
    "wagtailcore.CommentReply": "editors' remarks on a draft",
    "wagtailcore.PageSubscription": "which drafts an editor is told about",
    "wagtailcore.WorkflowState": "who submitted a page for approval",
    "wagtailcore.TaskState": "who approved a page",
    "wagtailcore.UploadedFile": "half uploaded files of an editor",
    "wagtailcore.APIToken": "keys to Wagtail's page API, which no address of ours leads to",
    "wagtailadmin.FormState": "an editor's unsent form in the CMS",
    "wagtailusers.UserProfile": "an editor's settings in the CMS",
    "wagtailadmin.EditingSession": "who has a page open in the CMS just now",
    "wagtailimages.Image": "Wagtail's own table, not used: ours is pages.Image",
    "wagtaildocs.Document": "Wagtail's own table, not used: ours is pages.Document",
    "wagtailmedia.Media": "wagtailmedia's own table, not used: ours is media.Recording",
}
"""Foreign models with a key to a member → why they need no declaration of ours."""


def fields_of(model: type[models.Model]) -> set[str]:
    """The fields a row has: its columns, and its many-to-many relations."""
    return {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}


def test_every_model_of_ours_is_declared() -> None:
    assert [model.__name__ for model in our_models() if model not in declared()] == []


def test_every_field_is_either_personal_or_plain() -> None:
    forgotten = {
        f"{model.__name__}.{name}"
        for model, said in declared().items()
        if model in our_models()
        for name in fields_of(model) - set(said.personal) - said.plain
    }
    assert forgotten == set()


def test_every_foreign_model_with_a_key_to_a_member_is_known() -> None:
    keyed = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.split(".")[0] not in WINGS and model not in declared()
        if any(field.related_model is Member for field in model._meta.concrete_fields)
    }
    assert keyed == set(KNOWN_ELSEWHERE)


def test_a_key_to_a_member_is_never_plain() -> None:
    plain = [
        f"{model.__name__}.{field.name}"
        for model, said in declared().items()
        for field in model._meta.concrete_fields
        if field.related_model is Member and field.name in said.plain
    ]
    assert plain == []
