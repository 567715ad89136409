"""The registers of looks; and that who sees everything sees people, too, for whom no holding is left."""

from django.db import migrations, models

from lianfang.access.rows import area_policy

FORWARDS = """
-- Only what acts on nobody's behalf, or for a role over everything, sets the whole range.
CREATE POLICY by_everything ON identity_subject USING (current_setting('lianfang.area_to', true) = chr(1114111));
CREATE POLICY by_everything ON identity_tag USING (current_setting('lianfang.area_to', true) = chr(1114111));
"""
BACKWARDS = """
DROP POLICY by_everything ON identity_tag;
DROP POLICY by_everything ON identity_subject;
"""

WHO = (
    ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
    ("fact_id", models.UUIDField(unique=True)),
    ("at", models.DateTimeField()),
    ("author", models.CharField(max_length=64)),
    ("role", models.CharField(max_length=64)),
    ("area", models.CharField(max_length=64)),
    ("post", models.CharField(max_length=64)),
    ("purpose", models.CharField(max_length=64)),
)


class Migration(migrations.Migration):
    dependencies = (("identity", "0001_vault"),)

    operations = (
        migrations.CreateModel(
            name="Shown",
            fields=[
                *WHO,
                ("act", models.CharField(max_length=16)),
                ("fields", models.JSONField()),
                ("people", models.IntegerField()),
                ("glass", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "identity_shown",
                "indexes": [
                    models.Index(
                        fields=["area", "seq"],
                        name="identity_shown_area",
                        opclasses=["varchar_pattern_ops", "int8_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "mark", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("mark", models.UUIDField()),
                ("seq", models.BigIntegerField()),
            ],
            options={"db_table": "identity_look"},
        ),
        migrations.CreateModel(
            name="Glass",
            fields=[*WHO, ("people", models.IntegerField())],
            options={
                "db_table": "identity_glass",
                "indexes": [
                    models.Index(
                        fields=["area", "seq"],
                        name="identity_glass_area",
                        opclasses=["varchar_pattern_ops", "int8_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("glass", models.UUIDField(db_index=True)),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
                ("outcome", models.CharField(max_length=32)),
            ],
            options={"db_table": "identity_review"},
        ),
        migrations.CreateModel(
            name="Replayed",
            fields=[
                ("one", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("erasures", models.BigIntegerField()),
            ],
            options={"db_table": "identity_replayed"},
        ),
        *area_policy("identity_shown"),
        *area_policy("identity_glass"),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    )
