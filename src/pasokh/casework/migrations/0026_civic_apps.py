"""A civic app lists what it filed itself, the newest first, from an index."""

from django.db import migrations, models
from django.db.models import F, Func, Q, Value


class Migration(migrations.Migration):
    dependencies = [("casework", "0025_conversations")]

    operations = [
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                Func(F("source_id"), Value(":"), Value(2), function="split_part"),
                F("received_at").desc(),
                F("id").desc(),
                name="complaint_of_civic_app",
                condition=Q(channel="open311"),
            ),
        )
    ]
