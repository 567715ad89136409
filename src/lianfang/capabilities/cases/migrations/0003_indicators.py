"""What cases add to indicators, as it was known at any time."""

from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("cases", "0002_counted"),)

    operations = (
        migrations.CreateModel(
            name="IndicatorRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "key", "area", "at", "since", blank=True, editable=False, primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject", models.UUIDField()),
                ("key", models.CharField(max_length=32)),
                ("area", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("n", models.IntegerField()),
                ("disease", models.CharField(max_length=64)),
                ("since", models.BigIntegerField()),
                ("upto", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "cases_indicator",
                "indexes": [
                    models.Index(
                        fields=["area", "key", "at"],
                        name="cases_indicator_area",
                        opclasses=["varchar_pattern_ops", "varchar_pattern_ops", "timestamptz_ops"],
                    )
                ],
            },
        ),
        *area_policy("cases_indicator"),
    )  # fmt: skip
