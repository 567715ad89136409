"""When the nightly job was last done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("identity", "0002_looks"),)

    operations = (
        migrations.AddField(model_name="replayed", name="night", field=models.DateTimeField(null=True)),
        migrations.AlterField(model_name="replayed", name="erasures", field=models.BigIntegerField(default=0)),
    )
