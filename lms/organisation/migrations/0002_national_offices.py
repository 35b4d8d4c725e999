"""The national offices by kind: the words of the field, in three languages."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

OFFICES = [
    ("chair", "Leder", "Leiar", "Chair"),
    ("deputy", "Nestleder", "Nestleiar", "Deputy chair"),
    ("secretary", "Sekretær", "Sekretær", "Secretary"),
    ("treasurer", "Kasserer", "Kasserar", "Treasurer"),
    ("training", "Studieleder", "Studieleiar", "Training officer"),
    ("youth", "Ungdomsrepresentant", "Ungdomsrepresentant", "Youth representative"),
    ("equality", "Likestillingsansvarlig", "Likestillingsansvarleg", "Equality officer"),
    ("board_member", "Styremedlem", "Styremedlem", "Board member"),
    ("alternate", "Varamedlem", "Varamedlem", "Alternate"),
    ("nominating", "Medlem av valgkomiteen", "Medlem av valkomiteen", "Nomination committee member"),
    ("audit", "Medlem av kontrollutvalget", "Medlem av kontrollutvalet", "Control committee member"),
]


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    office = apps.get_model("organisation", "Office")
    for order, (key, nb, nn, en) in enumerate(OFFICES, start=1):
        office.objects.get_or_create(
            key=key, unit=None, defaults={"order": order * 10, "title": {"nb": nb, "nn": nn, "en": en}}
        )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("organisation", "Office").objects.filter(unit=None, key__in=[o[0] for o in OFFICES]).delete()


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_first")]
    operations = [migrations.RunPython(add, remove)]
