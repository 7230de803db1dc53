"""The ways to reach a person come in one order, the preferred one first; no table changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_password_given")]

    operations = [
        migrations.AlterModelOptions(
            name="contactpoint", options={"ordering": ["-preferred", "id"]}
        ),
    ]
