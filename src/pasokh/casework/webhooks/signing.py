"""Secrets of receivers, and the signature by which they know us: Standard Webhooks, `v1`."""

import base64
import secrets
from collections.abc import Iterable
from datetime import datetime

from standardwebhooks import Webhook

_PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """A fresh secret as receivers enter it: `whsec_` and 32 random bytes in base64."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def headers(message_id: str, body: str, keys: Iterable[str], at: datetime) -> dict[str, str]:
    """The headers of one attempt, signed with every secret that is good at the time."""
    signed = " ".join(Webhook(key).sign(message_id, at, body) for key in keys)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signed,
    }
