from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("supplies", "0002_stocktake"),)

    operations = (
        migrations.CreateModel(
            name="AllocationRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("item", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("phase", models.CharField(max_length=16)),
                ("decided", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(max_length=64)),
                ("proposal", models.JSONField()),
                ("amounts", models.JSONField()),
                ("edits", models.JSONField()),
            ],
            options={
                "db_table": "supplies_allocation",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="supplies_allocation_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LabourRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("producer", models.UUIDField()),
                ("people", models.IntegerField()),
                ("groups", models.IntegerField()),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("given", models.JSONField()),
                ("given_at", models.DateTimeField(null=True)),
                ("given_by", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "supplies_labour",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="supplies_labour_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["ends"], name="supplies_labour_ends"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField()),
                ("day", models.DateField()),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("outlet", models.CharField(max_length=64)),
                ("good", models.CharField(max_length=64)),
                ("fen", models.IntegerField(null=True)),
                ("supply", models.CharField(max_length=16)),
            ],
            options={
                "db_table": "supplies_price",
                "indexes": [
                    models.Index(
                        fields=["area", "day"],
                        name="supplies_price_area",
                        opclasses=["varchar_pattern_ops", "date_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProducerRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=64)),
                ("en", models.CharField(max_length=64)),
                ("makes", models.JSONField()),
                ("work", models.JSONField()),
                ("output", models.JSONField()),
                ("demand", models.JSONField()),
            ],
            options={
                "db_table": "supplies_producer",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="supplies_producer_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("zh", models.TextField()),
                ("en", models.TextField()),
                ("parts", models.IntegerField()),
                ("steps", models.JSONField()),
                ("begins", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("done", models.JSONField()),
            ],
            options={
                "db_table": "supplies_project",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="supplies_project_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("category", models.CharField(max_length=16)),
                ("producer", models.UUIDField(null=True)),
                ("facility", models.CharField(max_length=64)),
                ("owner", models.CharField(max_length=64, null=True)),
                ("due", models.DateTimeField(null=True)),
                ("zh", models.TextField()),
                ("at", models.DateTimeField()),
                ("taken", models.DateTimeField(null=True)),
                ("taken_by", models.CharField(max_length=64)),
                ("closed", models.DateTimeField(null=True)),
                ("outcome", models.CharField(max_length=16, null=True)),
                ("faults", models.IntegerField()),
            ],
            options={
                "db_table": "supplies_support",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="supplies_support_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        *area_policy("supplies_producer"),
        *area_policy("supplies_labour"),
        *area_policy("supplies_support"),
        *area_policy("supplies_price"),
        *area_policy("supplies_project"),
        *area_policy("supplies_allocation"),
    )
