from typing import Any

import django.contrib.postgres.search
from django.db import migrations

from pasokh.kernel.text import tokens

_FIELDS = (
    *("ref", "narrative", "remedy_wanted", "product_model", "serial_number"),
    *("purchase_place", "guarantee", "order_number"),
)


def mark(apps: Any, editor: Any) -> None:
    """Mark the words of numbers and addresses that stand neither in the complaint nor in a name."""
    cases = apps.get_model("casework", "Complaint").objects.exclude(
        complainant=None, representative=None
    )
    known = ("complainant", "representative")
    loaded = cases.select_related(*known).prefetch_related(
        "issues", *(f"{who}__contact_points" for who in known)
    )
    with editor.connection.cursor() as cursor:
        for case in loaded.iterator(chunk_size=500):
            people = [one for one in (case.complainant, case.representative) if one]
            points = [point for one in people for point in one.contact_points.all()]
            said = [str(getattr(case, field)) for field in _FIELDS]
            said += [issue.text for issue in case.issues.all()] + [one.name for one in people]
            told = set(tokens("\n".join(said)))
            met = tokens("\n".join(part for one in points for part in (one.value, one.key)))
            if words := [word for word in met if word not in told]:
                cursor.execute(_MARK, [words, case.pk])


_MARK = """
UPDATE casework_searchtext SET reached = array_to_tsvector(%s::text[]) WHERE complaint_id = %s
"""


class Migration(migrations.Migration):
    """Who may not see numbers and addresses does not find a file by them."""

    dependencies = [("casework", "0031_filed_before"), ("directory", "0010_read_contacts")]

    operations = [
        migrations.AddField(
            model_name="searchtext",
            name="reached",
            field=django.contrib.postgres.search.SearchVectorField(db_default=""),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
    ]
