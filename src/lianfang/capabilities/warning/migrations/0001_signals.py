import django.contrib.postgres.fields
from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="SignalRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("rule", models.CharField(max_length=64)),
                ("rule_version", models.CharField(max_length=64)),
                ("disease", models.CharField(max_length=64, null=True)),
                ("key", models.CharField(max_length=64)),
                ("raised_at", models.DateTimeField()),
                ("seq", models.BigIntegerField()),
                ("last_at", models.DateTimeField()),
                ("last_seq", models.BigIntegerField()),
                ("as_of", models.DateTimeField()),
                ("count", models.IntegerField()),
                (
                    "triggers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None),
                ),
                ("subjects", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("evidence", models.JSONField()),
                ("told", models.JSONField()),
                ("status", models.CharField(max_length=16)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("reviews", models.JSONField()),
                ("reopened", models.BooleanField()),
                ("raisings", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
            ],
            options={
                "db_table": "warning_signal",
                "indexes": [
                    models.Index(
                        fields=["area", "last_at", "subject"],
                        name="warning_signal_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["last_at", "subject"], name="warning_signal_last"),
                ],
            },
        ),
        *area_policy("warning_signal"),
    )
