"""A civic app that holds a key, and the lists that it offers."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.api.conftest import Program, acts, channels, file, program, shop, stands, terms
from tests.casework.conftest import both

from pasokh.api.oauth import FORM
from pasokh.policy.taxonomy.models import Term

__all__ = ["acts", "channels", "file", "program", "shop", "stands", "terms"]


class App:
    """A program outside that speaks GeoReport; `key` is sent as it says, or not at all."""

    def __init__(self, program: Program) -> None:
        self.id, self.key, self.http = program.id, program.token, Client()

    def get(self, path: str, key: str | None = None, **asked: Any) -> Any:
        told = {"api_key": self.key if key is None else key, **asked}
        sent = urlencode({name: said for name, said in told.items() if said != ""})
        return self.http.get(f"/open311/{path}?{sent}", headers={"Accept-Language": "en"})

    def post(self, form: dict[str, Any] | bytes, kind: str = "json", **headers: str) -> Any:
        """File a request; a form without a key gets this app's own."""
        told = form if isinstance(form, bytes) else urlencode({"api_key": self.key, **form}, True)
        sent = {
            "Accept-Language": "en",
            **{name.replace("_", "-"): headers[name] for name in headers},
        }
        return self.http.post(f"/open311/v2/requests.{kind}", told, content_type=FORM, headers=sent)

    def file(self, **told: Any) -> str:
        """File a request and return its reference."""
        answer = self.post({"service_code": "fridge", "description": "It is broken.", **told})
        assert answer.status_code == 200, answer.content
        ref: str = answer.json()[0]["service_request_id"]
        return ref


@pytest.fixture
def kinds(db: None) -> SimpleNamespace:
    """A list of two levels: a group with a kind in it, a kind by itself, and one retired."""
    house = Term.objects.create(kind="category", code="house", name=both("House"), position=1)
    fridge = Term.objects.create(
        kind="category", code="fridge", name=both("Fridge"), parent=house, position=1
    )
    late = Term.objects.create(kind="category", code="late", name=both("Late"), position=2)
    return SimpleNamespace(house=house, fridge=fridge, late=late)


@pytest.fixture
def app(program: Callable[..., Program], kinds: SimpleNamespace) -> Callable[..., App]:
    """An app that may take complaints in, and nothing else, in a unit by its code."""

    def made(*rights: str, **more: Any) -> App:
        return App(program(*(rights or ("complaint.receive",)), **more))

    return made


def count(statements: Callable[[], Any]) -> int:
    """How many statements something takes."""
    with CaptureQueriesContext(connection) as seen:
        statements()
    return len(seen)
