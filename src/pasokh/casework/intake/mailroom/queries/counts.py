"""Each day's count: what the mailboxes told of, what is kept, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from pasokh.casework.intake.mailroom.terms import SORT
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.actors import Actor


@dataclass(frozen=True)
class Count:
    """One mailbox on one day. `told` is what its server told of (None where mail is handed over:
    a server that hands mail over keeps it until we have it), `gone` what was taken away before it
    could be fetched, `kept` what is here, by what became of it; `""` waits to be sorted.
    """

    day: date
    mailbox: str
    told: int | None
    gone: int
    kept: Mapping[str, int]

    @property
    def many(self) -> int:
        """How many mails are kept."""
        return sum(self.kept.values())

    @property
    def missing(self) -> int:
        """How many were told of that are neither kept nor gone; negative if more are kept."""
        return 0 if self.told is None else self.told - self.gone - self.many


def day_counts(by: Actor, *, since: datetime) -> list[Count]:
    """The days with mail since an instant, the newest first, mailbox by mailbox, in one statement.

    A fetched mail counts on the day on which its mailbox told of it.
    """
    own = organisation.organisation()
    reach = by.reach(SORT)
    units = None if reach is None else sorted(reach)
    values = {"zone": own.time_zone if own else "UTC", "units": units, "since": since}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        return [
            Count(day, address, told, gone, kept or {})
            for day, address, told, gone, kept in cursor.fetchall()
        ]


_COUNTS = """
WITH told AS (
    SELECT (at AT TIME ZONE %(zone)s)::date AS day, mailbox_id,
           sum(many)::int AS told, sum(gone)::int AS gone
    FROM casework_listing WHERE at >= %(since)s GROUP BY 1, 2
), kept AS (
    SELECT (coalesce(listing.at, mail.kept_at) AT TIME ZONE %(zone)s)::date AS day,
           mail.mailbox_id, mail.disposition, count(*) AS many
    FROM casework_mail mail LEFT JOIN casework_listing listing ON listing.id = mail.listing_id
    WHERE mail.kept_at >= %(since)s AND coalesce(listing.at, mail.kept_at) >= %(since)s
    GROUP BY 1, 2, 3
), summed AS (
    SELECT day, mailbox_id, json_object_agg(disposition, many) AS kept FROM kept GROUP BY 1, 2
)
SELECT day, box.address, told.told, coalesce(told.gone, 0), summed.kept
FROM told FULL JOIN summed USING (day, mailbox_id)
JOIN casework_mailbox box ON box.id = mailbox_id
WHERE (%(units)s::bigint[] IS NULL OR box.unit_id = ANY(%(units)s::bigint[]))
ORDER BY day DESC, box.address
"""
