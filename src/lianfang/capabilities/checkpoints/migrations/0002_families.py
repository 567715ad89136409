from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("checkpoints", "0001_arrivals")]

    operations = [
        migrations.AddField("strandedrow", "family", models.UUIDField(null=True)),
        migrations.AddIndex("strandedrow", models.Index(fields=["family"], name="checkpoints_stranded_family")),
    ]
