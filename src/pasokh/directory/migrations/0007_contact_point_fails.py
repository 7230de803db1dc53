from django.db import migrations, models


class Migration(migrations.Migration):
    """A way that does not reach its person says since when."""

    dependencies = [("directory", "0006_one_index_is_enough")]

    operations = [
        migrations.AddField("contactpoint", "failing_since", models.DateTimeField(null=True)),
    ]
