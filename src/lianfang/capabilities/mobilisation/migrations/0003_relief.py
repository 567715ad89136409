from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("mobilisation", "0002_hands"),)

    operations = (
        migrations.CreateModel(
            name="ReliefRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("team", models.UUIDField()),
                ("to", models.CharField(max_length=64)),
                ("heads", models.IntegerField()),
                ("first", models.DateField()),
                ("until", models.DateField(null=True)),
                ("sent", models.DateTimeField()),
                ("days", models.JSONField()),
                ("last", models.DateField(null=True)),
                ("back", models.IntegerField()),
                ("faults", models.JSONField()),
            ],
            options={
                "db_table": "mobilisation_relief",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"], name="mobilisation_relief_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["team"], name="mobilisation_relief_team"),
                ],
            },
        ),
        *area_policy("mobilisation_relief"),
    )  # fmt: skip
