from django.db import migrations, models
from django.db.models import F, Func, Q, Value

#: Those whose channel was corrected stand with the others: the first entry says how they came.
_BY_WAY = """
UPDATE casework_complaint file SET source_id = 'open311' || substr(file.source_id, 7)
WHERE file.source_id LIKE 'client:%' AND (
    file.channel = 'open311' OR file.channel <> 'api' AND EXISTS (
        SELECT FROM ledger_entry entry
        WHERE entry.subject = 'complaint:' || file.ref AND entry.event = 'complaint.received'
          AND convert_from(entry.canonical, 'UTF8')::jsonb #>> '{facts,channel}' = 'open311'
    )
)
"""
_BY_CLIENT = """
UPDATE casework_complaint SET source_id = 'client' || substr(source_id, 8)
WHERE source_id LIKE 'open311:%'
"""


def _index(condition: Q) -> models.Index:
    return models.Index(
        Func(F("source_id"), Value(":"), Value(2), function="split_part"),
        F("received_at").desc(),
        F("id").desc(),
        name="complaint_of_civic_app",
        condition=condition,
    )


class Migration(migrations.Migration):
    """What a civic app filed is told by the id under which it was filed, not by its channel."""

    dependencies = [
        ("casework", "0034_a_code_may_open_several"),
        ("kernel", "0004_ledger_chains"),
    ]

    operations = [
        migrations.RunSQL(_BY_WAY, _BY_CLIENT),
        migrations.RemoveIndex("complaint", "complaint_of_civic_app"),
        migrations.AddIndex("complaint", _index(Q(source_id__startswith="open311:"))),
    ]
