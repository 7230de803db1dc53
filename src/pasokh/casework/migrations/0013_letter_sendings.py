import django.db.models.deletion
from django.db import migrations, models

FORMS = ["full", "notice"]
CAPS = ["address", "domain", "all"]


class Migration(migrations.Migration):
    """Each time that a letter sets out is kept; too many to unconfirmed addresses are held."""

    dependencies = [("casework", "0012_mail_comes_in")]

    operations = [
        migrations.AddField(
            "letter",
            "held",
            models.CharField(blank=True, choices=[(c, c) for c in CAPS], default="", max_length=10),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.CharField(max_length=120)),
                ("form", models.CharField(choices=[(f, f) for f in FORMS], max_length=10)),
                ("mailbox", models.TextField()),
                ("domain", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sendings",
                        to="casework.letter",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["message_id"], name="sending_by_message_id"),
                    models.Index(
                        condition=models.Q(("form", "notice")),
                        fields=["at"],
                        name="sending_notices",
                    ),
                ],
            },
        ),
    ]
