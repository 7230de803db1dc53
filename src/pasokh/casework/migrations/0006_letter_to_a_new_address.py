from django.db import migrations, models

LETTERS = (
    *("acknowledgement", "progress", "request", "extension", "decision", "notice", "closing"),
    *("set_aside", "withdrawn", "settled", "review", "waiver", "message", "new_code", "address"),
)


class Migration(migrations.Migration):
    """A complainant who gives a new address is written to there."""

    dependencies = [("casework", "0005_queue_from_its_index")]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in LETTERS], max_length=30),
        ),
    ]
