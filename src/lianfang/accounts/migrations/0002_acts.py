"""Who made an account; and the register of what administrators did."""

from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("accounts", "0001_accounts"),)

    operations = (
        migrations.AddField(model_name="account", name="made_by", field=models.CharField(default="", max_length=64)),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("fact_id", models.UUIDField(unique=True)),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
                ("area", models.CharField(max_length=64)),
                ("act", models.CharField(max_length=64)),
                ("target", models.UUIDField()),
                ("role", models.CharField(max_length=64)),
                ("watch", models.BooleanField()),
            ],
            options={
                "db_table": "accounts_act",
                "indexes": [
                    models.Index(
                        fields=["area", "seq"],
                        name="accounts_act_area",
                        opclasses=("varchar_pattern_ops", "int8_ops"),
                    )
                ],
            },
        ),
        *area_policy("accounts_act"),
    )
