"""Wire formats of gateways as data: what is asked, and how the answer is read.

One file for each in `data`. `{name}` in it is put in as it is, in a path as one part of it;
`{name#}` alone is a number where it is one. A path such as `entries.0.messageid` leads into JSON.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

#: How a gateway writes numbers: 09123456789, 989123456789, or +989123456789.
HOME, INTERNATIONAL, PLUS = "home", "international", "plus"


@dataclass(frozen=True)
class Question:
    """One request: `form` and `json` are the two sorts of body; neither is none."""

    method: str
    path: str
    headers: Mapping[str, str]
    form: Mapping[str, str] | None = None
    json: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Reading:
    """How the answer to a sending is read: where its code, its id and its words stand.

    A code of `taken` says yes, and where there are none, an id does; `later` may be tried again,
    `account` is about ours and not about the message; any other code is final.
    """

    code: str
    id: str
    said: str
    taken: frozenset[str]
    later: frozenset[str]
    account: frozenset[str]


@dataclass(frozen=True)
class Reporting:
    """How a report of delivery is read, wherever it comes from; other states are on the way."""

    id: str
    own: str
    state: str
    why: str
    delivered: frozenset[str]
    returned: frozenset[str]


@dataclass(frozen=True)
class Asking:
    """How a gateway is asked what became of a message, and where it says so."""

    question: Question
    id: str
    state: str


@dataclass(frozen=True)
class Template:
    """The wire format of one gateway. `once` says that it knows our own ids, and sends none twice.

    `pushes` is whether it can send reports to an address that stands in the request.
    """

    code: str
    name: Mapping[str, str]
    base: str
    numbers: str
    credentials: tuple[str, ...]
    send: Question
    answer: Reading
    report: Reporting
    pushes: bool
    ask: Asking | None
    balance: tuple[Question, str] | None


@cache
def templates() -> Mapping[str, Template]:
    """Every wire format by its code, those of the country first."""
    folder = resources.files("pasokh.channels.sms") / "data"
    return {code: _read(code, (folder / f"{code}.toml").read_text("utf-8")) for code in ORDER}


ORDER = (
    *("kavenegar", "smsir", "melipayamak", "ghasedak"),
    *("twilio", "vonage", "messagebird"),
)


def _read(code: str, text: str) -> Template:
    told = tomllib.loads(text)
    answer, report, send = told["answer"], told["report"], told["send"]
    return Template(
        code=code,
        name=told["name"],
        base=told["base"],
        numbers=told["numbers"],
        credentials=tuple(told["credentials"]),
        send=_question(send),
        answer=Reading(
            *(answer["code"], answer["id"], answer["said"]),
            taken=frozenset(answer.get("taken", ())),
            later=frozenset(answer["later"]),
            account=frozenset(answer["account"]),
        ),
        report=Reporting(
            *(report["id"], report.get("own", ""), report["state"], report.get("why", "")),
            delivered=frozenset(report["delivered"]),
            returned=frozenset(report["returned"]),
        ),
        pushes="{reports}" in str(send),
        ask=_asking(told["ask"]) if "ask" in told else None,
        balance=(_question(told["balance"]), told["balance"]["amount"])
        if "balance" in told
        else None,
    )


def _asking(told: Mapping[str, Any]) -> Asking:
    return Asking(_question(told), told.get("id", ""), told["state"])


def _question(told: Mapping[str, Any]) -> Question:
    return Question(
        told["method"], told["path"], told.get("headers", {}), told.get("form"), told.get("json")
    )
