"""Texts by telephone, and the gateway by which they leave, which is set-up."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0016_inspection"),
        ("directory", "0008_texts"),
        ("kernel", "0003_configuration_mark"),
    ]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="form",
            field=models.CharField(
                blank=True,
                choices=[("full", "full"), ("notice", "notice"), ("text", "text")],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="sending",
            name="form",
            field=models.CharField(
                choices=[("full", "full"), ("notice", "notice"), ("text", "text")],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Gateway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("template", models.CharField(max_length=40)),
                ("base", models.CharField(blank=True, max_length=200)),
                ("sender", models.CharField(blank=True, max_length=40)),
                ("sealed", models.BinaryField()),
                ("report_hash", models.BinaryField(max_length=32, null=True)),
                ("notice_tells", models.BooleanField(default=False)),
                ("per_number", models.PositiveSmallIntegerField(default=10)),
                ("per_hour", models.PositiveIntegerField(default=1000)),
                ("used", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField()),
                ("trouble", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("used", True)), fields=("used",), name="one_gateway"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=2)),
                ("words", models.TextField(blank=True)),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[("full", "full"), ("notice", "notice"), ("text", "text")],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(max_length=32)),
                ("their_id", models.CharField(blank=True, max_length=100)),
                ("template", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("sending", "sending"),
                            ("uncertain", "uncertain"),
                            ("handed_over", "handed_over"),
                            ("delivered", "delivered"),
                            ("failed", "failed"),
                            ("returned", "returned"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=20,
                    ),
                ),
                ("segments", models.PositiveSmallIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("failure", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("try_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("uncertain_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("asked", models.PositiveSmallIntegerField(default=0)),
                ("ask_at", models.DateTimeField(null=True)),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="casework.letter",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.contactpoint",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key",), name="text_once")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "uncertain"])),
                        fields=["id"],
                        name="text_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "sending")), fields=["id"], name="text_leaving"
                    ),
                    models.Index(
                        condition=models.Q(("ask_at__isnull", False)),
                        fields=["ask_at"],
                        name="text_to_ask",
                    ),
                    models.Index(
                        condition=models.Q(("their_id", ""), _negated=True),
                        fields=["their_id"],
                        name="text_by_their_id",
                    ),
                    models.Index(fields=["number", "sent_at"], name="text_by_number"),
                    models.Index(fields=["sent_at"], name="text_by_time"),
                ],
            },
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER configuration_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF
                template, base, sender, sealed, report_hash, notice_tells, per_number, per_hour,
                used
            ON casework_gateway FOR EACH STATEMENT EXECUTE FUNCTION configuration_changed()
            """,
            "DROP TRIGGER configuration_changed ON casework_gateway",
        ),
    ]
