from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CubeRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "round", "grid", "area", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("round", models.UUIDField()),
                ("grid", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("visited", models.IntegerField()),
                ("done", models.IntegerField()),
                ("not_met", models.IntegerField()),
                ("refused", models.IntegerField()),
                ("vacant", models.IntegerField()),
                ("due", models.IntegerField()),
                ("seen", models.IntegerField()),
                ("away", models.IntegerField()),
                ("left", models.IntegerField()),
                ("excused", models.IntegerField()),
                ("unwell", models.IntegerField()),
                ("person_times", models.IntegerField()),
                ("visits", models.IntegerField()),
                ("without_evidence", models.IntegerField()),
            ],
            options={
                "db_table": "screening_cube",
                "indexes": [
                    models.Index(
                        fields=["area", "round"],
                        name="screening_cube_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EducationRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("topic", models.CharField(max_length=64)),
                ("said", models.TextField(null=True)),
                ("at", models.DateTimeField()),
                ("due", models.DateTimeField()),
            ],
            options={
                "db_table": "screening_education",
                "indexes": [
                    models.Index(
                        fields=["area", "due"],
                        name="screening_education_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GridRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=32)),
                ("site", models.CharField(max_length=16)),
                ("registered_at", models.DateTimeField(null=True)),
                ("holder", models.CharField(max_length=64)),
                ("teams", models.JSONField()),
                ("batch", models.UUIDField(null=True)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
            ],
            options={
                "db_table": "screening_grid",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="screening_grid_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["holder"], name="screening_grid_holder"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseholdFaultRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "fact", "field", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("fact", models.UUIDField()),
                ("field", models.CharField(max_length=64)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "screening_fault",
                "indexes": [
                    models.Index(fields=["subject"], name="screening_fault_subject"),
                    models.Index(
                        fields=["area", "at"],
                        name="screening_fault_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseholdRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("grid", models.UUIDField(null=True)),
                ("building", models.CharField(max_length=32)),
                ("unit", models.CharField(max_length=32)),
                ("door", models.CharField(max_length=32)),
                ("site", models.CharField(max_length=16)),
                ("expected", models.IntegerField(null=True)),
                ("members", models.IntegerField()),
                ("members_at", models.DateTimeField(null=True)),
                ("registered_at", models.DateTimeField(null=True)),
                ("batch", models.UUIDField(null=True)),
                ("disputed", models.BooleanField()),
            ],
            options={
                "db_table": "screening_household",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="screening_household_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["grid", "building", "unit", "door"], name="screening_household_grid"),
                    models.Index(fields=["registered_at"], name="screening_household_since"),
                    models.Index(
                        condition=models.Q(("batch__isnull", False)), fields=["batch"], name="screening_household_batch"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutcomeRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "round", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField()),
                ("round", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("grid", models.UUIDField()),
                ("status", models.CharField(max_length=16)),
                ("last", models.CharField(max_length=16)),
                ("last_at", models.DateTimeField()),
                ("visits", models.IntegerField()),
                ("due", models.IntegerField()),
                ("seen", models.IntegerField()),
                ("away", models.IntegerField()),
                ("not_met", models.IntegerField()),
                ("excused", models.IntegerField()),
                ("unwell", models.IntegerField()),
                ("person_times", models.IntegerField()),
                ("outsiders", models.IntegerField()),
                ("follower", models.CharField(max_length=64)),
                ("escalated_to", models.CharField(max_length=64)),
                ("without_evidence", models.IntegerField()),
            ],
            options={
                "db_table": "screening_outcome",
                "indexes": [
                    models.Index(fields=["round", "grid", "status"], name="screening_outcome_round"),
                    models.Index(
                        fields=["area", "round"],
                        name="screening_outcome_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferenceRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("households", models.IntegerField()),
                ("source", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "screening_reference",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="screening_reference_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("first_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("zero", models.BooleanField()),
                ("households", models.IntegerField()),
                ("from_listed", models.IntegerField()),
                ("from_elsewhere", models.IntegerField()),
                ("local", models.IntegerField()),
                ("unwell", models.IntegerField()),
                ("hospital", models.IntegerField()),
                ("home", models.IntegerField()),
                ("central", models.IntegerField()),
                ("other", models.IntegerField()),
                ("undisposed", models.IntegerField()),
                ("reason", models.TextField(null=True)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
            ],
            options={
                "db_table": "screening_report",
                "indexes": [
                    models.Index(
                        fields=["area", "day"],
                        name="screening_report_area",
                        opclasses=["varchar_pattern_ops", "date_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ResidentRow",
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
                ("grid", models.UUIDField(null=True)),
                ("member", models.BooleanField()),
                ("joined_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                ("came_from", models.CharField(max_length=64, null=True)),
                ("arrived", models.DateField(null=True)),
                ("times", models.IntegerField()),
                ("first_at", models.DateTimeField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                ("unwell_at", models.DateTimeField(null=True)),
                ("disposition", models.CharField(max_length=16, null=True)),
                ("disposed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "screening_resident",
                "indexes": [
                    models.Index(fields=["person"], name="screening_resident_person"),
                    models.Index(
                        condition=models.Q(("unwell_at__isnull", False)),
                        fields=["area", "unwell_at"],
                        name="screening_resident_unwell",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                    ),
                    models.Index(
                        condition=models.Q(("arrived__isnull", False)),
                        fields=["area", "arrived"],
                        name="screening_resident_arrived",
                        opclasses=["varchar_pattern_ops", "date_ops"],
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("number", models.IntegerField()),
                ("opened_at", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed", models.JSONField(null=True)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
            ],
            options={
                "db_table": "screening_round",
                "indexes": [
                    models.Index(
                        fields=["area", "opened_at"],
                        name="screening_round_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SizeRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "grid", "area", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("grid", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("households", models.IntegerField()),
                ("members", models.IntegerField()),
            ],
            options={
                "db_table": "screening_size",
                "indexes": [
                    models.Index(
                        fields=["area", "grid"],
                        name="screening_size_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TenureRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField()),
                ("number", models.IntegerField()),
                ("area", models.CharField(max_length=64)),
                ("to", models.CharField(max_length=64)),
                ("duty", models.CharField(max_length=32)),
                ("building", models.CharField(max_length=32)),
                ("unit", models.CharField(max_length=32)),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                ("by", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "screening_tenure",
                "indexes": [
                    models.Index(fields=["to", "ends"], name="screening_tenure_to"),
                    models.Index(
                        fields=["area", "subject"],
                        name="screening_tenure_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitRow",
            fields=[
                ("fact", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("round", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("grid", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("day", models.DateField()),
                ("author", models.CharField(max_length=64)),
                ("outcome", models.CharField(max_length=16)),
                ("counts", models.BooleanField()),
                ("members", models.JSONField()),
                ("person_times", models.IntegerField()),
                ("unwell", models.IntegerField()),
                ("outsiders", models.IntegerField(null=True)),
                ("evidence", models.CharField(max_length=16)),
                ("minutes", models.FloatField(null=True)),
                ("form", models.IntegerField()),
                ("follower", models.CharField(max_length=64)),
                ("escalated_to", models.CharField(max_length=64)),
                ("vacancy", models.CharField(max_length=16)),
            ],
            options={
                "db_table": "screening_visit",
                "indexes": [
                    models.Index(fields=["subject", "at"], name="screening_visit_subject"),
                    models.Index(
                        fields=["area", "day"],
                        name="screening_visit_day",
                        opclasses=["varchar_pattern_ops", "date_ops"],
                    ),
                    models.Index(fields=["round", "at"], name="screening_visit_round"),
                ],
            },
        ),
        *(
            operation
            for table in (
                "cube",
                "education",
                "fault",
                "grid",
                "household",
                "outcome",
                "reference",
                "report",
                "resident",
                "round",
                "size",
                "tenure",
                "visit",
            )
            for operation in area_policy(f"screening_{table}")
        ),
    ]
