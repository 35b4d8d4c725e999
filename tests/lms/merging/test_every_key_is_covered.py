"""The schema is walked: no key to a person is forgotten when two records become one."""

from __future__ import annotations

from lms.members.models import Member
from lms.merging.registry import rules
from lms.merging.relations import keyed_models, uniquely_keyed


def test_whatever_forbids_two_rows_of_one_person_has_a_rule():
    forgotten = {m._meta.label: said for m in keyed_models() if m not in rules() and (said := list(uniquely_keyed(m)))}
    assert forgotten == {}


def test_every_rule_is_about_a_model_with_a_key_to_a_person():
    assert [model._meta.label for model in rules() if model not in keyed_models()] == []


def test_every_relation_django_knows_is_walked():
    related = {(r.related_model, r.field.attname) for r in Member._meta.related_objects}
    walked = {(model, key) for model, keys in keyed_models().items() for key in keys}
    assert {
        (m._meta.label, key) for m, key in related - walked if key in {f.attname for f in m._meta.local_fields}
    } == set()


def test_a_constraint_on_an_expression_asks_for_a_rule():
    from django.db import models

    class Loose(models.Model):
        member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "merging_test"
            constraints = [models.UniqueConstraint(models.F("member"), name="loose_once")]

    assert list(uniquely_keyed(Loose)) == ["loose_once"]
