"""Speaks to a messenger by the Bot API that Telegram made and Bale shares."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from pasokh.casework.intake.conversations.queries import Place
from pasokh.casework.intake.conversations.terms import SourceKind
from pasokh.channels import web_out
from pasokh.channels.web_out import Unanswered

BASES = {SourceKind.TELEGRAM: "https://api.telegram.org", SourceKind.BALE: "https://tapi.bale.ai"}
#: Bytes of a file: the most that the Bot API hands out.
LARGEST = 20 << 20
#: Characters of one message, as the Bot API takes them.
LONGEST = 4096


class NotTaken(Exception):  # noqa: N818  an answer of the world, not a mistake
    """The messenger said no, or nothing; `final` says that it is no use to ask again."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


def say(place: Place, chat: str, text: str) -> str:
    """Say something in a chat; return the messenger's id of it. Raises NotTaken."""
    told = {"chat_id": int(chat), "text": text[:LONGEST]}
    return str(_call(place, "sendMessage", told).get("message_id", ""))


def listen(place: Place, address: str) -> None:
    """Tell the messenger where messages are to come, and what each has to show."""
    told: dict[str, Any] = {"url": address, "allowed_updates": ["message"]}
    if place.shown:
        told["secret_token"] = place.shown
    _call(place, "setWebhook", told)


def fetch(place: Place, file_id: str) -> bytes:
    """The bytes of a file that came with a message. Raises NotTaken, also for one too large."""
    found = _call(place, "getFile", {"file_id": file_id})
    path, size = found.get("file_path"), found.get("file_size")
    if not isinstance(path, str) or (isinstance(size, int) and size > LARGEST):
        raise NotTaken("no such file, or too large", final=True)
    url = f"{_base(place)}/file/bot{place.token}/{quote(path)}"
    try:
        answer = web_out.send("GET", url, timeout=60, limit=LARGEST)
    except Unanswered as error:
        raise NotTaken(type(error).__name__) from error
    if answer.status != 200:
        raise NotTaken(str(answer.status), final=answer.status in (400, 404))
    return answer.body


def _call(place: Place, method: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Call one method; what goes wrong is told without the address, which holds the token."""
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    try:
        answer = web_out.send(
            "POST", f"{_base(place)}/bot{place.token}/{method}", headers=headers, body=body
        )
        said = json.loads(answer.body)
    except Unanswered as error:
        raise NotTaken(type(error).__name__) from error
    except (ValueError, RecursionError) as error:
        raise NotTaken("the answer cannot be read") from error
    if not isinstance(said, dict) or said.get("ok") is not True:
        why = said.get("description", "") if isinstance(said, dict) else ""
        raise NotTaken(f"{answer.status} {why}"[:200], final=answer.status in (400, 403, 404))
    result = said.get("result")
    return result if isinstance(result, dict) else {}


def _base(place: Place) -> str:
    return (place.base or BASES[place.kind]).rstrip("/")
