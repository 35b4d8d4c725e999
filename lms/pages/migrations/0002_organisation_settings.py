"""The organisation's settings are one row: laid here, so that no page has to make it while it is read."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def lay(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    settings = apps.get_model("pages", "OrganisationSettings")
    if not settings.objects.exists():
        settings.objects.create()


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_first")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
