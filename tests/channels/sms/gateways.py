"""A stand-in for every gateway's wire format, on the loopback, that does as its script says.

It is written from what each gateway publishes of its answers, not from our templates.
"""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

CREDENTIALS = {"key": "K3Y/+", "user": "AC1", "secret": "s3cret"}


@dataclass(frozen=True)
class Asked:
    """One request as it arrived: the body read as form or JSON."""

    method: str
    path: str
    headers: Mapping[str, str]
    told: Mapping[str, Any]


@dataclass
class Gateway:
    """What arrived, and what is answered instead of the usual: `script` goes first.

    An entry of the script is a status and a body, `hang` (no answer in time), `cut` (the line
    drops after the request) or `slow`.
    """

    port: int = 0
    heard: list[Asked] = field(default_factory=list)
    script: list[Any] = field(default_factory=list)
    state: str = ""
    known: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def texts(self) -> list["Sent"]:
        return [sent for asked in self.heard if (sent := FORMATS[_format(asked)].sent(asked))]

    def answer(self, asked: Asked) -> tuple[int, Any]:
        return FORMATS[_format(asked)].answer(self, asked)


@dataclass(frozen=True)
class Sent:
    """A text as a gateway understands it."""

    to: str
    sender: str
    text: str


@dataclass(frozen=True)
class Format:
    """How one gateway reads a sending, answers it, and tells what became of it."""

    sent: Callable[[Asked], Sent | None]
    answer: Callable[[Gateway, Asked], tuple[int, Any]]
    refused: tuple[int, Any]
    unpaid: tuple[int, Any]
    later: tuple[int, Any]
    arrived: str
    lost: str
    report: Callable[[str, str], dict[str, str]] | None = None


def _format(asked: Asked) -> str:
    path = asked.path
    for sign, name in (
        ("/sms/send.json", "kavenegar"),
        ("/sms/status.json", "kavenegar"),
        ("/account/info.json", "kavenegar"),
        ("/v2/", "ghasedak"),
        ("/v1/", "smsir"),
        ("/api/SendSMS/", "melipayamak"),
        ("/2010-04-01/", "twilio"),
        ("/sms/json", "vonage"),
        ("/account/get-balance", "vonage"),
    ):
        if sign in path:
            return name
    return "messagebird"


def _kavenegar(box: Gateway, asked: Asked) -> tuple[int, Any]:
    ok = {"status": 200, "message": "تایید شد"}
    if "/v1/K3Y%2F%2B/" not in asked.path:
        return 403, {"return": {"status": 403, "message": "کلید نامعتبر"}, "entries": None}
    if asked.path.endswith("info.json"):
        return 200, {"return": ok, "entries": {"remaincredit": 1500031, "type": "Master"}}
    if asked.path.endswith("status.json"):
        number = int(asked.told["messageid"])
        entry = {"messageid": number, "status": int(box.state or 5), "statustext": "…"}
        return 200, {"return": ok, "entries": [entry]}
    number = box.known.setdefault(asked.told["localid"], str(8792343 + len(box.known)))
    entry = {"messageid": int(number), "status": 5, "cost": 120, "receptor": asked.told["receptor"]}
    return 200, {"return": ok, "entries": [entry]}


def _smsir(box: Gateway, asked: Asked) -> tuple[int, Any]:
    if asked.headers.get("x-api-key") != "K3Y/+":
        return 401, {"status": 10, "message": "کلید وب سرویس نامعتبر است", "data": None}
    if asked.path == "/v1/credit":
        return 200, {"status": 1, "message": "موفق", "data": 71.5}
    if asked.method == "GET":
        number = int(asked.path.rsplit("/", 1)[1])
        data = {"messageId": number, "deliveryState": int(box.state or 5)}
        return 200, {"status": 1, "message": "موفق", "data": data}
    assert isinstance(asked.told["lineNumber"], int)
    return 200, {"status": 1, "message": "موفق", "data": {"messageIds": [89545112], "cost": 1.0}}


