"""The OpenAPI document of version 1: what the operations say, and what all of them share."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pasokh.api.problems import MEDIA_TYPE, TITLES
from pasokh.api.v1 import everything  # noqa: F401  the operations are declared by it
from pasokh.api.v1.base import api

PREFIX = "api/v1/"
_ABOUT = """\
Everything that a colleague does on the desk, a program may do here as far as it was granted.

Send the token in the header `Authorization: Bearer …`, never in an address. Refusals are problems
of RFC 9457 with a stable `code`, in the language of `Accept-Language` (`fa` or `en`). A `POST` with
an `Idempotency-Key` is done once within a day. Steps want the `ETag` of the file that was read in
`If-Match`. How many calls are left of the minute stands in `RateLimit`.
"""
_TAGS = {
    "complaints": "Complaints: filed, listed by what is due next, read.",
    "steps": "What is done to a file: each step of the lifecycle is one operation.",
    "files": "What hangs on a file.",
    "attachments": "Files: sent before what they belong to, fetched one by one.",
    "proofs": "What shows to an outsider that the record was not altered.",
    "lists": "The organisation's own lists, whose ids the bodies name.",
    "figures": "What is counted.",
    "tokens": "Short-lived tokens (OAuth 2 client credentials).",
}
_SECURITY = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of the program, or one of an hour got for it.",
    },
    "oauth": {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "/api/v1/token", "scopes": {}}},
    },
}
_LANGUAGE = {
    "in": "header",
    "name": "Accept-Language",
    "description": "In which language sentences are written.",
    "schema": {"type": "string", "examples": ["fa", "en"]},
}
_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": "Under the same key the same is done once within a day.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
}
_VERSION = {
    "in": "header",
    "name": "If-Match",
    "description": "The ETag of the file as it was read; without it, 428.",
    "schema": {"type": "string"},
}
_ETAG = {"ETag": {"description": "Which version of the file.", "schema": {"type": "string"}}}
_RATE = {
    "RateLimit": {"description": "What is left of the minute.", "schema": {"type": "string"}},
    "RateLimit-Policy": {
        "description": "How many calls a minute are allowed.",
        "schema": {"type": "string"},
    },
}


@cache
def document() -> dict[str, Any]:
    """The document as values."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
    made["info"]["description"] = _ABOUT
    for path, method, operation in operations(made):
        _share(path, method, operation)
    made["paths"]["/api/v1/token"] = {"post": _token()}
    made["tags"] = [{"name": name, "description": said} for name, said in _TAGS.items()]
    made["components"]["securitySchemes"] = _SECURITY
    made["security"] = [{"bearer": []}, {"oauth": []}]
    order = {name: place for place, name in enumerate(_TAGS)}
    paths = sorted(made["paths"].items(), key=lambda one: order[_tag(one[1])])
    made["paths"] = dict(paths)
    made["components"]["schemas"] = dict(sorted(made["components"]["schemas"].items()))
    made.pop("servers", None)
    return made


@cache
def written() -> str:
    """The document as it is served and committed."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def operations(made: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation of a document with its path and method."""
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _tag(methods: Mapping[str, Any]) -> str:
    tag: str = next(iter(methods.values()))["tags"][0]
    return tag


def _share(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add to an operation what it shares with others."""
    parameters = operation["parameters"]
    for one in parameters:
        one["schema"].pop("title", None)
    parameters.append(_LANGUAGE)
    if method == "post" and operation["operationId"] != "upload":
        parameters.append(_KEY)
    if "x-if-match" in operation:
        parameters.append({**_VERSION, "required": operation.pop("x-if-match")})
    for status, told in operation["responses"].items():
        told["headers"] = dict(_RATE)
        if int(status) >= 400:
            told["description"] = str(TITLES[int(status)])
            (schema,) = told["content"].values()
            told["content"] = {MEDIA_TYPE: schema}
        elif operation.get("x-steps") or operation["operationId"] == "read_complaint":
            told["headers"] |= _ETAG
    if operation.pop("x-bytes", False):
        schema = {"type": "string", "format": "binary"}
        operation["responses"]["200"]["content"] = {"application/octet-stream": {"schema": schema}}


def _token() -> dict[str, Any]:
    text = {"type": "string"}
    form = {
        "type": "object",
        "properties": {
            "grant_type": {"type": "string", "enum": ["client_credentials"]},
            "client_id": {**text, "description": "As in client-12."},
            "client_secret": {**text, "description": "A token of the program."},
            "scope": {**text, "description": "Rights, apart by spaces; without it, all."},
        },
        "required": ["grant_type"],
    }
    given = {"access_token": text, "token_type": text, "scope": text}
    told = {
        "type": "object",
        "properties": {**given, "expires_in": {"type": "integer"}},
        "required": ["access_token", "token_type", "expires_in", "scope"],
    }
    wrong = {
        "type": "object",
        "properties": {"error": text, "error_description": text},
        "required": ["error", "error_description"],
    }

    def json_of(schema: dict[str, Any], description: str) -> dict[str, Any]:
        return {"description": description, "content": {"application/json": {"schema": schema}}}

    return {
        "operationId": "get_token",
        "summary": "Get a token of an hour for client id and secret (RFC 6749, 4.4).",
        "tags": ["tokens"],
        "security": [],
        "parameters": [],
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": form}},
        },
        "responses": {
            "200": json_of(told, "The token."),
            "400": json_of(wrong, "What is wrong with the request."),
            "401": json_of(wrong, "Client id and secret do not belong together."),
        },
    }
