"""Letting a program in: its token, its rights and its minute, in one statement."""

from datetime import datetime, timedelta

import orjson
from django.db import connection

from pasokh.directory.clients import queries
from pasokh.directory.clients.queries import Caller
from pasokh.kernel import configuration
from pasokh.kernel.errors import Refused

_MINUTE = timedelta(minutes=1)


def admit(token: str, *, at: datetime) -> Caller:
    """Let in whoever holds a token in force, and count the call in the minute of its program.

    Every process counts in the same row. The count does not wait for the disk: should the database
    die within a second, a program may call a little more often in that minute. Refused alike
    whatever is wrong with the token.
    """
    since = at.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_ADMIT, {"hash": queries.token_hash(token), "at": at, "since": since})
        found = cursor.fetchone()
    if found is None:
        raise Refused("token-does-not-open")
    return _caller(*found, resets=int((since + _MINUTE - at).total_seconds()) + 1)


def _caller(
    client: int,
    unit: int | None,
    grants: str,
    narrowed: str | None,
    most: int,
    calls: int,
    mark: object,
    *,
    resets: int,
) -> Caller:
    """Who was let in; a token that was asked for with fewer rights opens no more than those."""
    configuration.seen(mark)
    held = orjson.loads(grants)
    if narrowed is not None:
        held = [right for right in held if right in orjson.loads(narrowed)]
    return Caller(queries.actor(client, unit, held), client, unit, most, most - calls, resets)


#: That a token was used is written down once a minute at most.
_ADMIT = f"""
WITH found AS (
    SELECT token.id, token.grants AS narrowed, client.id AS client, client.unit_id, client.grants,
        client.per_minute
    FROM directory_clienttoken token JOIN directory_client client ON client.id = token.client_id
    WHERE token.token_hash = %(hash)s AND token.revoked_at IS NULL AND client.retired_at IS NULL
        AND (token.expires_at IS NULL OR token.expires_at > %(at)s)
), used AS (
    UPDATE directory_clienttoken token SET used_at = %(at)s FROM found
    WHERE token.id = found.id AND (token.used_at IS NULL OR token.used_at < %(since)s)
), counted AS (
    INSERT INTO directory_clientuse AS row (client_id, since, calls)
    SELECT client, %(since)s, 1 FROM found
    ON CONFLICT (client_id) DO UPDATE SET since = EXCLUDED.since,
        calls = CASE WHEN row.since = EXCLUDED.since THEN LEAST(row.calls, 999999) + 1 ELSE 1 END
    RETURNING calls, set_config('synchronous_commit', 'off', true)
)
SELECT client, unit_id, grants::text, narrowed::text, per_minute, calls, {configuration.MARK}
FROM found, counted
"""  # noqa: S608  our words
