from django.db import migrations, models


class Migration(migrations.Migration):
    """Keys with which the office signs its mail."""

    dependencies = [
        ("casework", "0022_letters_by_hand"),
    ]

    operations = [
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("domain", models.CharField(max_length=253)),
                ("selector", models.CharField(max_length=40)),
                ("public", models.TextField()),
                ("sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("used_from", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("domain", "selector"), name="selector_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None), ("used_from__isnull", False)),
                        fields=("domain",),
                        name="one_key_signs",
                    ),
                ],
            },
        ),
    ]
