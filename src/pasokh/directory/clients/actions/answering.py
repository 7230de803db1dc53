"""What a program was answered under its own key: looked up before, kept after, sealed between.

Both belong in the transaction of what is done: a process that dies half-way leaves neither the deed
nor the key behind, so the same key then does it.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import orjson
from django.conf import settings
from django.db import connection

from pasokh.directory.clients.models import ClientAnswer
from pasokh.directory.clients.terms import ANSWER_KEPT
from pasokh.kernel import codes, sealed
from pasokh.kernel.errors import Refused


@dataclass(frozen=True)
class Answer:
    """An answer as it was given: its status, its headers and its bytes."""

    status: int
    headers: dict[str, str]
    body: bytes


def remembered(client: int, key: str, asked: bytes, *, at: datetime) -> Answer | None:
    """What a program was answered under a key, or None when nothing was done under it yet.

    Refuses a key under which something is being done this very moment, or something else was.
    """
    hashed = _hash(client, key)
    _alone(hashed)
    found = ClientAnswer.objects.filter(client=client, key_hash=hashed)
    if (row := found.filter(made_at__gt=at - ANSWER_KEPT).first()) is None:
        found.delete()
        return None
    if not codes.same(bytes(row.asked), _digest(asked)):
        raise Refused("key-used-otherwise")
    told = orjson.loads(sealed.unseal("client-answer", _owner(client, key), bytes(row.sealed)))
    return Answer(told["status"], told["headers"], told["body"].encode())


def _alone(hashed: bytes) -> None:
    """Let only one transaction at a time act under a key; a second one does not wait."""
    with connection.cursor() as cursor:
        lock = int.from_bytes(hashed[:8], signed=True)
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock])
        if cursor.fetchone() != (True,):
            raise Refused("key-at-work")


def remember(client: int, key: str, asked: bytes, answer: Answer, *, at: datetime) -> None:
    """Keep an answer under a program's key for a day."""
    told = orjson.dumps({**vars(answer), "body": answer.body.decode()}).decode()
    ClientAnswer.objects.create(
        client_id=client,
        key_hash=_hash(client, key),
        asked=_digest(asked),
        sealed=sealed.seal("client-answer", _owner(client, key), told),
        made_at=at,
    )


def _owner(client: int, key: str) -> str:
    return f"{client}:{key}"


def _hash(client: int, key: str) -> bytes:
    return codes.keyed_hash("client-answer", _owner(client, key), settings.SECRET_KEY.encode())


def _digest(asked: bytes) -> bytes:
    return sha256(asked).digest()
