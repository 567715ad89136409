from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("care", "0003_transfers"),)

    operations = (
        migrations.CreateModel(
            name="ConsultationRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("team", models.UUIDField()),
                ("case", models.UUIDField()),
                ("question", models.CharField(max_length=16)),
                ("urgent", models.BooleanField()),
                ("asked", models.DateTimeField()),
                ("answered", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(max_length=64)),
                ("advice", models.JSONField()),
                ("on_site", models.BooleanField()),
            ],
            options={
                "db_table": "care_consultation",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="care_consultation_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["team"], name="care_consultation_team"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertTeamRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("zh", models.CharField(max_length=100)),
                ("en", models.CharField(max_length=100)),
                ("level", models.CharField(max_length=16)),
                ("specialties", models.JSONField()),
                ("members", models.JSONField()),
                ("headcount", models.IntegerField()),
                ("formed", models.DateTimeField()),
                ("dissolved", models.DateTimeField(null=True)),
                ("assigned", models.JSONField()),
            ],
            options={
                "db_table": "care_expert_team",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="care_expert_team_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExposureRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("facility", models.UUIDField()),
                ("how", models.CharField(max_length=16)),
                ("high_risk", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("closed", models.DateTimeField(null=True)),
                ("outcome", models.CharField(max_length=16, null=True)),
            ],
            options={
                "db_table": "care_exposure",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="care_exposure_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectionRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("facility", models.UUIDField()),
                ("item", models.CharField(max_length=64)),
                ("stock", models.IntegerField()),
                ("used_per_day", models.IntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "care_protection",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="care_protection_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("to", models.UUIDField()),
                ("to_area", models.CharField(max_length=64)),
                ("origin", models.CharField(max_length=16)),
                ("reason", models.CharField(max_length=16)),
                ("person", models.UUIDField(null=True)),
                ("contact", models.UUIDField(null=True)),
                ("facility", models.UUIDField(null=True)),
                ("sent", models.DateTimeField()),
                ("received", models.DateTimeField(null=True)),
                ("closed", models.DateTimeField(null=True)),
                ("outcome", models.CharField(max_length=16, null=True)),
            ],
            options={
                "db_table": "care_referral",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="care_referral_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["to_area"], name="care_referral_to", opclasses=["varchar_pattern_ops"]),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("facility", models.UUIDField()),
                ("fever", models.CharField(max_length=16, null=True)),
                ("general", models.CharField(max_length=16, null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "care_service",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="care_service_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        *area_policy("care_consultation"),
        *area_policy("care_expert_team"),
        *area_policy("care_exposure"),
        *area_policy("care_protection"),
        *area_policy("care_referral"),
        *area_policy("care_service"),
    )
