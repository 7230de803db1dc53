"""What of the Python client does not depend on the document."""

HEAD = '''\
"""A client for the programs' interface of Pasokh. Written from its OpenAPI document: do not edit.

Needs Python 3.11 and nothing else.

    pasokh = Pasokh("https://complaints.example", token="psk_…")
    filed = pasokh.file_complaint(narrative="It came broken.", language="en")
    file = pasokh.read_complaint(filed["reference"])
    pasokh.hold(file["reference"], category="expert", reason="It is tested.", seen=etag(file))
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Literal, NotRequired, TypedDict, cast
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

Sent = tuple[int, Mapping[str, str], bytes]
Send = Callable[[Request], Sent]

'''

FRAME = '''\
class Refusal(Exception):
    """What was refused: `code` is stable, `detail` is for people, `errors` say where."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem.get('code')}: {problem.get('detail')}")
        self.status: int = problem.get("status", 0)
        self.code: str = problem.get("code", "")
        self.detail: str = problem.get("detail", "")
        self.errors: list[dict[str, str]] = problem.get("errors", [])
        self.now: dict[str, Any] = problem.get("now", {})


def etag(seen: Mapping[str, Any]) -> str:
    """Which version of a file was seen: what steps want as `seen`."""
    return f'"{seen["reference"]}.{seen["version"]}"'


def over_http(request: Request, seconds: float = 30) -> Sent:
    """Send a request and give back status, headers and bytes, whatever the status."""
    try:
        with urlopen(request, timeout=seconds) as answer:
            return answer.status, dict(answer.headers.items()), answer.read()
    except HTTPError as error:
        return error.code, dict(error.headers.items()), error.read()


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _asked(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _part(value: object) -> str:
    return quote(str(value), safe="")


class Pasokh:
    """One installation, as one program sees it. Refusals are raised as `Refusal`."""

    def __init__(
        self, address: str, token: str, *, language: str = "en", send: Send = over_http
    ) -> None:
        self.address, self.token = address.rstrip("/"), token
        self.language, self.send = language, send

    def upload(self, name: str, content: bytes) -> Upload:
        """Send a file, to be named as an attachment within a day."""
        mark = uuid.uuid4().hex
        called = "".join("_" if one in '"\\r\\n' else one for one in name)
        said = f'form-data; name="file"; filename="{called}"'
        body = f"--{mark}\\r\\nContent-Disposition: {said}".encode()
        body += b"\\r\\nContent-Type: application/octet-stream\\r\\n\\r\\n"
        body += content + f"\\r\\n--{mark}--\\r\\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        answer = self._send("POST", "uploads", body, {"Content-Type": kind})
        return cast("Upload", json.loads(answer))

    def _call(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        seen: str | None = None,
        key: str | None = None,
    ) -> Any:
        headers = {"If-Match": seen} if seen else {}
        if method == "POST":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        told = None if body is None else json.dumps(body).encode()
        if told is not None:
            headers["Content-Type"] = "application/json"
        asked = {name: _asked(one) for name, one in (query or {}).items()}
        address = f"{path}?{urlencode(asked)}" if asked else path
        return json.loads(self._send(method, address, told, headers))

    def _send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> bytes:
        request = Request(f"{self.address}/api/v1/{path}", data=body, method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Accept-Language", self.language)
        for name, value in headers.items():
            request.add_header(name, value)
        status, _headers, answer = self.send(request)
        if status >= 300:
            raise Refusal(json.loads(answer))
        return answer
'''
