from django.db import migrations, models

LETTERS = (
    *("acknowledgement", "progress", "request", "extension", "decision", "notice", "closing"),
    *("set_aside", "withdrawn", "settled", "review", "waiver", "message", "new_code", "address"),
    "other_address",
)


class Migration(migrations.Migration):
    """Whoever has a confirmed address hears there that another one was given."""

    dependencies = [("casework", "0008_attachment_inside")]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in LETTERS], max_length=30),
        ),
    ]
