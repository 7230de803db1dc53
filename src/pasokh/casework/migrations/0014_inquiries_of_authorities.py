"""What authorities ask about a file, our answers, and the remedies that they order.

Their numbers are kept at any length: some fill a line.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0013_letter_sendings"),
    ]

    operations = [
        migrations.AddField(
            model_name="remedy",
            name="ordered_in",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="casework.referral",
            ),
        ),
        migrations.AlterField(
            model_name="referral",
            name="their_ref",
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField()),
                ("stage", models.PositiveSmallIntegerField()),
                ("number", models.TextField(blank=True)),
                ("dated_on", models.DateField()),
                ("officer", models.TextField(blank=True)),
                ("asks", models.TextField()),
                ("number_in", models.TextField(blank=True)),
                ("received_at", models.DateTimeField()),
                ("due_on", models.DateField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("number_out", models.TextField(blank=True)),
                ("sent_by", models.CharField(blank=True, max_length=20)),
                ("proof", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "complaint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inquiries",
                        to="casework.complaint",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inquiries",
                        to="casework.referral",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
                "constraints": [
                    models.UniqueConstraint(fields=("complaint", "turn"), name="inquiry_turn_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("sent_by", ""), _negated=True),
                                models.Q(("proof", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="inquiry_answered_with_proof",
                    ),
                ],
            },
        ),
    ]
