"""Sign-ins are kept in the process like the set-up: every page of the desk asks for one.

That somebody signed in changes nothing of who may: the day of the last sign-in is left out.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_contact_points_in_order")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER configuration_changed "
            "AFTER INSERT OR UPDATE OF id, email, password, is_active, password_given "
            "OR DELETE OR TRUNCATE "
            "ON directory_user FOR EACH STATEMENT EXECUTE FUNCTION configuration_changed()",
            "DROP TRIGGER configuration_changed ON directory_user",
        )
    ]
