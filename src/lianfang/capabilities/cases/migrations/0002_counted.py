"""Since when a case counts, and when that came in: what reports by day and delay are made of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("cases", "0001_cases"),)

    operations = (
        migrations.AddField("caserow", "counted_at", models.DateTimeField(null=True)),
        migrations.AddField("caserow", "counted_received_at", models.DateTimeField(null=True)),
    )
