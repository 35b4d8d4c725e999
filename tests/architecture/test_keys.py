"""A foreign key is an import too."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey

from tests.architecture.house import WINGS, may_point_at, our_models


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model.__module__}.{model.__name__}.{field.name} -> {field.related_model.__module__}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and (field.concrete or not field.auto_created) and field.related_model
        if field.related_model.__module__.split(".")[0] in WINGS
        if not may_point_at(model.__module__, field.related_model.__module__)
    ]
    assert upward == []


def test_no_row_points_at_just_anything() -> None:
    loose = [m.__name__ for m in our_models() for f in m._meta.private_fields if isinstance(f, GenericForeignKey)]
    assert loose == []


def test_the_rule_itself_knows_up_from_down() -> None:
    assert may_point_at("courses.enrolment.models", "courses.curriculum.models")
    assert may_point_at("assessments.attempts.models", "lms.members.models")
    assert not may_point_at("courses.curriculum.models", "courses.enrolment.models")
    assert not may_point_at("lms.members.models", "lms.organisation.models")
    assert not may_point_at("media.recordings.models", "assessments.bank.models")
    assert not may_point_at("lms.members.models", "courses.curriculum.models")
