from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("gates", "0002_care"),)

    operations = (
        migrations.AddField("InspectionRow", "statements", models.JSONField(default=list), preserve_default=False),
    )
