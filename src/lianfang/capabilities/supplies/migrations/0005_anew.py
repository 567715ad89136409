"""When a store was opened, and of which days a producer has told its output, stand in rows that were there before these
columns: both registers are emptied, and folded anew when the migrations are through."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("supplies", "0004_duties"),)
    operations = (
        migrations.RunSQL(
            "TRUNCATE supplies_store, supplies_producer;"
            "DELETE FROM fact_register WHERE name IN ('supplies.stores', 'supplies.producers')",
            migrations.RunSQL.noop,
        ),
    )
