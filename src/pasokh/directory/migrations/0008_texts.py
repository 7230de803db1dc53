"""When somebody asked for no more texts to a number of theirs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_contact_point_fails"),
    ]

    operations = [
        migrations.AddField(
            model_name="contactpoint",
            name="texts_stopped_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="contactpoint",
            name="confirmed_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("link", "link"),
                    ("code", "code"),
                    ("read_back", "read_back"),
                    ("wrote", "wrote"),
                ],
                max_length=10,
            ),
        ),
    ]
