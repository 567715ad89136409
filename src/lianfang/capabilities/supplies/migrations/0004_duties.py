from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = (("supplies", "0003_production"),)
    operations = (
        migrations.AddField("producerrow", "reported", models.JSONField(default=list), preserve_default=False),
        # Until the register is folded anew, a store that was there before counts as opened now.
        migrations.AddField("storerow", "opened", models.DateTimeField(default=timezone.now), preserve_default=False),
    )
