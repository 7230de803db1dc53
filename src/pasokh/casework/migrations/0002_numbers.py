from django.db import migrations


class Migration(migrations.Migration):
    """References count up without a counter row, which would make every filing wait its turn."""

    dependencies = [("casework", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE complaint_number", "DROP SEQUENCE complaint_number")
    ]
