from django.db import migrations, models


class Migration(migrations.Migration):
    """A password that somebody else gave has to be changed by its owner."""

    dependencies = [("directory", "0002_configuration_mark")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_given",
            field=models.BooleanField(default=False),
        ),
    ]
