import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """Letters leave by a server that a token opens, signed with a certificate of the office's.

    Undone, what was granted for that server is forgotten: there was no place for it before.
    """

    dependencies = [
        ("casework", "0032_search_without_contacts"),
        ("directory", "0010_read_contacts"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=300)),
                ("issuer", models.CharField(max_length=200)),
                ("addresses", models.JSONField(default=list)),
                ("chain", models.TextField()),
                ("sealed", models.BinaryField()),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("encrypts", models.BooleanField(default=False)),
                ("given_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="mailboxgrant",
            name="rests_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="mailboxgrant",
            name="mailbox",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="grant",
                to="casework.mailbox",
            ),
        ),
        migrations.RunSQL(
            migrations.RunSQL.noop, "DELETE FROM casework_mailboxgrant WHERE mailbox_id IS NULL"
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                django.db.models.functions.text.Lower("sender"),
                condition=models.Q(("facts__signature", "valid")),
                name="mail_signed_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailboxgrant",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Coalesce("mailbox", models.Value(0)),
                name="one_grant_for_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailcertificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at", None)),
                fields=("fingerprint",),
                name="certificate_once",
            ),
        ),
    ]
