"""The page on which people read about the interface and try it: drawn from the document itself.

What the document says in English is said in the reader's language; `bin/words` gathers it there.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pasokh.directory.organisation import queries as organisation

#: The parts of the page; what stands in them is the document's.
PARTS: Mapping[str, str | Promise] = {
    "complaints": _("Complaints"),
    "steps": _("Steps: what is done to a file"),
    "files": _("What hangs on a file"),
    "attachments": _("Attachments"),
    "proofs": _("Proofs from the record"),
    "lists": _("The organisation's lists"),
    "figures": _("Figures"),
}
#: The addresses of GeoReport below its own.
GEOREPORT: tuple[tuple[str, str | Promise], ...] = (
    ("GET services.json", _("What can be complained of")),
    ("GET services/{service_code}.json", _("What is asked beside")),
    ("POST requests.json", _("File a request, as a form")),
    ("GET requests.json", _("What the app filed: at most 90 days, with filters")),
    ("GET requests/{service_request_id}.json", _("How one request stands")),
    ("GET tokens/{client_reference}.json", _("The reference of an id of the app's own")),
)

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A parameter or a field of a body."""

    name: str
    kind: str
    needed: bool
    about: str | Promise
    place: str = "body"


@dataclass(frozen=True)
class Operation:
    """One operation as the page shows it; `example` is a body that could be sent."""

    name: str
    method: str
    path: str
    summary: str | Promise
    about: str | Promise
    right: str
    fields: tuple[Field, ...]
    example: str
    versioned: bool

    @property
    def parameters(self) -> list[Field]:
        """What is filled into the address."""
        return [one for one in self.fields if one.place != "body"]

    @property
    def sends_file(self) -> bool:
        """Whether a file is sent, which a form of plain text cannot."""
        return self.name == "upload"


def index(request: HttpRequest) -> HttpResponse:
    """Show every operation with a place to try it."""
    described = organisation.organisation()
    known: dict[str, Any] = {
        "parts": _parts(),
        "address": request.build_absolute_uri("/api/v1/"),
        "georeport": GEOREPORT,
        "open311": request.build_absolute_uri("/open311/v2/"),
    }
    if described:
        known["site"] = str(described.name)
    return render(request, "api/index.html", known)


@cache
def _parts() -> list[tuple[str, str | Promise, list[Operation]]]:
    from pasokh.api.v1.document import document, operations  # noqa: PLC0415  slow import

    made = document()
    shown: dict[str, list[Operation]] = {name: [] for name in PARTS}
    for path, method, one in operations(made):
        if one["tags"][0] in shown:
            shown[one["tags"][0]].append(_operation(path, method, one, made))
    return [(name, PARTS[name], found) for name, found in shown.items()]


def _operation(path: str, method: str, one: Schema, made: Schema) -> Operation:
    shape = _body(one, made)
    parameters = [
        Field(
            told["name"],
            _kind(told["schema"]),
            told.get("required", False),
            _said(told, "description"),
            told["in"],
        )
        for told in one["parameters"]
        if told["in"] in ("path", "query")
    ]
    headers = [told["name"] for told in one["parameters"] if told["in"] == "header"]
    return Operation(
        one["operationId"],
        method.upper(),
        path,
        _said(one, "summary"),
        _said(one, "description"),
        one["x-right"],
        (*parameters, *_fields(shape)),
        json.dumps(_example(shape, made), ensure_ascii=False, indent=2) if shape else "",
        "If-Match" in headers,
    )


def _said(one: Schema, kind: str) -> str | Promise:
    """What the document says of something, in the language of whoever reads the page."""
    text = one.get(kind, "")
    return _(text) if text else ""


def _body(one: Schema, made: Schema) -> Schema:
    content = one.get("requestBody", {}).get("content", {}).get("application/json", {})
    return _resolved(content.get("schema", {}), made)


def _resolved(schema: Schema, made: Schema) -> Schema:
    if "$ref" in schema:
        found: Schema = made["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _fields(shape: Schema) -> Iterator[Field]:
    needed = shape.get("required", ())
    for name, inner in shape.get("properties", {}).items():
        yield Field(name, _kind(inner), name in needed, _said(inner, "description"))


def _kind(schema: Schema) -> str:
    """A kind of value in a word or two."""
    if several := schema.get("anyOf"):
        return " | ".join(_kind(one) for one in several)
    if "enum" in schema:
        return " | ".join(f'"{one}"' for one in schema["enum"])
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type", "any"))


#: What stands in an example where only the kind of a value is known.
_EXAMPLES = {
    "string": "…",
    "integer": 1,
    "boolean": False,
    "date": "2026-05-04",
    "date-time": "2026-05-04T09:30:00Z",
}


def _example(schema: Schema, made: Schema) -> Any:
    """A value that could be sent: what is needed, and nothing else."""
    schema = _resolved(schema, made)
    if several := schema.get("anyOf"):
        return _example(several[0], made)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array":
        return [_example(schema.get("items", {}), made)]
    if "properties" in schema:
        needed = schema.get("required", ())
        return {name: _example(schema["properties"][name], made) for name in needed}
    return _EXAMPLES.get(schema.get("format", ""), _EXAMPLES.get(schema.get("type", ""), {}))
