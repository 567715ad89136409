"""Findings."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="FindingRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("rule", models.CharField(max_length=64)),
                ("edition", models.CharField(max_length=64)),
                ("unit", models.UUIDField(null=True)),
                ("day", models.DateField()),
                ("days", models.IntegerField()),
                ("raised_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("evidence", ArrayField(models.UUIDField())),
                ("figures", models.JSONField()),
                ("concerned", ArrayField(models.CharField(max_length=64))),
                ("raisings", ArrayField(models.UUIDField())),
                ("stage", models.CharField(max_length=16)),
                ("closed", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.CharField(max_length=64)),
                ("outcome", models.CharField(max_length=16)),
                ("reason", models.TextField()),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
            ],
            options={
                "db_table": "oversight_finding",
                "indexes": [
                    models.Index(
                        fields=["area", "stage", "subject"],
                        name="oversight_finding_area",
                        opclasses=["varchar_pattern_ops", "varchar_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        *area_policy("oversight_finding"),
    )
