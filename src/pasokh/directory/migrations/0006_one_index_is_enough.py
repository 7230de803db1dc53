"""The person of a contact point is first in another index, so it needs none of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_sign_ins_are_kept")]

    operations = [
        migrations.AlterField(
            "contactpoint",
            "person",
            models.ForeignKey(
                "directory.person",
                models.CASCADE,
                db_index=False,
                related_name="contact_points",
            ),
        ),
    ]
