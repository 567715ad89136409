from django.db import migrations, models

from lianfang.access.rows import area_policy


def _index(table: str) -> models.Index:
    return models.Index(fields=["area", "subject"], name=f"{table}_area", opclasses=["varchar_pattern_ops", "uuid_ops"])


class Migration(migrations.Migration):
    dependencies = (("mobilisation", "0001_errands"),)

    operations = (
        migrations.CreateModel(
            name="CallRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("need", models.CharField(max_length=64)),
                ("skill", models.CharField(max_length=64)),
                ("heads", models.IntegerField()),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                ("place", models.CharField(max_length=64)),
                ("placed", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("people", models.JSONField()),
                ("coming", models.IntegerField()),
                ("closed", models.DateTimeField(null=True)),
                ("outcome", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
            ],
            options={"db_table": "mobilisation_call", "indexes": [_index("mobilisation_call")]},
        ),
        migrations.CreateModel(
            name="CalledRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("department", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("placed", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("fact", models.UUIDField(null=True)),
                ("answered", models.DateTimeField(null=True)),
                ("heads", models.IntegerField()),
                ("arrives", models.DateTimeField(null=True)),
                ("reason", models.CharField(max_length=64)),
                ("late", models.BooleanField()),
                ("closed", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "mobilisation_called",
                "indexes": [
                    _index("mobilisation_called"),
                    models.Index(fields=["department", "subject"], name="mobilisation_called_by"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "person", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField()),
                ("person", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("zone", models.CharField(max_length=64)),
                ("duty", models.CharField(max_length=64)),
                ("fact", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("worked", models.BooleanField()),
            ],
            options={
                "db_table": "mobilisation_duty",
                "indexes": [
                    _index("mobilisation_duty"),
                    models.Index(fields=["person", "starts"], name="mobilisation_duty_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "person", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField()),
                ("person", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
            ],
            options={
                "db_table": "mobilisation_member",
                "indexes": [
                    _index("mobilisation_member"),
                    models.Index(fields=["person"], name="mobilisation_member_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondmentRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("unit", models.TextField()),
                ("duty", models.CharField(max_length=64)),
                ("heads", models.IntegerField()),
                ("first", models.DateField()),
                ("last", models.DateField(null=True)),
            ],
            options={"db_table": "mobilisation_secondment", "indexes": [_index("mobilisation_secondment")]},
        ),
        migrations.CreateModel(
            name="ShiftRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("duty", models.CharField(max_length=64)),
                ("skill", models.CharField(max_length=64)),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("zone", models.CharField(max_length=64)),
                ("places", models.IntegerField()),
                ("taken", models.IntegerField()),
                ("team", models.UUIDField(null=True)),
                ("call", models.UUIDField(null=True)),
                ("planned", models.DateTimeField()),
                ("cancelled", models.DateTimeField(null=True)),
                ("faults", models.JSONField()),
            ],
            options={
                "db_table": "mobilisation_shift",
                "indexes": [
                    _index("mobilisation_shift"),
                    models.Index(fields=["starts"], name="mobilisation_shift_starts"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffCareRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("category", models.CharField(max_length=64)),
                ("person", models.UUIDField(null=True)),
                ("heads", models.IntegerField()),
                ("urgent", models.BooleanField()),
                ("asked", models.DateTimeField()),
                ("met", models.DateTimeField(null=True)),
                ("outcome", models.CharField(max_length=64)),
            ],
            options={"db_table": "mobilisation_staff_care", "indexes": [_index("mobilisation_staff_care")]},
        ),
        migrations.CreateModel(
            name="TeamCountRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "function", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField()),
                ("function", models.CharField(max_length=16)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("teams", models.IntegerField()),
                ("qualifier", models.CharField(max_length=16)),
                ("fact", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "mobilisation_team_count", "indexes": [_index("mobilisation_team_count")]},
        ),
        migrations.CreateModel(
            name="TeamRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("zh", models.TextField()),
                ("en", models.TextField()),
                ("function", models.CharField(max_length=16)),
                ("heads", models.IntegerField(null=True)),
                ("qualifier", models.CharField(max_length=16)),
                ("lead", models.CharField(max_length=64)),
                ("town", models.CharField(max_length=64)),
                ("formed", models.DateTimeField()),
                ("tasks", models.JSONField()),
                ("members", models.IntegerField()),
                ("dissolved", models.DateTimeField(null=True)),
                ("faults", models.JSONField()),
            ],
            options={"db_table": "mobilisation_team", "indexes": [_index("mobilisation_team")]},
        ),
        migrations.CreateModel(
            name="VolunteerRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("consent", models.CharField(max_length=64)),
                ("skills", models.JSONField()),
                ("account", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
                ("availability", models.JSONField(null=True)),
                ("withdrawn", models.DateTimeField(null=True)),
            ],
            options={"db_table": "mobilisation_volunteer", "indexes": [_index("mobilisation_volunteer")]},
        ),
        migrations.CreateModel(
            name="WorkloadRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("fact", models.UUIDField()),
                ("households", models.IntegerField()),
                ("workers", models.IntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "mobilisation_workload", "indexes": [_index("mobilisation_workload")]},
        ),
        *area_policy("mobilisation_call"),
        *area_policy("mobilisation_called"),
        *area_policy("mobilisation_duty"),
        *area_policy("mobilisation_member"),
        *area_policy("mobilisation_secondment"),
        *area_policy("mobilisation_shift"),
        *area_policy("mobilisation_staff_care"),
        *area_policy("mobilisation_team_count"),
        *area_policy("mobilisation_team"),
        *area_policy("mobilisation_volunteer"),
        *area_policy("mobilisation_workload"),
    )
