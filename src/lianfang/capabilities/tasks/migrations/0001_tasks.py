from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="TaskRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "area", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("of", models.UUIDField()),
                ("rule", models.CharField(max_length=64)),
                ("slot", models.CharField(max_length=64)),
                ("assignee", models.CharField(max_length=64)),
                ("assigned_at", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("tried", models.JSONField()),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
            ],
            options={
                "db_table": "tasks_task",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="tasks_task_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["of"], name="tasks_task_of"),
                    models.Index(fields=["assignee"], name="tasks_task_assignee"),
                ],
            },
        ),
        *area_policy("tasks_task"),
    ]
