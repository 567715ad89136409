"""A finding is put right, looked at again, and spoken of by whom it concerns. The register is emptied, and folded anew
when the migrations are through."""

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = (("oversight", "0002_forms_and_sampling"),)

    operations = (
        migrations.RunSQL(
            "TRUNCATE oversight_finding; DELETE FROM fact_register WHERE name = 'oversight.findings'",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("findingrow", "closed"),
        migrations.RemoveField("findingrow", "closed_by"),
        migrations.RemoveField("findingrow", "reason"),
        migrations.AddField("findingrow", "since", models.DateTimeField(default=timezone.now), preserve_default=False),
        migrations.AddField("findingrow", "steps", models.JSONField(default=list), preserve_default=False),
    )
