"""The leadership track and its three levels: the steps. What they require is a decision of the organisation."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRACK = {"nb": "Lederskolering", "nn": "Leiarskolering", "en": "Leadership training"}
LEVELS = [
    ("leadership.grunn", ("grunn", "grunn", "beginner"), ("Trygg i vervet", "Trygg i vervet", "Sure in the office")),
    ("leadership.videre", ("videre", "vidare", "intermediate"), ("Lede et styre", "Leie eit styre", "Leading a board")),
    (
        "leadership.fordypning",
        ("fordypning", "fordjuping", "advanced"),
        ("Bygge folk", "Byggje folk", "Building people"),
    ),
]


def in_three(words: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("nb", "nn", "en"), words, strict=True))


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    track, _ = apps.get_model("courses", "Track").objects.get_or_create(key="leadership", defaults={"title": TRACK})
    level = apps.get_model("courses", "Level")
    for order, (key, title, name) in enumerate(LEVELS, start=1):
        level.objects.get_or_create(
            key=key,
            defaults={"track": track, "order": order, "title": in_three(title), "display_name": in_three(name)},
        )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("courses", "Level").objects.filter(key__in=[row[0] for row in LEVELS]).delete()
    apps.get_model("courses", "Track").objects.filter(key="leadership").delete()


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_first")]
    operations = [migrations.RunPython(add, remove)]
