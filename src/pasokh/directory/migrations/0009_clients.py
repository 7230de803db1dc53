"""Programs that speak to us, their tokens, their minute, and what they were answered.

Names of programs are kept by processes like other set-up, so a change replaces the mark.
"""

import django.db.models.deletion
import pasokh.kernel.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_texts"),
        ("kernel", "0003_configuration_mark"),
    ]

    operations = [
        migrations.CreateModel(
            name="Client",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", pasokh.kernel.fields.BilingualField()),
                ("grants", models.JSONField(default=list)),
                ("per_minute", models.PositiveIntegerField(default=600)),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
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
        ),
        migrations.CreateModel(
            name="ClientUse",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="use",
                        serialize=False,
                        to="directory.client",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("calls", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ClientAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_hash", models.BinaryField(max_length=32)),
                ("asked", models.BinaryField(max_length=32)),
                ("sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.client",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["made_at"], name="client_answer_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client", "key_hash"), name="one_answer_per_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(choices=[("key", "key"), ("access", "access")], max_length=10),
                ),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                ("hint", models.CharField(max_length=8)),
                ("grants", models.JSONField(null=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to="directory.client",
                    ),
                ),
                (
                    "got_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="got",
                        to="directory.clienttoken",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("purpose", "access")),
                        fields=["expires_at"],
                        name="access_token_by_end",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose", "key"),
                            models.Q(("expires_at__isnull", False), ("got_for__isnull", False)),
                            _connector="OR",
                        ),
                        name="access_token_ends",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER configuration_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
            "ON directory_client FOR EACH STATEMENT EXECUTE FUNCTION configuration_changed()",
            "DROP TRIGGER configuration_changed ON directory_client",
        ),
    ]
