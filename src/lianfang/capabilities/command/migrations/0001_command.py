from django.db import migrations, models

from lianfang.access.rows import area_policy


def _index(table: str) -> models.Index:
    return models.Index(fields=["area", "subject"], name=f"{table}_area", opclasses=["varchar_pattern_ops", "uuid_ops"])


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="LevelRow",
            fields=[
                ("fact", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("level", models.CharField(max_length=8)),
                ("issuer", models.TextField()),
                ("doc_no", models.TextField()),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
            ],
            options={"db_table": "command_level", "indexes": [_index("command_level")]},
        ),
        migrations.CreateModel(
            name="PlanRow",
            fields=[
                ("fact", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=64)),
                ("edition", models.CharField(max_length=64)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("data", models.JSONField()),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
                ("disputed", models.BooleanField()),
            ],
            options={
                "db_table": "command_plan",
                "indexes": [_index("command_plan"), models.Index(fields=["subject"], name="command_plan_of")],
            },
        ),
        migrations.CreateModel(
            name="ChecklistRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("activation", models.UUIDField()),
                ("issued", models.UUIDField()),
                ("unit", models.CharField(max_length=64)),
                ("level", models.CharField(max_length=8)),
                ("declared", models.UUIDField()),
                ("declared_for", models.CharField(max_length=64)),
                ("items", models.JSONField()),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "command_checklist",
                "indexes": [_index("command_checklist"), models.Index(fields=["subject"], name="command_checklist_of")],
            },
        ),
        migrations.CreateModel(
            name="ReadinessRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "item", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField()),
                ("item", models.CharField(max_length=64)),
                ("area", models.CharField(max_length=64)),
                ("met", models.BooleanField()),
                ("evidence", models.TextField()),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
            ],
            options={"db_table": "command_readiness", "indexes": [_index("command_readiness")]},
        ),
        *area_policy("command_level"),
        *area_policy("command_plan"),
        *area_policy("command_checklist"),
        *area_policy("command_readiness"),
    )
