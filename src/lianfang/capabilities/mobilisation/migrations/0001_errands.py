from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ErrandRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("person", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("category", models.CharField(max_length=64)),
                ("rank", models.IntegerField()),
                ("contactless", models.BooleanField()),
                ("goods", models.BooleanField()),
                ("by_worker", models.BooleanField()),
                ("words", models.UUIDField(null=True)),
                ("stage", models.CharField(max_length=16)),
                ("placed", models.DateTimeField()),
                ("carrier", models.CharField(max_length=64)),
                ("accepted", models.DateTimeField(null=True)),
                ("picked_up", models.DateTimeField(null=True)),
                ("delivered", models.DateTimeField(null=True)),
                ("at_door", models.BooleanField(null=True)),
                ("closed", models.DateTimeField(null=True)),
                ("tries", models.IntegerField()),
                ("failed_for", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
            ],
            options={
                "db_table": "mobilisation_errand",
                "indexes": [
                    models.Index(
                        fields=["area", "stage", "subject"],
                        name="mobilisation_errand_area",
                        opclasses=["varchar_pattern_ops", "varchar_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["person"], name="mobilisation_errand_person"),
                    models.Index(fields=["carrier", "stage"], name="mobilisation_errand_carrier"),
                ],
            },
        ),
        *area_policy("mobilisation_errand"),
    ]
