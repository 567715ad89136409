"""What a device is given may end on a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("accounts", "0004_answers"),)
    operations = (migrations.AddField("device", "until", models.DateTimeField(null=True)),)
