"""Indexes of what is read: the checks that ask for a referral; contacts by when they were registered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("contacts", "0001_contacts"),)

    operations = (
        migrations.RemoveIndex("check", "contacts_check_day"),
        migrations.AddIndex(
            "check",
            models.Index(
                fields=["subject"],
                name="contacts_check_ill",
                condition=models.Q(outcome="seen_unwell") | models.Q(temp_c__gte=37.0) | ~models.Q(symptoms=[]),
            ),
        ),
        migrations.AddIndex(
            "contactrow", models.Index(fields=["registered_at", "subject"], name="contacts_contact_since")
        ),
    )
