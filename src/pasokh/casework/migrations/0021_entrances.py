import django.db.models.deletion
import pasokh.kernel.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """The form has entrances: on own pages, behind a poster's code, at a tablet."""

    dependencies = [
        ("casework", "0020_scans"),
        ("directory", "0009_clients"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entrance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("code", models.CharField(max_length=20)),
                ("name", pasokh.kernel.fields.BilingualField()),
                ("origins", models.JSONField(default=list)),
                ("key", models.BinaryField(null=True)),
                ("token_hash", models.BinaryField(max_length=32, null=True, unique=True)),
                ("pairs_until", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("code",), name="entrance_once")],
            },
        ),
    ]
