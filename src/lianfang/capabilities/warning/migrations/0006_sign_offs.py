"""Sign-offs of forecasts."""

from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("warning", "0005_alarms"),)

    operations = (
        migrations.CreateModel(
            name="SignOffRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("disease", models.CharField(max_length=64)),
                ("as_of", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("data", models.JSONField()),
                ("signed_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "warning_sign_off",
                "indexes": [
                    models.Index(
                        fields=["area", "as_of"],
                        name="warning_sign_off_area",
                        opclasses=["varchar_pattern_ops", "date_ops"],
                    )
                ],
            },
        ),
        *area_policy("warning_sign_off"),
    )
