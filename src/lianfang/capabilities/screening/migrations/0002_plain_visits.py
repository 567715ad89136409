"""Who lives in a household and whether it was amended stand in its row; when somebody was seen, the visits tell. The
register is emptied, and folded anew when the migrations are through."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

PEOPLE = ArrayField(models.UUIDField(), default=list)
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
        migrations.RemoveField("residentrow", "first_at"),
        migrations.RemoveField("residentrow", "last_at"),
        migrations.AddField("householdrow", "people", PEOPLE, preserve_default=False),
        migrations.AddField("householdrow", "gone", PEOPLE, preserve_default=False),
        migrations.RemoveIndex("visitrow", "screening_visit_round"),
        migrations.AddIndex(
            "visitrow",
            models.Index(fields=["round"], name="screening_visit_beside", condition=models.Q(counts=False)),
        ),
        migrations.AddField("householdrow", "amended", models.BooleanField(default=False), preserve_default=False),
    )