def _melipayamak(box: Gateway, asked: Asked) -> tuple[int, Any]:
    if (asked.told.get("username"), asked.told.get("password")) != ("AC1", "s3cret"):
        return 200, {"Value": "", "RetStatus": 0, "StrRetStatus": "InvalidData"}
    if asked.path.endswith("GetCredit"):
        return 200, {"Value": "981.4", "RetStatus": 1, "StrRetStatus": "Ok"}
    if asked.path.endswith("GetDeliveries2"):
        return 200, {"Value": box.state or "8", "RetStatus": 1, "StrRetStatus": "Ok"}
    return 200, {"Value": "5577006791947779410", "RetStatus": 1, "StrRetStatus": "Ok"}


def _ghasedak(box: Gateway, asked: Asked) -> tuple[int, Any]:
    ok = {"code": 200, "message": "success"}
    if asked.headers.get("apikey") != "K3Y/+":
        return 200, {"result": {"code": 401, "message": "api key"}, "items": None}
    if asked.path.endswith("info"):
        return 200, {"result": ok, "items": {"balance": 240000}}
    if asked.path.endswith("status"):
        entry = {"messageid": int(asked.told["id"]), "status": int(box.state or 4)}
        return 200, {"result": ok, "items": [entry]}
    return 200, {"result": ok, "items": [2354]}


def _twilio(box: Gateway, asked: Asked) -> tuple[int, Any]:
    given = base64.b64encode(b"AC1:s3cret").decode()
    if asked.headers.get("authorization") != f"Basic {given}":
        return 401, {"code": 20003, "message": "Authenticate", "status": 401}
    if asked.path.endswith("Balance.json"):
        return 200, {"balance": "14.23", "currency": "USD"}
    if asked.method == "GET":
        return 200, {"sid": "SM01", "status": box.state or "sent"}
    return 201, {"sid": "SM01", "status": "queued", "error_code": None, "message": None}


def _vonage(box: Gateway, asked: Asked) -> tuple[int, Any]:
    if "/account/get-balance?" in asked.path:
        return 200, {"value": 10.28, "autoReload": False}
    if (asked.told.get("api_key"), asked.told.get("api_secret")) != ("K3Y/+", "s3cret"):
        return 200, {"message-count": "1", "messages": [{"status": "4", "error-text": "Bad"}]}
    message = {"to": asked.told["to"], "message-id": "0A01", "status": "0"}
    return 200, {"message-count": "1", "messages": [message]}


def _messagebird(box: Gateway, asked: Asked) -> tuple[int, Any]:
    if asked.headers.get("authorization") != "AccessKey K3Y/+":
        return 401, {"errors": [{"code": 2, "description": "incorrect access_key"}]}
    if asked.path == "/balance":
        return 200, {"payment": "prepaid", "type": "euros", "amount": 9.5}
    items = [{"recipient": 989123456789, "status": box.state or "sent"}]
    answer = {"id": "e8077d8", "recipients": {"items": items}}
    return (200 if asked.method == "GET" else 201), answer


def _fields(to: str, sender: str, text: str) -> Callable[[Asked], Sent | None]:
    def read(asked: Asked) -> Sent | None:
        told = asked.told
        if text not in told:
            return None
        return Sent(str(told[to]), str(told[sender]), str(told[text]))

    return read


def _listed(to: str, sender: str, text: str) -> Callable[[Asked], Sent | None]:
    def read(asked: Asked) -> Sent | None:
        told = asked.told
        return Sent(str(told[to][0]), str(told[sender]), told[text]) if text in told else None

    return read


