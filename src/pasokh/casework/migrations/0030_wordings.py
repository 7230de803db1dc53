import django.db.models.deletion
import pasokh.kernel.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Letters have texts of the organisation's own, may lack something, or wait for approval."""

    dependencies = [
        ("casework", "0029_grants_of_mail_providers"),
        ("kernel", "0003_configuration_mark"),
        ("directory", "0009_clients"),
        ("policy", "0002_configuration_mark"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondLook",
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
                            ("acknowledgement", "acknowledgement"),
                            ("progress", "progress"),
                            ("request", "request"),
                            ("extension", "extension"),
                            ("decision", "decision"),
                            ("notice", "notice"),
                            ("closing", "closing"),
                            ("set_aside", "set_aside"),
                            ("withdrawn", "withdrawn"),
                            ("settled", "settled"),
                            ("review", "review"),
                            ("waiver", "waiver"),
                            ("message", "message"),
                            ("new_code", "new_code"),
                            ("address", "address"),
                            ("other_address", "other_address"),
                        ],
                        max_length=30,
                    ),
                ),
                ("above", models.BigIntegerField(null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind",), name="second_look_once")],
            },
        ),
        migrations.AddField(
            model_name="letter",
            name="lacks",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="letter",
            name="writer",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name="letter",
            name="state",
            field=models.CharField(
                choices=[
                    ("approval", "approval"),
                    ("pending", "pending"),
                    ("queued", "queued"),
                    ("sending", "sending"),
                    ("uncertain", "uncertain"),
                    ("handed_over", "handed_over"),
                    ("failed", "failed"),
                    ("returned", "returned"),
                    ("lacking", "lacking"),
                    ("shown_only", "shown_only"),
                    ("cancelled", "cancelled"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", pasokh.kernel.fields.BilingualField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acknowledgement", "acknowledgement"),
                            ("progress", "progress"),
                            ("request", "request"),
                            ("extension", "extension"),
                            ("decision", "decision"),
                            ("notice", "notice"),
                            ("closing", "closing"),
                            ("set_aside", "set_aside"),
                            ("withdrawn", "withdrawn"),
                            ("settled", "settled"),
                            ("review", "review"),
                            ("waiver", "waiver"),
                            ("message", "message"),
                            ("new_code", "new_code"),
                            ("address", "address"),
                            ("other_address", "other_address"),
                        ],
                        max_length=30,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.term",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wording",
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
                            ("acknowledgement", "acknowledgement"),
                            ("progress", "progress"),
                            ("request", "request"),
                            ("extension", "extension"),
                            ("decision", "decision"),
                            ("notice", "notice"),
                            ("closing", "closing"),
                            ("set_aside", "set_aside"),
                            ("withdrawn", "withdrawn"),
                            ("settled", "settled"),
                            ("review", "review"),
                            ("waiver", "waiver"),
                            ("message", "message"),
                            ("new_code", "new_code"),
                            ("address", "address"),
                            ("other_address", "other_address"),
                        ],
                        max_length=30,
                    ),
                ),
                ("language", models.CharField(max_length=2)),
                ("number", models.PositiveIntegerField()),
                ("subject", models.TextField(blank=True)),
                ("body", models.TextField()),
                ("by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "reply",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="casework.reply",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="letter",
            name="wording",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.wording",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            pasokh.casework.correspondence.delivery.LetterState["APPROVAL"],
                            pasokh.casework.correspondence.delivery.LetterState["LACKING"],
                        ],
                    )
                ),
                fields=["queued_at"],
                name="letter_kept_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reply", None)),
                fields=("kind", "language", "number"),
                name="wording_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reply__isnull", False)),
                fields=("reply", "language", "number"),
                name="reply_wording_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("reply", None)),
                fields=("kind", "language"),
                name="one_wording_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("reply__isnull", False)),
                fields=("reply", "language"),
                name="one_reply_stands",
            ),
        ),
        *(
            migrations.RunSQL(
                "CREATE TRIGGER configuration_changed "
                f"AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION configuration_changed()",
                f"DROP TRIGGER configuration_changed ON {table}",
            )
            for table in ("casework_wording", "casework_secondlook")
        ),
    ]
