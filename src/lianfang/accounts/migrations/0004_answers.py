"""Answers to acts that were sent with a key, kept for a day for whoever sends the same again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("accounts", "0003_session_ended"),)

    operations = (
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("status", models.PositiveSmallIntegerField()),
                ("content_type", models.CharField(max_length=100)),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "accounts_answer",
                "indexes": [models.Index(fields=["at"], name="accounts_answer_at")],
            },
        ),
    )
