"""The registers of cases, and the views that accounts have named."""

from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AssessmentRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("disease", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("as_of", models.DateTimeField()),
                ("seq", models.BigIntegerField()),
                ("likelihood", models.CharField(max_length=64)),
                ("consequence", models.CharField(max_length=64)),
                ("level", models.CharField(max_length=64)),
                ("basis", models.TextField()),
                ("measures", models.TextField()),
                ("place", models.CharField(max_length=64, null=True)),
                ("next_due", models.DateField(null=True)),
            ],
            options={
                "db_table": "cases_assessment",
                "indexes": [
                    models.Index(
                        fields=["area", "at", "subject"],
                        name="cases_assessment_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("person", models.UUIDField()),
                ("disease", models.CharField(max_length=64)),
                ("edition", models.CharField(max_length=64)),
                ("number", models.CharField(max_length=64, null=True)),
                ("batch", models.UUIDField(null=True)),
                ("to", models.CharField(max_length=16)),
                ("severity", models.CharField(max_length=16, null=True)),
                ("source", models.CharField(max_length=16)),
                ("came_from", models.CharField(max_length=64, null=True)),
                ("outcome", models.CharField(max_length=16, null=True)),
                ("onset_earliest", models.DateField(null=True)),
                ("onset_latest", models.DateField(null=True)),
                ("no_symptoms", models.BooleanField(null=True)),
                ("sex", models.CharField(max_length=8, null=True)),
                ("age_years", models.FloatField(null=True)),
                ("occupation", models.CharField(max_length=64, null=True)),
                ("health_worker", models.BooleanField(null=True)),
                ("residence", models.CharField(max_length=64, null=True)),
                ("stay", models.CharField(max_length=64, null=True)),
                ("found_by", models.CharField(max_length=64, null=True)),
                ("unit", models.CharField(max_length=64, null=True)),
                ("first_visit_at", models.DateTimeField(null=True)),
                ("reported_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("investigated_at", models.DateTimeField(null=True)),
                ("suspected_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField()),
                ("source_at", models.DateTimeField(null=True)),
                ("isolated_at", models.DateTimeField(null=True)),
                ("isolated_where", models.CharField(max_length=64, null=True)),
                ("admitted_at", models.DateTimeField(null=True)),
                ("hospital", models.CharField(max_length=64, null=True)),
                ("designated", models.BooleanField(null=True)),
                ("treated_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("contacts_named", models.IntegerField(null=True)),
                ("samples", models.IntegerField()),
                ("sampled_at", models.DateTimeField(null=True)),
                ("result", models.CharField(max_length=64, null=True)),
                ("result_at", models.DateTimeField(null=True)),
                ("would_be", models.CharField(max_length=16, null=True)),
                ("review_edition", models.CharField(max_length=64, null=True)),
                ("faults", models.IntegerField()),
                ("disputed", models.IntegerField()),
            ],
            options={
                "db_table": "cases_case",
                "indexes": [
                    models.Index(
                        fields=["area", "reported_at", "subject"],
                        name="cases_case_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["reported_at", "subject"], name="cases_case_reported"),
                    models.Index(fields=["to", "reported_at", "subject"], name="cases_case_to"),
                    models.Index(
                        condition=models.Q(("severity__isnull", False)),
                        fields=["severity", "reported_at", "subject"],
                        name="cases_case_severity",
                    ),
                    models.Index(fields=["onset_earliest", "subject"], name="cases_case_onset"),
                    models.Index(fields=["number"], name="cases_case_number", opclasses=["varchar_pattern_ops"]),
                    models.Index(fields=["person", "disease"], name="cases_case_person"),
                    models.Index(
                        condition=models.Q(("batch__isnull", False)), fields=["batch"], name="cases_case_batch"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "n", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField()),
                ("n", models.IntegerField()),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("disease", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("before", models.CharField(max_length=64)),
                ("after", models.CharField(max_length=64)),
                ("other", models.CharField(max_length=64)),
                ("source", models.CharField(max_length=16)),
                ("came_from", models.CharField(max_length=64, null=True)),
            ],
            options={
                "db_table": "cases_change",
                "indexes": [
                    models.Index(
                        fields=["area", "at"],
                        name="cases_change_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField(db_index=True)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("disease", models.CharField(max_length=64)),
                ("number", models.CharField(max_length=64, null=True)),
                ("material", models.CharField(max_length=64)),
                ("laboratory", models.CharField(max_length=64, null=True)),
                ("sampled_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(null=True)),
                ("fit", models.BooleanField(null=True)),
                ("test", models.CharField(max_length=64, null=True)),
                ("result", models.CharField(max_length=64, null=True)),
                ("ct", models.FloatField(null=True)),
                ("result_at", models.DateTimeField(null=True)),
                ("accession", models.CharField(max_length=64, null=True)),
            ],
            options={
                "db_table": "cases_sample",
                "indexes": [
                    models.Index(
                        fields=["area", "sampled_at", "id"],
                        name="cases_sample_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["number"], name="cases_sample_number", opclasses=["varchar_pattern_ops"]),
                ],
            },
        ),
        migrations.CreateModel(
            name="ViewRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("author", models.CharField(max_length=64)),
                ("room", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=64)),
                ("shown", models.JSONField()),
            ],
            options={
                "db_table": "cases_view",
                "constraints": [models.UniqueConstraint(fields=("author", "room", "name"), name="cases_view_name")],
            },
        ),
        *area_policy("cases_case"),
        *area_policy("cases_change"),
        *area_policy("cases_sample"),
        *area_policy("cases_assessment"),
    ]
