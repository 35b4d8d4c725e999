from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_first")]

    operations = [
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("stones", models.PositiveSmallIntegerField(default=0)),
                ("issued_on", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("revoked_on", models.DateField(blank=True, null=True)),
            ],
        ),
    ]
