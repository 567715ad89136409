"""What contacts add to indicators, as it was known at any time."""

from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("contacts", "0002_read"),)

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
                "db_table": "contacts_indicator",
                "indexes": [
                    models.Index(
                        fields=["area", "key", "at"],
                        name="contacts_indicator_area",
                        opclasses=["varchar_pattern_ops", "varchar_pattern_ops", "timestamptz_ops"],
                    )
                ],
            },
        ),
        *area_policy("contacts_indicator"),
    )  # fmt: skip
