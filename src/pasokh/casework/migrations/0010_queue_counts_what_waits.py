from django.db import migrations, models

OPEN = ["assessed", "communicated", "decided", "investigating", "received"]
THEIRS = ["internal", "silence", "standing", "verdict"]


class Migration(migrations.Migration):
    """The queue counts the files whose complainant's time is over from an index of their own.

    That of running clocks goes: nothing reads it any more.
    """

    dependencies = [("casework", "0009_letter_to_the_address_before")]

    operations = [
        migrations.RemoveIndex(model_name="clock", name="clock_running_due"),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("due_clock__in", THEIRS), ("state__in", OPEN)),
                fields=["due_at", "id"],
                include=["unit", "handler", "confidential"],
                name="complaint_open_theirs",
            ),
        ),
    ]
