"""A sharing is of several items: the register is emptied, and folded anew when the migrations are through."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("supplies", "0006_late"),)
    operations = (
        migrations.RunSQL(
            "TRUNCATE supplies_allocation; DELETE FROM fact_register WHERE name = 'supplies.allocations'",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("allocationrow", "item"),
        migrations.AddField("allocationrow", "items", models.JSONField()),
    )
