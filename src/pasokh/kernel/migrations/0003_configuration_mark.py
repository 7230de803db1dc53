"""The mark that every change of the set-up replaces; see `kernel/configuration.py`.

A random mark, not a number: one that was taken back with its transaction never comes again.
The apps whose tables are set-up hang `configuration_changed` on them.
"""

from django.db import migrations

TABLE = """
CREATE TABLE configuration_mark (
    id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    mark uuid NOT NULL DEFAULT gen_random_uuid()
)
"""
FUNCTION = """
CREATE FUNCTION configuration_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE configuration_mark SET mark = gen_random_uuid();
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_append_only")]

    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE configuration_mark"),
        migrations.RunSQL("INSERT INTO configuration_mark DEFAULT VALUES", migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION configuration_changed()"),
    ]
