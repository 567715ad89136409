"""Whether a household was amended; of a resident, only when first seen: how often and when last, the visits tell. The
register is emptied, and folded anew when the migrations are through."""

from django.db import migrations, models

TABLES = "round", "household", "resident", "visit", "outcome", "fault", "size", "cube"


class Migration(migrations.Migration):
    dependencies = (("screening", "0001_screening"),)

    operations = (
        migrations.RunSQL(
            f"TRUNCATE {', '.join(f'screening_{table}' for table in TABLES)};"
            "DELETE FROM fact_register WHERE name = 'screening.households'",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("residentrow", "times"),
        migrations.RemoveField("residentrow", "last_at"),
        migrations.AddField("householdrow", "amended", models.BooleanField(default=False), preserve_default=False),
    )
