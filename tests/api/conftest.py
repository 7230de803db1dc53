"""The shop of the casework tests with programs that speak to it."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.casework.conftest import HOUR, START, acts, file, shop, terms

from pasokh.directory.clients import actions as clients
from pasokh.directory.clients.terms import GRANTABLE
from pasokh.directory.organisation.roles import Role, rights_of
from pasokh.kernel import clock
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.fields import Bilingual
from pasokh.policy.taxonomy.models import Term

__all__ = ["acts", "file", "shop", "terms"]

NOW = START + 2 * HOUR
#: The administrator, who sets programs up.
ADMINISTRATOR = Actor(Kind.STAFF, "1", dict.fromkeys(rights_of(Role.ADMINISTRATOR)))


@pytest.fixture(autouse=True)
def stands() -> Iterator[Callable[[datetime], None]]:
    """The time is what a test says."""
    clock.inject(lambda: NOW)
    yield lambda at: clock.inject(lambda: at)
    clock.inject(None)


@pytest.fixture
def channels(db: None) -> None:
    """The ways by which complaints come."""
    for position, (code, fa, en) in enumerate(
        [("phone", "تلفن", "Telephone"), ("api", "برنامه", "A program"), ("web", "وب", "Web")]
    ):
        Term.objects.create(kind="channel", code=code, name={"fa": fa, "en": en}, position=position)


class Program:
    """A program outside that holds a token: it calls, and gives back what it was answered."""

    def __init__(self, client_id: int, token: str) -> None:
        self.id, self.token = client_id, token
        self.http = Client(raise_request_exception=True)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Call an address under `/api/v1/`; `key="…"` is sent as Idempotency-Key, and so on."""
        names = {"key": "Idempotency-Key", "seen": "If-Match", "language": "Accept-Language"}
        sent = {names.get(name, name): value for name, value in headers.items()}
        sent.setdefault("Authorization", f"Bearer {self.token}")
        sent.setdefault("Accept-Language", "en")
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body)
        return self.http.generic(
            method, f"/api/v1/{path}", data, content_type="application/json", headers=sent
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)


@pytest.fixture
def program(shop: SimpleNamespace, channels: None) -> Callable[..., Program]:
    """A program with the rights named (all, if none is) in a unit by its code, or everywhere."""

    def made(*rights: str, unit: str = "", per_minute: int = 600) -> Program:
        client = clients.add_client(
            name=Bilingual("فروشگاه", "Shop"),
            grants=rights or tuple(GRANTABLE),
            unit_id=shop.units[unit].pk if unit else None,
            per_minute=per_minute,
            by=shop.zahra,
            at=NOW,
        )
        return Program(client.pk, clients.give_token(client.pk, by=shop.zahra, at=NOW))

    return made


def client_module() -> Any:
    """The client that is written from the document, as who downloads it has it."""
    path = Path(__file__).parents[2] / "clients" / "python" / "pasokh_client.py"
    spec = spec_from_file_location("pasokh_client", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
