"""Decisions on counties and communities, and markets with the samples taken in them."""

from django.db import migrations, models

from lianfang.access.rows import area_policy

BYTES = "varchar_pattern_ops"


def code(length: int = 64, **options: bool) -> models.CharField:
    return models.CharField(max_length=length, **options)


class Migration(migrations.Migration):
    dependencies = (("warning", "0001_signals"),)

    operations = (
        migrations.CreateModel(
            name="GradeRow",
            fields=[
                ("fact", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", code()),
                ("author", code()),
                ("scheme", code(16)),
                ("disease", code()),
                ("to", code(16)),
                ("at", models.DateTimeField()),
                ("until", models.DateField()),
                ("reason", models.TextField()),
                ("role", code()),
                ("data", models.JSONField()),
            ],
            options={
                "db_table": "warning_decision",
                "indexes": [
                    models.Index(
                        fields=["area", "disease"], name="warning_decision_area", opclasses=[BYTES, "varchar_ops"]
                    ),
                    models.Index(fields=["subject"], name="warning_decision_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MarketRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", code()),
                ("author", code()),
                ("name", code()),
                ("market_kind", code()),
                ("sells", models.JSONField()),
                ("stalls", models.IntegerField(null=True)),
                ("registered_at", models.DateTimeField()),
                ("inspected_at", models.DateTimeField(null=True)),
                ("unmet", models.JSONField()),
                ("inspections", models.JSONField()),
                ("handled", models.JSONField()),
                ("closed", models.BooleanField()),
                ("positives", models.IntegerField()),
                ("unhandled", models.IntegerField()),
                ("faults", models.JSONField()),
            ],
            options={
                "db_table": "warning_market",
                "indexes": [
                    models.Index(fields=["area", "subject"], name="warning_market_area", opclasses=[BYTES, "uuid_ops"])
                ],
            },
        ),
        migrations.CreateModel(
            name="EnvironmentSampleRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", code()),
                ("author", code()),
                ("disease", code()),
                ("point", code()),
                ("number", code(null=True)),
                ("laboratory", code(null=True)),
                ("sampled_at", models.DateTimeField()),
                ("test", code(null=True)),
                ("result", code(null=True)),
                ("ct", models.FloatField(null=True)),
                ("result_at", models.DateTimeField(null=True)),
                ("accession", code(null=True)),
                ("archive", code(null=True)),
                ("lineage", code(null=True)),
            ],
            options={
                "db_table": "warning_environment_sample",
                "indexes": [
                    models.Index(fields=["subject"], name="warning_sample_market"),
                    models.Index(
                        fields=["area", "result_at"],
                        name="warning_sample_result",
                        opclasses=[BYTES, "timestamptz_ops"],
                    ),
                ],
            },
        ),
        *area_policy("warning_decision"),
        *area_policy("warning_market"),
        *area_policy("warning_environment_sample"),
    )
