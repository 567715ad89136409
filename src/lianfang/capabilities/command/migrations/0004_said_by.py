from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("command", "0003_measures"),)
    # Until the registers are folded anew, what was said before is nobody's to take back.
    operations = (
        migrations.AddField(
            "receiptrow", "by", models.CharField(default="", max_length=64), preserve_default=False
        ),
        migrations.AddField(
            "ticketrow", "last_by", models.CharField(default="", max_length=64), preserve_default=False
        ),
    )  # fmt: skip
