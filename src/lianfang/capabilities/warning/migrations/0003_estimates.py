"""Estimates that the daily run keeps."""

from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("warning", "0002_places"),)

    operations = (
        migrations.CreateModel(
            name="EstimateRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "disease",
                        "area",
                        "as_of",
                        "seq",
                        "version",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("disease", models.CharField(max_length=64)),
                ("area", models.CharField(max_length=64)),
                ("as_of", models.DateField()),
                ("seq", models.BigIntegerField()),
                ("version", models.CharField(max_length=64)),
                ("computed_at", models.DateTimeField()),
                ("alarms", models.JSONField()),
                ("data", models.JSONField()),
            ],
            options={
                "db_table": "warning_estimate",
                "indexes": [
                    models.Index(
                        fields=["area", "as_of"],
                        name="warning_estimate_area",
                        opclasses=["varchar_pattern_ops", "date_ops"],
                    ),
                ],
            },
        ),
        *area_policy("warning_estimate"),
    )
