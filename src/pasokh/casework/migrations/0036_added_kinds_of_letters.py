from django.db import migrations, models

from pasokh.kernel.fields import BilingualField


class Migration(migrations.Migration):
    """An organisation adds kinds of letters; their texts stand under codes of their own."""

    dependencies = [
        ("casework", "0035_filed_by_a_civic_app"),
        ("kernel", "0004_ledger_chains"),
    ]

    operations = [
        migrations.CreateModel(
            name="AddedKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", BilingualField()),
                ("purpose", BilingualField(blank=True)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AlterField("wording", "kind", models.CharField(max_length=30)),
        migrations.AlterField("secondlook", "kind", models.CharField(max_length=30)),
        migrations.RunSQL(
            "CREATE TRIGGER configuration_changed "
            "AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON casework_addedkind "
            "FOR EACH STATEMENT EXECUTE FUNCTION configuration_changed()",
            "DROP TRIGGER configuration_changed ON casework_addedkind",
        ),
    ]
