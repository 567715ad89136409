from django.db import migrations, models

from lianfang.access.rows import area_policy


def _index(name: str, column: str = "subject", its: str = "uuid_ops") -> models.Index:
    return models.Index(fields=["area", column], name=name, opclasses=["varchar_pattern_ops", its])


class Migration(migrations.Migration):
    dependencies = (("oversight", "0001_findings"),)

    operations = (
        migrations.CreateModel(
            name="FormRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("fact", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=64)),
                ("zh", models.TextField()),
                ("en", models.TextField()),
                ("basis", models.CharField(max_length=64)),
                ("doc_no", models.TextField()),
                ("purpose", models.TextField()),
                ("ends", models.DateField()),
                ("minutes", models.IntegerField()),
                ("times_a_day", models.FloatField()),
                ("fields", models.JSONField()),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
                ("disputed", models.BooleanField()),
            ],
            options={"db_table": "oversight_form", "indexes": [_index("oversight_form_area")]},
        ),
        migrations.CreateModel(
            name="RestingRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("since", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
            ],
            options={"db_table": "oversight_resting", "indexes": [_index("oversight_resting_area")]},
        ),
        migrations.CreateModel(
            name="RecordDrawRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("of", models.CharField(max_length=64)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("frame", models.IntegerField()),
                ("seed", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField()),
                ("probability", models.FloatField()),
                ("drawn", models.JSONField()),
                ("recalls", models.JSONField()),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "oversight_record_draw",
                "indexes": [_index("oversight_record_draw_area", "at", "timestamptz_ops")],
            },
        ),
        migrations.CreateModel(
            name="SiteDrawRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("frame", models.IntegerField()),
                ("seed", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField()),
                ("probability", models.FloatField()),
                ("drawn", models.JSONField()),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "oversight_site_draw",
                "indexes": [_index("oversight_site_draw_area", "day", "date_ops")],
            },
        ),
        *area_policy("oversight_form"),
        *area_policy("oversight_resting"),
        *area_policy("oversight_record_draw"),
        *area_policy("oversight_site_draw"),
    )
