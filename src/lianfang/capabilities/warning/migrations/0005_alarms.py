"""Alarms that the daily run keeps."""

from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("warning", "0004_restrictions"),)

    operations = (
        migrations.CreateModel(
            name="AlarmsRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "source",
                        "disease",
                        "as_of",
                        "seq",
                        "version",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("source", models.CharField(max_length=16)),
                ("disease", models.CharField(blank=True, max_length=64)),
                ("area", models.CharField(max_length=64)),
                ("as_of", models.DateField()),
                ("seq", models.BigIntegerField()),
                ("version", models.CharField(max_length=64)),
                ("computed_at", models.DateTimeField()),
                ("alarms", models.JSONField()),
            ],
            options={"db_table": "warning_alarms"},
        ),
        *area_policy("warning_alarms"),
    )
