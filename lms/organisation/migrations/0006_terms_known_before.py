"""Terms that began or ended before anything was announced are history: nobody is told of them now."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def mark(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    term, announcement = (apps.get_model("organisation", name) for name in ("Term", "TermAnnouncement"))
    day = timezone.localdate()
    for kind, came in (("started", {"valid_from__lte": day}), ("ended", {"valid_until__lte": day})):
        ids = term.objects.filter(**came).values_list("pk", flat=True)
        rows = (announcement(term_id=pk, kind=kind) for pk in ids.iterator())
        announcement.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0005_bodies_labels_delegations")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
