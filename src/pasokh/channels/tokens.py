"""Tokens that open mail servers, renewed by the provider that gave the right to (RFC 6749, 6).

A token is kept sealed until shortly before it ends. What a provider says against us is told by
a code that set-up and the mail page put into words; its own words are not kept, for some repeat
what they were sent.
"""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from pasokh.casework.intake.mailroom import actions, queries
from pasokh.casework.intake.mailroom.models import Mailbox
from pasokh.casework.intake.mailroom.queries import Grant
from pasokh.channels import web_out
from pasokh.channels.web_out import TargetRefused, TooLarge, Unanswered
from pasokh.kernel import clock

#: How long before its end a token is no longer used; how long one lasts of which nothing is said.
MARGIN, UNTOLD = timedelta(minutes=2), timedelta(minutes=5)
#: The longest time that is believed, characters of a token, and bytes of an answer.
LONGEST, LARGEST, ANSWER = timedelta(days=1), 16_000, 65_536

#: What a provider answers, as our codes; anything else is `token-refused`.
_ERRORS = {
    "invalid_grant": "token-grant-ended",
    "invalid_client": "token-client-unknown",
    "unauthorized_client": "token-client-unknown",
    "invalid_scope": "token-scope-refused",
}


class NoToken(Exception):  # noqa: N818  an answer of the world, not a mistake
    """There is no token; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def access(box: Mailbox | None) -> str:
    """The token that opens a mailbox now, or the server by which letters leave; raises NoToken, or
    BrokenError with another key.
    """
    if (grant := queries.grant_of(box)) is None:
        raise NoToken("token-grant-missing")
    at = clock.now()
    if grant.access_token and grant.access_until and at + MARGIN < grant.access_until:
        return grant.access_token
    said = _exchanged(grant)
    token = said.get("access_token")
    if not isinstance(token, str) or not 0 < len(token) <= LARGEST or not token.isprintable():
        raise NoToken("token-answer-strange")
    anew = said.get("refresh_token")
    anew = anew if isinstance(anew, str) and len(anew) <= LARGEST else ""
    lasts = _lasts(said.get("expires_in"))
    actions.keep_access(grant.row, token=token, lasts=lasts, refresh_token=anew, at=at)
    return token


def _exchanged(grant: Grant) -> dict[str, Any]:
    """What the provider answers to the refresh token."""
    told = {
        "grant_type": "refresh_token",
        "client_id": grant.client_id,
        "client_secret": grant.client_secret,
        "refresh_token": grant.refresh_token,
        "scope": grant.scope,
    }
    body = urlencode({name: value for name, value in told.items() if value}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer = web_out.send("POST", grant.token_url, headers=headers, body=body, limit=ANSWER)
    except TargetRefused as refused:
        raise NoToken("token-target-refused") from refused
    except TooLarge as large:
        raise NoToken("token-answer-strange") from large
    except Unanswered as error:
        raise NoToken("token-unanswered") from error
    said = _read(answer.body)
    if answer.status == 200:
        return said
    if answer.status >= 500 or answer.status == 429:
        raise NoToken("token-unanswered")
    raise NoToken(_ERRORS.get(str(said.get("error")), "token-refused"))


def _read(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _lasts(said: Any) -> timedelta:
    """For how long a token is good, as told: in seconds, some providers as text."""
    try:
        return min(timedelta(seconds=max(int(said), 0)), LONGEST)
    except (TypeError, ValueError, OverflowError):
        return UNTOLD
