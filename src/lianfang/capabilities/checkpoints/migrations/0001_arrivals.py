from django.db import migrations, models

from lianfang.access.rows import area_policy

TABLES = ("arrival", "estimate", "flight", "help", "stranded")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ArrivalRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("person", models.UUIDField()),
                ("conveyance", models.CharField(max_length=16)),
                ("number", models.CharField(max_length=64, null=True)),
                ("arrived", models.DateTimeField()),
                ("came_from", models.CharField(max_length=64, null=True)),
                ("key_person", models.BooleanField()),
                ("batch", models.UUIDField(null=True)),
                ("listing", models.UUIDField()),
                ("by_unit", models.CharField(max_length=64)),
                ("taken_over", models.JSONField(null=True)),
                ("taken_over_at", models.DateTimeField(null=True)),
                ("hand_over_due", models.DateTimeField()),
                ("watched_until", models.DateTimeField(null=True)),
                ("measures", models.JSONField()),
                ("supplies", models.JSONField()),
                ("active_until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "checkpoints_arrival",
                "indexes": [
                    models.Index(
                        fields=["area", "arrived", "subject"],
                        name="checkpoints_arrival_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["-arrived", "subject"], name="checkpoints_arrival_newest"),
                    models.Index(fields=["person"], name="checkpoints_arrival_person"),
                    models.Index(fields=["batch"], name="checkpoints_arrival_batch"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EstimateRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("place", models.CharField(max_length=64)),
                ("people", models.IntegerField()),
                ("about", models.BooleanField()),
                ("stated_at", models.DateTimeField()),
            ],
            options={
                "db_table": "checkpoints_estimate",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="checkpoints_estimate_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FlightRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("conveyance", models.CharField(max_length=16)),
                ("number", models.CharField(max_length=64)),
                ("operator", models.CharField(max_length=64)),
                ("route", models.JSONField()),
                ("departs", models.DateTimeField(null=True)),
                ("seats", models.IntegerField()),
                ("planned_at", models.DateTimeField()),
            ],
            options={
                "db_table": "checkpoints_flight",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="checkpoints_flight_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("person", models.UUIDField()),
                ("family", models.IntegerField()),
                ("needs", models.JSONField()),
                ("place", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(max_length=16)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "checkpoints_help",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="checkpoints_help_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["person"], name="checkpoints_help_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StrandedRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("place", models.CharField(max_length=64)),
                ("registered_at", models.DateTimeField()),
                ("seat", models.CharField(max_length=16)),
                ("flight", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "checkpoints_stranded",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="checkpoints_stranded_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["flight"], name="checkpoints_stranded_flight"),
                ],
            },
        ),
        *(operation for table in TABLES for operation in area_policy(f"checkpoints_{table}")),
    ]
