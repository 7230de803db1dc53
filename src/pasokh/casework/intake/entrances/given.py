"""What a page of the organisation's own says for somebody who complains: signed, not for long.

The page's server signs a few answers with the key of its entrance, so that the person types
less. The form shows them, and the person may change them. Pure; the format is in
`docs/own-pages.md`.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

#: Answers that may be given, with the number of letters of each.
FIELDS = {
    **dict.fromkeys(("order_number", "product_model", "serial_number", "purchase_place"), 300),
    "name": 300,
    "email": 320,
    "mobile": 60,
}
LONGEST = 6000
LASTS = timedelta(hours=24)
#: Clocks differ.
LEEWAY = timedelta(minutes=5)
_PURPOSE = "pasokh-form"


class NotGivenError(ValueError):
    """What was given cannot be believed; `old` says that it once could."""

    def __init__(self, *, old: bool = False) -> None:
        super().__init__("old" if old else "bad")
        self.old = old


def new_key() -> str:
    """A fresh key, as it is entered at the page's server."""
    return f"pform_{secrets.token_urlsafe(32)}"


def sign(code: str, key: str, answers: Mapping[str, str], *, until: datetime) -> str:
    """The parameter for these answers at one entrance, good until a time."""
    said = json.dumps({**answers, "exp": int(until.timestamp())}, ensure_ascii=False)
    payload = _base64(said.encode())
    return f"{payload}.{_base64(_mac(code, key, payload))}"


def read(code: str, key: str, text: str, *, at: datetime) -> dict[str, str]:
    """The answers that a parameter gives; NotGivenError for anything that was not signed so."""
    payload, _, mac = text.partition(".")
    try:
        signed = hmac.compare_digest(_bytes(mac), _mac(code, key, payload))
        said = json.loads(_bytes(payload)) if signed and len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        raise NotGivenError from None
    if not isinstance(said, dict) or type(end := said.pop("exp", None)) is not int:
        raise NotGivenError
    now = int(at.timestamp())
    if end > now + (LASTS + LEEWAY).total_seconds() or not all(map(_fits, said.items())):
        raise NotGivenError
    if end <= now:
        raise NotGivenError(old=True)
    return said


def _fits(answer: tuple[str, object]) -> bool:
    name, value = answer
    return isinstance(value, str) and len(value) <= FIELDS.get(name, -1)


def _mac(code: str, key: str, payload: str) -> bytes:
    text = f"{_PURPOSE}.{code}.{payload}"
    return hmac.digest(key.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256)


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        plain = text.encode("ascii")
        return base64.b64decode(plain + b"=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("not base64") from error
