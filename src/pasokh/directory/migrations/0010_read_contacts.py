from typing import Any

from django.db import migrations

READ, CONTACTS = "complaint.read", "complaint.read_contacts"


def keep(apps: Any, _editor: Any) -> None:
    """Let programs and tokens that may read files see addresses and numbers there, as before."""
    for name in ("Client", "ClientToken"):
        rows = apps.get_model("directory", name).objects
        for row in rows.filter(grants__contains=[READ]).exclude(grants__contains=[CONTACTS]):
            row.grants = [*row.grants, CONTACTS]
            row.save(update_fields=["grants"])


def take_back(apps: Any, _editor: Any) -> None:
    """Without the right that nobody knows any more."""
    for name in ("Client", "ClientToken"):
        for row in apps.get_model("directory", name).objects.filter(grants__contains=[CONTACTS]):
            row.grants = [right for right in row.grants if right != CONTACTS]
            row.save(update_fields=["grants"])


class Migration(migrations.Migration):
    """To see addresses and numbers is a right of its own."""

    dependencies = [("directory", "0009_clients")]

    operations = [migrations.RunPython(keep, take_back)]
