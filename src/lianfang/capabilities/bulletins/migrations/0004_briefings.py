from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = [
        ("bulletins", "0003_library"),
    ]

    operations = [
        migrations.CreateModel(
            name="BriefingRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("notice", models.UUIDField()),
                ("held_at", models.DateTimeField()),
                ("held", models.BooleanField()),
                ("questions", models.IntegerField()),
                ("answered", models.IntegerField()),
            ],
            options={
                "db_table": "bulletins_briefing",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="bulletins_briefing_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExternalRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("disease", models.CharField(max_length=64)),
                ("title_zh", models.TextField()),
                ("title_en", models.TextField()),
                ("known_at", models.DateTimeField()),
                ("assessed_at", models.DateTimeField()),
                ("due", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("notifications", models.IntegerField()),
                ("acknowledged", models.IntegerField()),
                ("author", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "bulletins_external",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="bulletins_external_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        *area_policy("bulletins_briefing"),
        *area_policy("bulletins_external"),
    ]
