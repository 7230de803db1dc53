import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """Mail comes in: our mailboxes, what they told of, and each mail with what became of it."""

    dependencies = [
        ("casework", "0011_one_index_is_enough"),
        ("directory", "0006_one_index_is_enough"),
    ]

    operations = [
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid_validity", models.BigIntegerField()),
                ("first_uid", models.BigIntegerField()),
                ("last_uid", models.BigIntegerField()),
                ("many", models.PositiveIntegerField()),
                ("gone", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                ("language", models.CharField(choices=[("fa", "fa"), ("en", "en")], max_length=2)),
                (
                    "way",
                    models.CharField(
                        choices=[("imap", "imap"), ("handed", "handed")], max_length=10
                    ),
                ),
                ("trusted", models.CharField(blank=True, max_length=200)),
                ("host", models.CharField(blank=True, max_length=253)),
                ("port", models.PositiveIntegerField(default=993)),
                (
                    "security",
                    models.CharField(
                        choices=[("tls", "tls"), ("starttls", "starttls"), ("plain", "plain")],
                        max_length=10,
                    ),
                ),
                (
                    "sign_in",
                    models.CharField(
                        choices=[("password", "password"), ("token", "token")], max_length=10
                    ),
                ),
                ("user", models.CharField(blank=True, max_length=254)),
                ("secret", models.BinaryField(null=True)),
                ("folder", models.CharField(default="INBOX", max_length=200)),
                ("old_mail", models.BooleanField(default=False)),
                ("retired_at", models.DateTimeField(null=True)),
                ("uid_validity", models.BigIntegerField(null=True)),
                ("last_uid", models.BigIntegerField(default=0)),
                ("told_uid", models.BigIntegerField(default=0)),
                ("looked_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "door",
                    models.CharField(
                        choices=[("imap", "imap"), ("lmtp", "lmtp"), ("pipe", "pipe")],
                        max_length=10,
                    ),
                ),
                ("uid_validity", models.BigIntegerField(null=True)),
                ("uid", models.BigIntegerField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("sent_from", models.CharField(max_length=320, null=True)),
                ("sent_to", models.CharField(max_length=320)),
                ("received_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField()),
                (
                    "disposition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("complaint", "complaint"),
                            ("answer", "answer"),
                            ("held", "held"),
                            ("bounce", "bounce"),
                            ("automatic", "automatic"),
                            ("loop", "loop"),
                            ("spam", "spam"),
                            ("refused", "refused"),
                            ("failed", "failed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("facts", models.JSONField(default=dict)),
                ("sorted_at", models.DateTimeField(null=True)),
                ("sorted_by", models.CharField(blank=True, max_length=60)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("try_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                ("sender", models.CharField(blank=True, max_length=320)),
                ("domain", models.CharField(blank=True, max_length=255)),
                ("sender_name", models.TextField(blank=True)),
                ("heading", models.TextField(blank=True)),
                ("message_id", models.CharField(blank=True, max_length=250)),
                ("likeness", models.CharField(blank=True, max_length=64)),
                ("language", models.CharField(blank=True, max_length=2)),
                ("words", models.TextField(blank=True)),
                ("rest", models.TextField(blank=True)),
                ("files", models.JSONField(default=list)),
                (
                    "complaint",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.complaint",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="casework.listing",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.mailbox",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="listing",
            name="mailbox",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.mailbox",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("address"), name="one_mailbox_per_address"
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("disposition", "")), fields=["tries", "id"], name="mail_to_sort"
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["disposition", "-id"], name="mail_by_disposition"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["domain", "kept_at"], name="mail_by_domain"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["likeness"], name="mail_by_likeness"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["message_id"], name="mail_by_message_id"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["kept_at"], name="mail_by_day"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("uid__isnull", False)),
                fields=("mailbox", "uid_validity", "uid"),
                name="mail_fetched_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("uid__isnull", True)),
                fields=("digest", "sent_to"),
                name="mail_handed_over_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disposition__in", ["answer", "complaint"]), _negated=True),
                    ("complaint__isnull", False),
                    _connector="OR",
                ),
                name="mail_filed_has_a_file",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["mailbox", "last_uid"], name="listing_by_uid"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["at"], name="listing_by_day"),
        ),
    ]
