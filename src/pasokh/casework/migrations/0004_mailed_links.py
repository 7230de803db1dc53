import django.db.models.deletion
from django.db import migrations, models

LETTERS = (
    *("acknowledgement", "progress", "request", "extension", "decision", "notice", "closing"),
    *("set_aside", "withdrawn", "settled", "review", "waiver", "message", "new_code"),
)


class Migration(migrations.Migration):
    """Addresses are confirmed, and lost codes replaced, by links that are mailed."""

    dependencies = [("casework", "0003_letter_lost"), ("directory", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in LETTERS], max_length=30),
        ),
        migrations.CreateModel(
            name="MailedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[(name, name) for name in ("confirm", "new_code")], max_length=10
                    ),
                ),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                ("number_hash", models.BinaryField(max_length=32)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.complaint",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.contactpoint",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["expires_at"], name="mailed_link_by_end")],
            },
        ),
    ]
