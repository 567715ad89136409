"""Limits on entry to communities."""

from django.db import migrations, models

from lianfang.access.rows import area_policy


def code(length: int = 64) -> models.CharField:
    return models.CharField(max_length=length)


class Migration(migrations.Migration):
    dependencies = (("warning", "0003_estimates"),)

    operations = (
        migrations.CreateModel(
            name="RestrictionRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", code()),
                ("author", code()),
                ("disease", code()),
                ("until", models.DateField()),
                ("data", models.JSONField()),
                ("ordered", models.JSONField()),
                ("ordered_at", models.DateTimeField()),
                ("decided", models.JSONField(null=True)),
                ("approved", models.BooleanField(null=True)),
                ("lifted", models.JSONField(null=True)),
            ],
            options={
                "db_table": "warning_restriction",
                "indexes": [
                    models.Index(
                        fields=["area", "until"],
                        name="warning_restriction_area",
                        opclasses=["varchar_pattern_ops", "date_ops"],
                    )
                ],
            },
        ),
        *area_policy("warning_restriction"),
    )
