import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Letters by hand wait for their time, with files and copies; what is being written is kept."""

    dependencies = [
        ("casework", "0021_entrances"),
        ("directory", "0007_contact_point_fails"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Writing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=20)),
                ("content", models.JSONField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="letter",
            name="address",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="copy_of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="copies",
                to="casework.letter",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "pending"),
                    ("queued", "queued"),
                    ("sending", "sending"),
                    ("uncertain", "uncertain"),
                    ("handed_over", "handed_over"),
                    ("failed", "failed"),
                    ("returned", "returned"),
                    ("shown_only", "shown_only"),
                    ("cancelled", "cancelled"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("state", "pending")), fields=["try_at"], name="letter_pending"
            ),
        ),
        migrations.AddField(
            model_name="enclosure",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="casework.attachment",
            ),
        ),
        migrations.AddField(
            model_name="enclosure",
            name="letter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                db_index=False,
                related_name="enclosures",
                to="casework.letter",
            ),
        ),
        migrations.AddField(
            model_name="writing",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                db_index=False,
                related_name="writings",
                to="casework.complaint",
            ),
        ),
        migrations.AddField(
            model_name="writing",
            name="letter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="casework.letter",
            ),
        ),
        migrations.AddField(
            model_name="writing",
            name="staff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.staff"
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.UniqueConstraint(
                fields=("letter", "attachment"), name="enclosed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="writing",
            constraint=models.UniqueConstraint(
                fields=("complaint", "staff"), name="one_writing_each"
            ),
        ),
    ]
