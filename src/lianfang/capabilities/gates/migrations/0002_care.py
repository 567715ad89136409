"""Fever clinics that the public is told of, and those who asked on the open page to be called."""

from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("gates", "0001_gates"),)

    operations = (
        migrations.AddField("PostRow", "telephone", models.CharField(max_length=16, null=True)),
        migrations.AddIndex(
            "PostRow",
            models.Index(
                fields=["area"],
                opclasses=["varchar_pattern_ops"],
                name="gates_post_clinic",
                condition=models.Q(kind_of="clinic", closed__isnull=True),
            ),
        ),
        migrations.CreateModel(
            name="CallRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("faults", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("symptoms", models.JSONField()),
                ("temp_c", models.FloatField(null=True)),
                ("language", models.CharField(max_length=2)),
                ("erase_on", models.DateField()),
            ],
            options={
                "db_table": "gates_call",
                "indexes": [
                    models.Index(
                        fields=["area", "at"],
                        name="gates_call_area",
                        opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                    ),
                ],
            },
        ),
        *area_policy("gates_call"),
    )
