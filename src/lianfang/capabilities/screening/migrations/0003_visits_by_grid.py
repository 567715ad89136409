"""The visits of some days are counted by grid from the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("screening", "0002_plain_visits"),)

    operations = (
        migrations.RemoveIndex("visitrow", "screening_visit_day"),
        migrations.AddIndex(
            "visitrow",
            models.Index(
                fields=["area", "day", "grid"],
                opclasses=["varchar_pattern_ops", "date_ops", "uuid_ops"],
                name="screening_visit_day",
            ),
        ),
    )
