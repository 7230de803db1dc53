"""Speaks to a gateway in its own wire format, and says what its answer means.

What became of a text is told as of a mail: by returning, or by one of the exceptions of
`channels.carriers`.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from pasokh.casework.texting.queries import Leaving
from pasokh.casework.texting.segments import UCS2, counted
from pasokh.channels import web_out
from pasokh.channels.carriers import Failed, LostSight, PutOff, Unreachable
from pasokh.channels.sms.templates import HOME, PLUS, Question, Template, templates
from pasokh.channels.web_out import Answer, Unanswered
from pasokh.directory.people import ways
from pasokh.kernel.errors import Refused

#: Seconds for one question, and bytes of an answer.
PATIENCE, LARGEST = 15.0, 64 << 10

_PLACE = re.compile(r"\{(\w+)(#?)\}")


@dataclass(frozen=True)
class Outcome:
    """What a gateway says of a text: `delivered`, `returned`, or empty while it is on its way."""

    their_id: str
    own: str
    state: str
    why: str = ""


def template_of(gateway: Leaving) -> Template:
    """The wire format of a gateway; refused when this version does not know it."""
    if (found := templates().get(gateway.template)) is None:
        raise Refused("text-gateway-unknown")
    return found


def give(gateway: Leaving, *, to: str, text: str, key: str, reports: str) -> str:
    """Give a text to the gateway; return its own id of it.

    Raises Unreachable (also when our account is the trouble), PutOff, Failed or LostSight.
    """
    template = template_of(gateway)
    known = _known(gateway, template, to=_number(to, template.numbers), text=text)
    known |= {"own": key, "local": str(int(key[:15], 16)), "reports": reports}
    known["unicode"] = "unicode" if counted(text).alphabet == UCS2 else "text"
    try:
        answer = _asked(gateway, template.send, known)
    except Unanswered as error:
        if error.spoken:
            raise LostSight(str(error)) from error
        raise Unreachable(str(error)) from error
    return _taken(answer, template)


def ask(gateway: Leaving, their_id: str, number: str) -> Outcome | None:
    """Ask the gateway what became of a text; None when it does not answer, or cannot be asked."""
    template = template_of(gateway)
    if template.ask is None:
        return None
    known = _known(gateway, template, id=their_id, to=_number(number, template.numbers))
    try:
        said = _parsed(_asked(gateway, template.ask.question, known))
    except Unanswered:
        return None
    if template.ask.id and at(said, template.ask.id) != their_id:
        return None
    return outcome(template, their_id, "", at(said, template.ask.state), "")


def balance(gateway: Leaving) -> str:
    """What is left on our account there; empty when the gateway does not say."""
    template = template_of(gateway)
    if template.balance is None:
        return ""
    question, where = template.balance
    try:
        return at(_parsed(_asked(gateway, question, _known(gateway, template))), where)[:40]
    except Unanswered:
        return ""


def reported(template: Template, told: Any) -> Outcome | None:
    """Read a report of delivery; None when it is none of this format."""
    reading = template.report
    their_id, own = at(told, reading.id), at(told, reading.own) if reading.own else ""
    state = at(told, reading.state)
    if not state or not (their_id or own):
        return None
    return outcome(template, their_id, own, state, at(told, reading.why) if reading.why else "")


def outcome(template: Template, their_id: str, own: str, state: str, why: str) -> Outcome:
    """A state in the gateway's words, as one of ours."""
    reading = template.report
    if state in reading.delivered:
        return Outcome(their_id, own, "delivered")
    if state in reading.returned:
        return Outcome(their_id, own, "returned", why or state)
    return Outcome(their_id, own, "")


def at(told: Any, path: str) -> str:
    """What stands in JSON at a path, as text; empty when there is nothing plain."""
    for part in path.split("."):
        if isinstance(told, Mapping):
            told = told.get(part)
        elif isinstance(told, list) and part.isdecimal() and int(part) < len(told):
            told = told[int(part)]
        else:
            return ""
    if isinstance(told, bool):
        return str(told).lower()
    return str(told) if isinstance(told, str | int | float) else ""


def _number(key: str, written: str) -> str:
    if written == PLUS:
        return key
    if written == HOME and key.startswith(f"+{ways.HOME}"):
        return f"0{key.removeprefix(f'+{ways.HOME}')}"
    return key.removeprefix("+")


def _known(gateway: Leaving, template: Template, **more: str) -> dict[str, str]:
    held = {name: gateway.credentials.get(name, "") for name in template.credentials}
    pair = f"{held.get('user', '')}:{held.get('secret', '')}"
    basic = base64.b64encode(pair.encode()).decode("ascii")
    return {**held, "sender": gateway.sender, "basic": basic, **more}


def _asked(gateway: Leaving, question: Question, known: Mapping[str, str]) -> Answer:
    base = (gateway.base or template_of(gateway).base).rstrip("/")
    url = base + _filled(question.path, {name: quote(known[name], safe="") for name in known})
    headers = {name: str(_filled(value, known)) for name, value in question.headers.items()}
    body = b""
    if question.form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
        pairs = [(name, str(_filled(value, known))) for name, value in question.form.items()]
        body = urlencode([(name, value) for name, value in pairs if value]).encode()
    elif question.json is not None:
        headers["Content-Type"] = "application/json; charset=utf-8"
        body = json.dumps(_filled(question.json, known), ensure_ascii=False).encode()
    headers["Accept"] = "application/json"
    return web_out.send(
        question.method, url, headers=headers, body=body, timeout=PATIENCE, limit=LARGEST
    )


def _filled(value: Any, known: Mapping[str, str]) -> Any:
    """A value of a template with what is known in it."""
    if isinstance(value, Mapping):
        filled = {name: _filled(one, known) for name, one in value.items()}
        return {name: one for name, one in filled.items() if one != ""}
    if isinstance(value, list):
        return [_filled(one, known) for one in value]
    if not isinstance(value, str):
        return value
    whole = _PLACE.fullmatch(value)
    if whole and whole[2] and known[whole[1]].isdecimal():
        return int(known[whole[1]])
    return _PLACE.sub(lambda found: known[found[1]], value)


def _parsed(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def _taken(answer: Answer, template: Template) -> str:
    """The gateway's id of a text that it took; what else it can have said, as an exception.

    An answer that nobody can read leaves open whether the text was taken.
    """
    said, reading = _parsed(answer), template.answer
    code, their_id = at(said, reading.code), at(said, reading.id)
    words = " ".join(filter(None, (str(answer.status), code, at(said, reading.said))))
    if code in reading.account or answer.status in _ACCOUNT:
        raise Unreachable(words)
    if code in reading.later or answer.status in _LATER:
        raise PutOff(words)
    if answer.status >= 500:
        raise LostSight(words)
    if 300 <= answer.status < 400:
        raise Unreachable(words)
    if answer.status >= 400:
        raise Failed(words)
    if said is None:
        raise LostSight("the answer cannot be read")
    if their_id and (code in reading.taken or not reading.taken):
        return their_id
    if code and code not in reading.taken:
        raise Failed(words)
    raise LostSight("the answer has no id")


_ACCOUNT, _LATER = frozenset({401, 402, 403, 407}), frozenset({408, 425, 429, 503})
