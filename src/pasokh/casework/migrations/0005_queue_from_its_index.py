from django.db import migrations, models

OPEN = ["assessed", "communicated", "decided", "investigating", "received"]


class Migration(migrations.Migration):
    """The queue is read and counted from indexes that hold what the fence asks."""

    dependencies = [("casework", "0004_mailed_links")]

    operations = [
        migrations.RemoveIndex(model_name="complaint", name="complaint_open_by_due"),
        migrations.RemoveIndex(model_name="complaint", name="complaint_by_handler"),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("state__in", OPEN)),
                fields=["due_at", "id"],
                include=["unit", "handler", "confidential", "due_clock"],
                name="complaint_open",
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("state__in", OPEN)),
                fields=["handler", "due_at", "id"],
                include=["unit", "confidential", "due_clock"],
                name="complaint_open_of_handler",
            ),
        ),
    ]
