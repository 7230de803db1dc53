"""What a receiver is told of one entry: facts, and texts where they were asked for. Pure."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

#: Texts longer than this altogether are left out: they stand in the file, behind the reference.
MOST_TEXT = 200_000


def body(
    event: str,
    at: datetime,
    *,
    ref: str,
    number: int,
    version: int,
    recorded_at: datetime,
    facts: Mapping[str, Any],
    texts: Mapping[str, Any] | None,
    with_texts: bool,
) -> str:
    """The message about one entry of the ledger, as JSON."""
    data: dict[str, Any] = {
        "reference": ref,
        "number": number,
        "version": version,
        "recorded_at": instant(recorded_at),
        "facts": dict(facts),
    }
    if with_texts:
        whole = texts is None or len(written(dict(texts))) <= MOST_TEXT
        data["texts"] = texts if whole else None
        data["texts_left_out"] = not whole
    return written({"type": event, "timestamp": instant(at), "data": data})


def trial(event: str, at: datetime) -> str:
    """The message that only tries a receiver out."""
    return written({"type": event, "timestamp": instant(at), "data": {}})


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def written(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
