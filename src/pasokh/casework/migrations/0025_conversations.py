"""Where messages come from, each until it is answered, and what was said so far."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0024_exports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("telegram", "telegram"),
                            ("bale", "bale"),
                            ("sms", "sms"),
                            ("voice", "voice"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("base", models.CharField(blank=True, max_length=200)),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                ("sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.BinaryField(max_length=32)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.complaint",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "who", "complaint"), name="party_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("their_id", models.CharField(max_length=100)),
                ("who", models.BinaryField(max_length=32)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("answering", "answering"),
                            ("done", "done"),
                            ("passed", "passed"),
                            ("failed", "failed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("try_at", models.DateTimeField()),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="heard",
                        to="casework.source",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("stage__in", ["waiting", "answering"])),
                        fields=["try_at"],
                        name="heard_waiting",
                    ),
                    models.Index(fields=["who", "at"], name="heard_by_who"),
                    models.Index(fields=["at"], name="heard_by_time"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "their_id"), name="heard_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.BinaryField(max_length=32)),
                ("sealed", models.BinaryField()),
                ("expires_at", models.DateTimeField()),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.source",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["expires_at"], name="conversation_by_end")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "who"), name="one_conversation")
                ],
            },
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER configuration_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF
                kind, name, base, token_hash, sealed, ended_at
            ON casework_source FOR EACH STATEMENT EXECUTE FUNCTION configuration_changed()
            """,
            "DROP TRIGGER configuration_changed ON casework_source",
        ),
    ]
