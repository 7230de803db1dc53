"""One call for who files: wait for whoever files the same message, then look whether it is here.

A volatile function looks anew with each of its statements, so it sees what the other one filed.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION casework_filed_before(lock bigint, door text, message text)
RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(lock);
    RETURN (SELECT ref FROM casework_complaint WHERE channel = door AND source_id = message);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0030_wordings")]

    operations = [
        migrations.RunSQL(
            FUNCTION,
            "DROP FUNCTION casework_filed_before(lock bigint, door text, message text)",
        ),
    ]
