from django.db import migrations, models

from lianfang.access.rows import area_policy


class Migration(migrations.Migration):
    dependencies = (("command", "0002_command_posts"),)

    operations = (
        migrations.CreateModel(
            name="GatheringRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("fact", models.UUIDField()),
                ("began", models.DateTimeField()),
                ("data", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("faults", models.JSONField()),
                ("postponed", models.DateTimeField(null=True)),
                ("dissuaded", models.DateTimeField(null=True)),
                ("held", models.DateTimeField(null=True)),
                ("handled", models.DateTimeField(null=True)),
                ("last", models.UUIDField()),
            ],
            options={
                "db_table": "command_gathering",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_gathering_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeadquartersRow",
            fields=[
                ("fact", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("event", models.CharField(max_length=64)),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                ("data", models.JSONField()),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "command_headquarters",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_headquarters_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InstructionRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("fact", models.UUIDField()),
                ("began", models.DateTimeField()),
                ("data", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("faults", models.JSONField()),
                ("channels", models.JSONField()),
            ],
            options={
                "db_table": "command_instruction",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_instruction_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("fact", models.UUIDField()),
                ("began", models.DateTimeField()),
                ("data", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("faults", models.JSONField()),
                ("number", models.IntegerField()),
                ("starts", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("progress", models.CharField(max_length=16)),
                ("told", models.DateTimeField(null=True)),
                ("units", models.JSONField()),
            ],
            options={
                "db_table": "command_measure",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_measure_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaybookRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("fact", models.UUIDField()),
                ("began", models.DateTimeField()),
                ("data", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("faults", models.JSONField()),
            ],
            options={
                "db_table": "command_playbook",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_playbook_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceiptRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("account", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("began", models.DateTimeField()),
                ("read_by", models.DateTimeField()),
                ("act_by", models.DateTimeField(null=True)),
                ("read", models.DateTimeField(null=True)),
                ("acted", models.DateTimeField(null=True)),
                ("note", models.TextField()),
                ("fact", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "command_receipt",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_receipt_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["subject"], name="command_receipt_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("fact", models.UUIDField()),
                ("began", models.DateTimeField()),
                ("data", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("faults", models.JSONField()),
                ("arrived", models.JSONField()),
                ("last", models.UUIDField()),
            ],
            options={
                "db_table": "command_report",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_report_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategyRow",
            fields=[
                ("fact", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("strategy", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("doc_no", models.TextField()),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "command_strategy",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_strategy_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TicketRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("fact", models.UUIDField()),
                ("began", models.DateTimeField()),
                ("data", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("faults", models.JSONField()),
                ("department", models.CharField(max_length=64)),
                ("due", models.DateTimeField()),
                ("by_department", models.DateTimeField(null=True)),
                ("by_place", models.DateTimeField(null=True)),
                ("closed", models.DateTimeField(null=True)),
                ("last", models.UUIDField()),
            ],
            options={
                "db_table": "command_ticket",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_ticket_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VenueRow",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("fact", models.UUIDField()),
                ("began", models.DateTimeField()),
                ("data", models.JSONField()),
                ("disputed", models.BooleanField()),
                ("faults", models.JSONField()),
            ],
            options={
                "db_table": "command_venue",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_venue_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VenueSpellRow",
            fields=[
                ("fact", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("area", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=64)),
                ("status", models.CharField(max_length=16)),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                ("reopens", models.DateField(null=True)),
                ("doc_no", models.TextField()),
                ("limits", models.TextField()),
            ],
            options={
                "db_table": "command_venue_spell",
                "indexes": [
                    models.Index(
                        fields=["area", "subject"],
                        name="command_venue_spell_area",
                        opclasses=["varchar_pattern_ops", "uuid_ops"],
                    ),
                    models.Index(fields=["subject"], name="command_venue_spell_of"),
                ],
            },
        ),
        *area_policy("command_gathering"),
        *area_policy("command_headquarters"),
        *area_policy("command_instruction"),
        *area_policy("command_measure"),
        *area_policy("command_playbook"),
        *area_policy("command_receipt"),
        *area_policy("command_report"),
        *area_policy("command_strategy"),
        *area_policy("command_ticket"),
        *area_policy("command_venue"),
        *area_policy("command_venue_spell"),
    )
