"""Photographs, sealed, and which of them a viewer's range of areas shows."""

from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("identity", "0003_night"),)

    operations = (
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("about", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("data_class", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=16)),
                ("author", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("due", models.DateField()),
                ("sealed", models.BinaryField()),
            ],
            options={
                "db_table": "identity_attachment",
                "indexes": [
                    models.Index(fields=["about"], name="identity_attachment_about"),
                    models.Index(fields=["due"], name="identity_attachment_due"),
                ],
            },
        ),
        *area_policy("identity_attachment"),
    )
