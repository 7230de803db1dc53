"""The ledger's tables refuse what would change the past, whoever asks by mistake.

The owner of a table can drop a trigger; against them there is arithmetic: `pasokh verify --against`.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the ledger is append-only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$
"""

REFUSED = {
    "ledger_entry": "UPDATE OR DELETE OR TRUNCATE",
    "ledger_sequenced": "UPDATE OR DELETE OR TRUNCATE",
    "ledger_node": "UPDATE OR DELETE OR TRUNCATE",
    "ledger_checkpoint": "UPDATE OR DELETE OR TRUNCATE",
    "ledger_sealed": "UPDATE OR TRUNCATE",
    "ledger_pending": "UPDATE OR TRUNCATE",
}


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION ledger_refuse()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER append_only BEFORE {acts} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()",
                f"DROP TRIGGER append_only ON {table}",
            )
            for table, acts in REFUSED.items()
        ),
    ]
