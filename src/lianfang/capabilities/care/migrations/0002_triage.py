from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("care", "0001_beds"),)

    operations = (
        migrations.CreateModel(
            name="VisitRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("fact", models.UUIDField()),
                ("seq", models.BigIntegerField()),
                ("clinic", models.UUIDField()),
                ("came", models.CharField(max_length=16)),
                ("way", models.CharField(max_length=16)),
                ("temp_c", models.FloatField(null=True)),
                ("symptoms", models.JSONField()),
                ("history", models.CharField(max_length=8)),
                ("items", models.JSONField()),
                ("referral", models.UUIDField(null=True)),
                ("arrived", models.DateTimeField()),
                ("fever", models.BooleanField()),
                ("seen", models.DateTimeField(null=True)),
                ("seen_by", models.CharField(max_length=64)),
                ("consulted", models.DateTimeField(null=True)),
                ("consulted_by", models.CharField(max_length=64)),
                ("conclusion", models.CharField(max_length=16, null=True)),
                ("ended", models.DateTimeField(null=True)),
                ("outcome", models.CharField(max_length=16, null=True)),
                ("case", models.UUIDField(null=True)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
            ],
            options={
                "db_table": "care_visit",
                "indexes": [
                    models.Index(
                        fields=["area", "arrived"],
                        name="care_visit_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                    ),
                    models.Index(fields=["clinic", "arrived"], name="care_visit_clinic"),
                ],
            },
        ),
        *area_policy("care_visit"),
    )
