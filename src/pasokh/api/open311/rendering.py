"""The two forms of GeoReport: the same values as JSON and as XML. Nothing here reads XML."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import orjson
from django.http import HttpResponse

KINDS = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
#: What one of several is called in XML.
_ONE_OF = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def form_of(path: str) -> tuple[str, str]:
    """The address without its suffix, and the form that the suffix asks for; XML without one."""
    rest, _dot, suffix = path.rpartition(".")
    return (rest, suffix) if suffix in KINDS else (path, "xml")


def answer(
    form: str,
    root: str,
    told: Any,
    *,
    status: int = 200,
    headers: Iterable[tuple[str, str]] = (),
) -> HttpResponse:
    """Values in one of the forms; in XML they stand in an element called `root`."""
    content = orjson.dumps(told) if form == "json" else written(root, told).encode()
    return HttpResponse(content, status=status, content_type=KINDS[form], headers=dict(headers))


def written(root: str, told: Any) -> str:
    """Values as an XML document; signs that XML cannot hold are replaced."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_element(root, told)}\n'


def _element(name: str, told: Any) -> str:
    if isinstance(told, Mapping):
        inner = "".join(_element(each, value) for each, value in told.items())
    elif isinstance(told, list | tuple):
        inner = "".join(_element(_ONE_OF[name], value) for value in told)
    else:
        inner = _text(told)
    return f"<{name}>{inner}</{name}>"


def _text(told: Any) -> str:
    plain = str(told).lower() if isinstance(told, bool) else str(told)
    return escape(_NOT_XML.sub("\ufffd", plain)).replace("\r", "&#13;")
