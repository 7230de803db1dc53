"""Answers of GeoReport are valid by the schemas that its community publishes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from tests.api.conftest import program, stands
from tests.api.open311.conftest import App, app, kinds

__all__ = ["app", "kinds", "program", "stands"]


@pytest.fixture(scope="session")
def schemas(corpus: Path) -> dict[str, Any]:
    """Each schema by its name, with what it refers to inside."""
    folder = corpus / "api" / "open311"
    read = {path.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    swagger = read.pop("swagger.json")
    for name in ("services.json", "requests.json"):
        read[name]["items"] = read[read[name]["items"]["$ref"]]
    named = swagger["definitions"]
    return read | {name: {"$ref": f"#/definitions/{name}", "definitions": named} for name in named}


def valid(schema: dict[str, Any], told: Any) -> bool:
    return bool(jsonschema_rs.Draft4Validator(schema).is_valid(told))


def test_every_answer_is_valid(app: Callable[..., App], schemas: dict[str, Any]) -> None:
    own = app()
    services = own.get("v2/services.json", "").json()
    assert valid(schemas["services.json"], services)
    assert services
    for one in services:
        assert valid(schemas["Service"], one)
        told = own.get(f"v2/services/{one['service_code']}.json", "").json()
        assert valid(schemas["service-definition.json"], told)
        assert valid(schemas["ServiceDefinition"], told)

    form = {"service_code": "fridge", "description": "x", "client_reference": "a"}
    filed = own.post({**form, "lat": "37.762221815", "long": "-122.4651145"}).json()
    assert [valid(schemas["RequestResponse"], one) for one in filed] == [True]

    (ref,) = [one["service_request_id"] for one in filed]
    for path in ("requests", f"requests/{ref}"):
        told = own.get(f"v2/{path}.json").json()
        assert valid(schemas["requests.json"], told)
        assert [valid(schemas["Request"], one) for one in told] == [True]
    assert [valid(schemas["TokenResponse"], one) for one in own.get("v2/tokens/a.json").json()] == [
        True
    ]


def test_the_schemas_refuse_what_is_not_valid(schemas: dict[str, Any]) -> None:
    assert not valid(schemas["requests.json"], [{"service_request_id": 1}])
    assert not valid(schemas["services.json"], [{"service_code": "a"}])
    assert not valid(schemas["service-definition.json"], {"service_code": "a"})


def test_the_examples_of_the_standard_are_written_as_it_has_them(
    corpus: Path, app: Callable[..., App]
) -> None:
    """Each address of the document leads somewhere, and XML has the elements of its examples."""
    swagger = json.loads((corpus / "api" / "open311" / "swagger.json").read_text("utf-8"))
    own = app()
    ref = own.file(client_reference="a")
    named = {
        "response_format": "xml",
        "service_request_id": ref,
        "service_code": "fridge",
        "token_id": "a",
    }
    roots = {}
    for path in swagger["paths"]:
        answer = own.get(f"v2{path.format(**named)}")
        assert answer.status_code == 200, path
        roots[path.partition(".")[0]] = answer.content.decode().partition("\n")[2].split(">")[0]
    assert roots == {
        "/requests": "<service_requests",
        "/request/{service_request_id}": "<service_requests",
        "/services": "<services",
        "/services/{service_code}": "<service_definition",
        "/tokens/{token_id}": "<service_requests",
    }
