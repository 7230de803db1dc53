from django.db import migrations, models


class Migration(migrations.Migration):
    """The queue counts letters that failed or came back on every page: they are few, many are not."""

    dependencies = [("casework", "0002_numbers")]

    operations = [
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                fields=["changed_at"],
                name="letter_lost",
                condition=models.Q(("state__in", ["failed", "returned"])),
            ),
        )
    ]
