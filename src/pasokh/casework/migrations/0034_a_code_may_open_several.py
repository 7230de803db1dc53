from django.db import migrations, models

#: Files that were split off before have the code of the file they come from, as later ones do.
_SHARE = """
INSERT INTO casework_accesscode (complaint_id, code_hash, made_at)
SELECT DISTINCT ON (split.other_id) split.other_id, code.code_hash, split.at
FROM casework_link split JOIN casework_accesscode code USING (complaint_id)
WHERE split.why = 'split' AND code.replaced_at IS NULL AND NOT EXISTS (
    SELECT FROM casework_accesscode own WHERE own.complaint_id = split.other_id
)
ORDER BY split.other_id, split.id
"""
#: Undone, a code opens only the first file that it was given for.
_ALONE = """
DELETE FROM casework_accesscode later USING casework_accesscode first
WHERE later.code_hash = first.code_hash AND later.id > first.id
"""


class Migration(migrations.Migration):
    """What was split off from a file is opened by the tracking code of that file."""

    dependencies = [("casework", "0033_mail_grants_and_certificates")]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, _ALONE),
        migrations.AlterField(
            "accesscode", "code_hash", models.BinaryField(max_length=32, db_index=True)
        ),
        migrations.RunSQL(_SHARE, migrations.RunSQL.noop),
    ]
