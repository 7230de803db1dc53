from django.db import migrations, models

#: Evidence was hung on the file as if the complainant had sent it.
_EVIDENCE = """
UPDATE casework_attachment SET inside = true
WHERE message_id IS NULL AND (complaint_id, digest, at) IN (
    SELECT complaint_id, digest, at FROM casework_evidence
)
"""


class Migration(migrations.Migration):
    """What an investigation gathers is not among the files that the complainant is shown."""

    dependencies = [("casework", "0007_letter_came_back_at")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="inside",
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(_EVIDENCE, migrations.RunSQL.noop),
    ]
