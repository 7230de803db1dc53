"""Columns that are first in another index lose the one of their own; each row written pays for it.

The same for references and message ids: their second index served a search that nobody makes.
"""

from typing import Any

from django.db import migrations, models

#: The key of which model to which, called what from there.
KEYS = (
    ("accesscode", "complaint", "codes"),
    ("clock", "complaint", "clocks"),
    ("complainedabout", "complaint", "complained_about"),
    ("extension", "complaint", "extensions"),
    ("issue", "complaint", "issues"),
    ("issuefinding", "decision", "findings"),
    ("link", "complaint", "links"),
    ("message", "complaint", "messages"),
    ("rating", "complaint", "ratings"),
    ("reading", "complaint", "readings"),
    ("significantnotice", "complaint", "significant_notices"),
)


def key(model: str, name: str, to: str, on_delete: Any = models.CASCADE, **more: Any) -> Any:
    field = models.ForeignKey(to, on_delete, db_index=False, **more)
    return migrations.AlterField(model, name, field)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0010_queue_counts_what_waits"),
        ("directory", "0006_one_index_is_enough"),
    ]

    operations = [
        *(
            key(model, name, f"casework.{name}", related_name=called)
            for model, name, called in KEYS
        ),
        key("complaint", "unit", "directory.unit", on_delete=models.PROTECT),
        migrations.AlterField("complaint", "ref", models.CharField(max_length=20)),
        migrations.AlterField("letter", "message_id", models.CharField(max_length=120)),
        migrations.AddConstraint(
            "complaint",
            models.UniqueConstraint(fields=["ref"], name="one_file_per_reference"),
        ),
        migrations.AddConstraint(
            "letter", models.UniqueConstraint(fields=["message_id"], name="letter_once")
        ),
    ]
