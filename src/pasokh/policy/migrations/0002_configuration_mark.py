"""A change to these tables replaces the mark by which processes keep what they read of them."""

from django.db import migrations

TABLES = ("policy_term", "policy_outsidebody")


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial"), ("kernel", "0003_configuration_mark")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER configuration_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
            f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION configuration_changed()",
            f"DROP TRIGGER configuration_changed ON {table}",
        )
        for table in TABLES
    ]