FORMATS: dict[str, Format] = {
    "kavenegar": Format(
        _fields("receptor", "sender", "message"),
        _kavenegar,
        refused=(411, {"return": {"status": 411, "message": "گیرنده نامعتبر"}, "entries": None}),
        unpaid=(418, {"return": {"status": 418, "message": "اعتبار کافی نیست"}, "entries": None}),
        later=(409, {"return": {"status": 409, "message": "سرور قادر نیست"}, "entries": None}),
        arrived="10",
        lost="11",
        report=lambda id, state: {"messageid": id, "status": state},
    ),
    "smsir": Format(
        _listed("mobiles", "lineNumber", "messageText"),
        _smsir,
        refused=(400, {"status": 104, "message": "شماره موبایل نامعتبر است", "data": None}),
        unpaid=(400, {"status": 102, "message": "اعتبار کافی نمی‌باشد", "data": None}),
        later=(429, {"status": 20, "message": "تعداد درخواست بیشتر از حد مجاز", "data": None}),
        arrived="1",
        lost="2",
    ),
    "melipayamak": Format(
        _fields("to", "from", "text"),
        _melipayamak,
        refused=(200, {"Value": "7", "RetStatus": 7, "StrRetStatus": "filtered word"}),
        unpaid=(200, {"Value": "2", "RetStatus": 2, "StrRetStatus": "no credit"}),
        later=(200, {"Value": "6", "RetStatus": 6, "StrRetStatus": "updating"}),
        arrived="1",
        lost="35",
    ),
    "ghasedak": Format(
        _fields("receptor", "linenumber", "message"),
        _ghasedak,
        refused=(200, {"result": {"code": 411, "message": "receptor invalid"}, "items": None}),
        unpaid=(200, {"result": {"code": 418, "message": "credit"}, "items": None}),
        later=(200, {"result": {"code": 409, "message": "server busy"}, "items": None}),
        arrived="1",
        lost="2",
    ),
    "twilio": Format(
        _fields("To", "From", "Body"),
        _twilio,
        refused=(400, {"code": 21211, "message": "The 'To' number is not valid", "status": 400}),
        unpaid=(400, {"code": 30002, "message": "Account suspended", "status": 400}),
        later=(429, {"code": 20429, "message": "Too Many Requests", "status": 429}),
        arrived="delivered",
        lost="undelivered",
        report=lambda id, state: {"MessageSid": id, "MessageStatus": state, "ErrorCode": "30003"},
    ),
    "vonage": Format(
        _fields("to", "from", "text"),
        _vonage,
        refused=(200, {"messages": [{"status": "6", "error-text": "Unroutable message"}]}),
        unpaid=(200, {"messages": [{"status": "9", "error-text": "Partner quota exceeded"}]}),
        later=(200, {"messages": [{"status": "1", "error-text": "Throttled"}]}),
        arrived="delivered",
        lost="failed",
        report=lambda id, state: {"messageId": id, "status": state, "err-code": "1"},
    ),
    "messagebird": Format(
        _listed("recipients", "originator", "body"),
        _messagebird,
        refused=(422, {"errors": [{"code": 9, "description": "no (correct) recipients found"}]}),
        unpaid=(422, {"errors": [{"code": 25, "description": "not enough balance"}]}),
        later=(500, {"errors": [{"code": 98, "description": "Internal error"}]}),
        arrived="delivered",
        lost="delivery_failed",
        report=lambda id, state: {"id": id, "status": state, "recipient": "989123456789"},
    ),
}


@contextmanager
def gateway() -> Iterator[Gateway]:
    """A gateway that runs for a while and speaks every format."""
    box = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._answer(raw)

        def do_GET(self) -> None:
            self._answer(b"")

        def _answer(self, raw: bytes) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, _read(self.path, headers, raw))
            box.heard.append(asked)
            said = box.script.pop(0) if box.script else None
            if said == "cut":
                self.connection.close()
                return
            if said == "hang":
                time.sleep(1.5)
                return
            status, body = said if said is not None else box.answer(asked)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    box.port = server.server_port
    running = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    running.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        running.join()


def _read(path: str, headers: Mapping[str, str], raw: bytes) -> Mapping[str, Any]:
    if "json" in headers.get("content-type", ""):
        told: Mapping[str, Any] = json.loads(raw)
        return told
    asked = {**parse_qs(urlsplit(path).query), **parse_qs(raw.decode())}
    return {name: values[0] for name, values in asked.items()}
