"""What is known of stored files by digest; those there are wait to be looked at."""

import django.db.models.deletion
from django.db import migrations, models

#: Files from before this table.
_FROM_BEFORE = """
INSERT INTO casework_inspection (
    digest, asked_at, look_at, verdict, scanner, signatures, found, looked, settled, reason,
    drawn, drawings, kind, pages, shown, cleaned
)
SELECT digest, min(at), now(), 'unchecked', '', '', '', 0, '', '', 'waits', 0, '', 0, 0, false
FROM casework_attachment GROUP BY digest
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0015_webhooks"),
        ("directory", "0006_one_index_is_enough"),
    ]

    operations = [
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("unchecked", "unchecked"),
                            ("clean", "clean"),
                            ("infected", "infected"),
                            ("unreadable", "unreadable"),
                        ],
                        default="unchecked",
                        max_length=10,
                    ),
                ),
                ("scanner", models.CharField(blank=True, max_length=100)),
                ("signatures", models.CharField(blank=True, max_length=100)),
                ("found", models.CharField(blank=True, max_length=200)),
                ("judged_at", models.DateTimeField(null=True)),
                ("looked", models.PositiveSmallIntegerField(default=0)),
                ("look_at", models.DateTimeField(null=True)),
                (
                    "settled",
                    models.CharField(
                        blank=True,
                        choices=[("", ""), ("released", "released"), ("removed", "removed")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "drawn",
                    models.CharField(
                        choices=[
                            ("waits", "waits"),
                            ("made", "made"),
                            ("none", "none"),
                            ("failed", "failed"),
                        ],
                        default="waits",
                        max_length=10,
                    ),
                ),
                ("drawings", models.PositiveSmallIntegerField(default=0)),
                ("kind", models.CharField(blank=True, max_length=100)),
                ("pages", models.PositiveIntegerField(default=0)),
                ("shown", models.PositiveSmallIntegerField(default=0)),
                ("cleaned", models.BooleanField(default=False)),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.staff",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[("small", "small"), ("page", "page"), ("clean", "clean")],
                        max_length=5,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=0)),
                ("digest", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=20)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                (
                    "inspection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="casework.inspection",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(
                condition=models.Q(("look_at__isnull", False)),
                fields=["look_at"],
                name="file_to_look_at",
            ),
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(
                condition=models.Q(("verdict", "unchecked")),
                fields=["asked_at"],
                name="file_not_checked",
            ),
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(
                condition=models.Q(("verdict", "infected")),
                fields=["judged_at"],
                name="file_found_bad",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.UniqueConstraint(fields=("digest",), name="one_inspection_of_a_file"),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.UniqueConstraint(
                fields=("inspection", "what", "number"), name="one_picture_of_a_page"
            ),
        ),
        migrations.RunSQL(_FROM_BEFORE, migrations.RunSQL.noop),
    ]
