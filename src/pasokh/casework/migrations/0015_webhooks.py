import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Programs elsewhere are told what happens, each delivery written down."""

    dependencies = [
        ("casework", "0014_inquiries_of_authorities"),
        ("directory", "0007_contact_point_fails"),
        ("kernel", "0004_ledger_chains"),
    ]

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.UUIDField(unique=True)),
                ("name", models.CharField(max_length=200)),
                ("url", models.CharField(max_length=2000)),
                ("events", models.JSONField()),
                ("confidential", models.BooleanField(default=False)),
                ("texts", models.BooleanField(default=False)),
                ("secret", models.BinaryField()),
                ("former", models.BinaryField(null=True)),
                ("former_until", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.CharField(blank=True, max_length=10)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("failing_since", models.DateTimeField(null=True)),
                ("rests_until", models.DateTimeField(null=True)),
                ("through", models.BigIntegerField(default=-1)),
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
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.CharField(max_length=100)),
                ("ref", models.CharField(blank=True, max_length=40)),
                ("number", models.UUIDField(unique=True)),
                ("state", models.CharField(max_length=10)),
                ("queued_at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("attempts", models.JSONField(default=list)),
                ("said", models.CharField(blank=True, max_length=300)),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kernel.entry",
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="casework.subscription",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "sending"])),
                        fields=["next_at"],
                        name="delivery_due",
                    ),
                    models.Index(fields=["subscription", "-id"], name="delivery_log"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("subscription", "entry"), name="delivered_once")
                ],
            },
        ),
    ]
