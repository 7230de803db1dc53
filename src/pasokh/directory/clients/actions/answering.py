"""What a program was answered under its own key: kept with what was done, sealed.

It belongs in the transaction of that: a process that dies half-way leaves neither the deed nor the
key behind, so the same key then does it.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import orjson
from django.conf import settings
from django.db import connection

from pasokh.directory.clients.terms import ANSWER_KEPT
from pasokh.kernel import codes, rows, sealed
from pasokh.kernel.errors import Refused


@dataclass(frozen=True)
class Answer:
    """An answer as it was given: its status, its headers and its bytes."""

    status: int
    headers: dict[str, str]
    body: bytes


def remembered(client: int, key: str, asked: bytes, *, at: datetime) -> Answer | None:
    """What a program was answered under a key, or None when nothing was done under it.

    Refuses a key under which something else was done.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [client, _hash(client, key), at - ANSWER_KEPT])
        found = cursor.fetchone()
    if found is None:
        return None
    before, kept = map(bytes, found)
    if not codes.same(before, _digest(asked)):
        raise Refused("key-used-otherwise")
    told = orjson.loads(sealed.unseal("client-answer", _owner(client, key), kept))
    return Answer(told["status"], told["headers"], told["body"].encode())


_LOOK = """
SELECT asked, sealed FROM directory_clientanswer
WHERE client_id = %s AND key_hash = %s AND made_at > %s
"""


def remember(client: int, key: str, asked: bytes, answer: Answer, *, at: datetime) -> None:
    """Keep an answer under a program's key for a day, with what is written at once.

    Refuses a key that has one; waits for who is keeping one under it at this very moment.
    """
    told = orjson.dumps({**vars(answer), "body": answer.body.decode()}).decode()
    kept = sealed.seal("client-answer", _owner(client, key), told)
    hashed, asked = _hash(client, key), _digest(asked)
    values = [client, hashed, asked, kept, at, at - ANSWER_KEPT]
    rows.write_one(_KEEP, values, Refused("key-at-work"))


_KEEP = """
INSERT INTO directory_clientanswer AS row (client_id, key_hash, asked, sealed, made_at)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (client_id, key_hash) DO UPDATE
    SET asked = EXCLUDED.asked, sealed = EXCLUDED.sealed, made_at = EXCLUDED.made_at
    WHERE row.made_at <= %s
"""


def _owner(client: int, key: str) -> str:
    return f"{client}:{key}"


def _hash(client: int, key: str) -> bytes:
    return codes.keyed_hash("client-answer", _owner(client, key), settings.SECRET_KEY.encode())


def _digest(asked: bytes) -> bytes:
    return sha256(asked).digest()
