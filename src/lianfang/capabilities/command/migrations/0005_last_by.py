from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("command", "0004_said_by"),)
    # Until the registers are folded anew, what was said before is nobody's to take back.
    operations = tuple(
        migrations.AddField(name, "last_by", models.CharField(default="", max_length=64), preserve_default=False)
        for name in ("gatheringrow", "reportrow")
    )
