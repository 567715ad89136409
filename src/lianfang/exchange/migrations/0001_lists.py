"""Lists that were sent, what was told of them and made by them, and mappings that are kept."""

import django.contrib.postgres.fields
from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FaultRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "list", "n", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("list", models.UUIDField()),
                ("n", models.IntegerField()),
                ("area", models.CharField(max_length=64)),
                ("row", models.IntegerField()),
                ("field", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=64)),
                ("note", models.BooleanField()),
                ("zh", models.TextField()),
                ("en", models.TextField()),
            ],
            options={
                "db_table": "exchange_fault",
            },
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "author", "area", "name", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("author", models.CharField(max_length=64)),
                ("area", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=16)),
                ("mapping", models.JSONField()),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "db_table": "exchange_mapping",
            },
        ),
        migrations.CreateModel(
            name="Made",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "list", "n", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("list", models.UUIDField()),
                ("n", models.IntegerField()),
                ("area", models.CharField(max_length=64)),
                ("subjects", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("facts", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("people", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
            ],
            options={
                "db_table": "exchange_made",
            },
        ),
        migrations.CreateModel(
            name="List",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("device", models.CharField(max_length=64)),
                ("role", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=16)),
                ("content_type", models.CharField(max_length=128)),
                ("sealed", models.BinaryField(null=True)),
                ("mapping", models.JSONField(null=True)),
                (
                    "state",
                    models.CharField(max_length=16),
                ),
                ("dry", models.BooleanField(default=True)),
                ("rows", models.IntegerField()),
                ("done", models.IntegerField(default=0)),
                ("taken", models.IntegerField(default=0)),
                ("left_out", models.IntegerField(default=0)),
                ("refused", models.IntegerField(default=0)),
                ("links", models.IntegerField(default=0)),
                ("facts", models.IntegerField(default=0)),
                ("people", models.IntegerField(default=0)),
                ("kept", models.IntegerField(default=0)),
                ("why", models.CharField(default="", max_length=1000)),
                ("sent_at", models.DateTimeField()),
                ("beat_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "exchange_list",
                "indexes": [
                    models.Index(
                        fields=["area", "sent_at"],
                        name="exchange_list_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                    )
                ],
            },
        ),
        *area_policy("exchange_list"),
        *area_policy("exchange_fault"),
        *area_policy("exchange_made"),
        *area_policy("exchange_mapping"),
    ]
