from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("command", "0001_command"),)

    operations = (
        migrations.CreateModel(
            name="CommandPostRow",
            fields=[
                ("fact", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("zh", models.TextField()),
                ("en", models.TextField()),
                ("issuer", models.TextField()),
                ("doc_no", models.TextField()),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                ("dissolved", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "command_command_post",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_command_post_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        *area_policy("command_command_post"),
    )
