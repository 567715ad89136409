"""The vault's tables, and which rows of them a viewer's range of areas shows."""

from django.db import migrations, models

from lianfang.access.rows import area_policy

# Whoever sees why a person is held sees the person. Entering is free here: the holding beside it is not.
SEEN_BY_HOLDING = """
CREATE POLICY {table}_seen ON {table}
    USING (EXISTS (SELECT 1 FROM identity_holding held WHERE held.subject = {table}.{column})) WITH CHECK (true);
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
"""
UNSEEN = "DROP POLICY {table}_seen ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"


def by_holding(table: str, column: str) -> migrations.RunSQL:
    names = {"table": table, "column": column}
    return migrations.RunSQL(SEEN_BY_HOLDING.format(**names), UNSEEN.format(**names))


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("person", models.UUIDField(null=True)),
                ("merged_into", models.UUIDField(null=True)),
                ("entry", models.BinaryField()),
                ("sealed", models.BinaryField()),
                ("author", models.CharField(max_length=64)),
                ("entered_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "db_table": "identity_subject",
                "indexes": [
                    models.Index(fields=["entry"], name="identity_subject_entry"),
                    models.Index(
                        condition=models.Q(("person__isnull", False)), fields=["person"], name="identity_subject_person"
                    ),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="identity_subject_merged",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "tag", "subject", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("tag", models.BinaryField()),
                ("subject", models.UUIDField()),
            ],
            options={
                "db_table": "identity_tag",
                "indexes": [models.Index(fields=["subject"], name="identity_tag_subject")],
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("data_class", models.CharField(max_length=64)),
                ("basis", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("since", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("due", models.DateField(null=True)),
            ],
            options={
                "db_table": "identity_holding",
                "indexes": [
                    models.Index(fields=["subject"], name="identity_holding_subject"),
                    models.Index(
                        fields=["area", "subject"],
                        name="identity_holding_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                        include=["data_class", "author"],
                    ),
                    models.Index(
                        condition=models.Q(("due__isnull", False)), fields=["due"], name="identity_holding_due"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("text_class", models.CharField(max_length=16)),
                ("author", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
            ],
            options={
                "db_table": "identity_text",
                "indexes": [models.Index(fields=["subject"], name="identity_text_subject")],
            },
        ),
        migrations.CreateModel(
            name="Store",
            fields=[
                ("one", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("mark", models.BinaryField()),
            ],
            options={"db_table": "identity_store"},
        ),
        *area_policy("identity_holding"),
        *area_policy("identity_text"),
        by_holding("identity_subject", "id"),
        by_holding("identity_tag", "subject"),
    )
