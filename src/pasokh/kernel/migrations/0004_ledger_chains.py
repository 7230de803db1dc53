"""One call for the pen: wait for the subjects, then see how their chains end.

A volatile function looks anew with each of its statements, so the chains are read as they are
once the locks are held.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION ledger_chains(wanted int, subjects text[], locks bigint[])
RETURNS TABLE (ids bigint[], subject text, number bigint, hash bytea) LANGUAGE plpgsql AS $$
DECLARE
    fresh bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(lock) FROM unnest(locks) AS lock;
    SELECT array_agg(nextval(pg_get_serial_sequence('ledger_entry', 'id'))) INTO fresh
    FROM generate_series(1, wanted);
    RETURN QUERY
    SELECT fresh, given.subject, last.number, last.hash
    FROM unnest(subjects) AS given (subject) LEFT JOIN LATERAL
         (SELECT entry.number, entry.hash FROM ledger_entry entry
          WHERE entry.subject = given.subject ORDER BY entry.number DESC LIMIT 1) AS last ON true;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_configuration_mark")]

    operations = [
        migrations.RunSQL(
            FUNCTION, "DROP FUNCTION ledger_chains(wanted int, subjects text[], locks bigint[])"
        ),
    ]
