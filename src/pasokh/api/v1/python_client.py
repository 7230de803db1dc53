"""The Python client, written from the OpenAPI document: nothing in it is typed by hand.

`python -m pasokh.api.v1.draw` writes it beside the document; a test compares both.
"""

import keyword
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pasokh.api.v1.python_client_frame import FRAME, HEAD

Schema = Mapping[str, Any]
_PLAIN = {"string": "str", "integer": "int", "boolean": "bool", "number": "float", "null": "None"}
#: Parameters that the client sends itself, or under another name.
_HEADERS = {"If-Match": "seen", "Idempotency-Key": "key"}


def written(document: Schema) -> str:
    """The source of the client for a document."""
    shapes = document["components"]["schemas"]
    lines = [HEAD, *_shapes(shapes), FRAME]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if operation["operationId"] not in ("get_token", "upload"):
                lines += _method(path, method, operation, shapes)
    return "\n".join(lines) + "\n"


def _shapes(shapes: Schema) -> Iterator[str]:
    for name, shape in shapes.items():
        required = set(shape.get("required", ()))
        yield f"class {name}(TypedDict):"
        yield f"    {_quoted(shape.get('description', name))}"
        yield ""
        for field, inner in shape["properties"].items():
            kind = _kind(inner)
            yield f"    {field}: {kind if field in required else f'NotRequired[{kind}]'}"
        yield "\n"


def _kind(schema: Schema) -> str:
    """What Python calls a kind of value."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if several := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(dict.fromkeys(_kind(one) for one in several))
    if "enum" in schema or "const" in schema:
        codes = schema.get("enum") or [schema["const"]]
        return f"Literal[{', '.join(_quoted_code(code) for code in codes)}]"
    match schema.get("type"):
        case "array":
            return f"list[{_kind(schema.get('items', {}))}]"
        case "object":
            inner = schema.get("additionalProperties")
            return f"dict[str, {_kind(inner) if isinstance(inner, Mapping) else 'Any'}]"
        case kind:
            return _PLAIN.get(str(kind), "Any")


def _method(path: str, method: str, operation: Schema, shapes: Schema) -> Iterator[str]:
    """A method of the client for one operation."""
    parts = [one for one in operation["parameters"] if one["in"] == "path"]
    query = [one for one in operation["parameters"] if one["in"] == "query"]
    headers = [one["name"] for one in operation["parameters"] if one["in"] == "header"]
    fields = _fields(operation, shapes)
    given = [f"{_safe(one['name'])}: {_kind(one['schema'])}" for one in parts]
    named = [f"{_safe(name)}: {_argument(kind, must)}" for name, kind, must in fields]
    named += [f"{one['name']}: {_argument(_kind(one['schema']), False)}" for one in query]
    named += [f"{_HEADERS[name]}: str | None = None" for name in headers if name in _HEADERS]
    arguments = ", ".join(["self", *given, *(["*"] if named else []), *named])
    yield f"    def {operation['operationId']}({arguments}) -> {_answer(operation)}:"
    yield f"        {_quoted(operation['summary'])}"
    url = path.replace("/api/v1/", "")
    for one in parts:
        url = url.replace(f"{{{one['name']}}}", f"{{_part({_safe(one['name'])})}}")
    told = [f'"{method.upper()}"', f'{"f" if parts else ""}"{url}"']
    if fields:
        sent = ", ".join(f'"{name}": {_safe(name)}' for name, _kind, must in fields if must)
        maybe = ", ".join(f'"{name}": {_safe(name)}' for name, _kind, must in fields if not must)
        told.append(
            f"body={{{', '.join(part for part in (sent, f'**_told({{{maybe}}})') if part)}}}"
        )
    if query:
        told.append(f"query=_told({{{', '.join(_pair(one['name']) for one in query)}}})")
    for name in headers:
        if name in _HEADERS:
            told.append(f"{_HEADERS[name]}={_HEADERS[name]}")
    kind = _answer(operation)
    if kind == "bytes":
        yield f"        return self._send({', '.join(told)}, None, {{}})"
    else:
        yield f"        return cast({kind!r}, self._call({', '.join(told)}))"
    yield ""


def _fields(operation: Schema, shapes: Schema) -> Sequence[tuple[str, str, bool]]:
    """The fields of an operation's body: name, kind, and whether it must be sent."""
    content = operation.get("requestBody", {}).get("content", {})
    for told in content.values():
        shape = shapes[_kind(told["schema"])]
        required = set(shape.get("required", ()))
        found = [(name, _kind(one), name in required) for name, one in shape["properties"].items()]
        return sorted(found, key=lambda one: not one[2])
    return ()


def _answer(operation: Schema) -> str:
    good = [told for status, told in operation["responses"].items() if int(status) < 300]
    (content,) = good[0]["content"].values()
    binary = content["schema"].get("format") == "binary"
    return "bytes" if binary else _kind(content["schema"])


def _argument(kind: str, must: bool) -> str:
    if must:
        return kind
    return f"{kind} = None" if kind.endswith("None") else f"{kind} | None = None"


def _pair(name: str) -> str:
    return f'"{name}": {name}'


def _safe(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) or name in ("self", "key", "seen") else name


def _quoted(text: str) -> str:
    words = " ".join(text.split()).replace("\\", "\\\\").replace('"""', "'''")
    return f'"""{words}"""'


def _quoted_code(code: object) -> str:
    return f'"{code}"' if isinstance(code, str) else str(code)
