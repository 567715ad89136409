"""The roster of a station."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("isolation", "0001_registers"),)

    operations = (migrations.AddField("StationRow", "staff", models.JSONField(default=list), preserve_default=False),)
