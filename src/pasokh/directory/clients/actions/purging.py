"""What nobody needs any more: answers of yesterday, and tokens that ended of themselves."""

from datetime import datetime

from django.db import connection, transaction

from pasokh.directory.clients.terms import ANSWER_KEPT


@transaction.atomic
def purge(now: datetime) -> None:
    """Delete answers that are a day old and short-lived tokens whose time is over."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM directory_clientanswer WHERE made_at <= %s", [now - ANSWER_KEPT]
        )
        cursor.execute(
            "DELETE FROM directory_clienttoken WHERE purpose = 'access' AND expires_at <= %s", [now]
        )
