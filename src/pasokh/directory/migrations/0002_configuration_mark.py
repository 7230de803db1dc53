"""A change to these tables replaces the mark by which processes keep what they read of them."""

from django.db import migrations

TABLES = (
    "directory_organisation",
    "directory_unit",
    "directory_staff",
    "directory_roleassignment",
    "directory_spendinglimit",
    "directory_workingweek",
    "directory_holiday",
    "directory_regimebinding",
)


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial"), ("kernel", "0003_configuration_mark")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER configuration_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
            f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION configuration_changed()",
            f"DROP TRIGGER configuration_changed ON {table}",
        )
        for table in TABLES
    ]
