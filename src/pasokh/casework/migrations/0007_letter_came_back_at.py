from django.db import migrations, models


class Migration(migrations.Migration):
    """A letter keeps when it came back: that is not when somebody wrote it down."""

    dependencies = [("casework", "0006_letter_to_a_new_address")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="came_back_at",
            field=models.DateTimeField(null=True),
        ),
    ]
