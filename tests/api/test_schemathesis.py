"""A stranger's tool reads the document and tries what it can think of, right and wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import hypothesis
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from schemathesis import GenerationMode
from tests.api.test_calls import FILING, Made

#: Tries for each operation, right ones and wrong ones each.
TRIES = 2
#: Where values are right one by one and do not fit together, or the file, that is no fault.
RIGHT = ["2xx", "401", "403", "404", "409", "412", "422", "428"]
CONFIG = {
    "checks": {
        "positive_data_acceptance": {"expected-statuses": RIGHT},
        "negative_data_rejection": {"expected-statuses": ["4xx"]},
        "missing_required_header": {"expected-statuses": ["4xx"]},
    }
}


@contextmanager
def one_session() -> Iterator[None]:
    """Keep the session of the test, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_it_finds_nothing(program: Made, shop: SimpleNamespace, terms: SimpleNamespace) -> None:
    own = program(per_minute=100_000)
    ref = own.post("complaints", FILING).json()["reference"]
    config = schemathesis.Config.from_dict(CONFIG)
    found: list[str] = []
    with one_session():
        app = get_wsgi_application()
        document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=config)
        for operation in document.get_all_operations():
            for mode in GenerationMode:
                found += faults(operation.ok(), mode, own.token, ref)

    assert found == []


def faults(operation: Any, mode: GenerationMode, token: str, ref: str) -> list[str]:
    """What the tool finds wrong with an operation, with right or with wrong values."""
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}

    @hypothesis.settings(
        max_examples=TRIES,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def tries(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and "ref" in (case.path_parameters or {}):
            case.path_parameters["ref"] = ref
        case.call_and_validate(headers=headers)

    try:
        tries()
    except BaseExceptionGroup as several:
        return [f"{operation.label} {mode}: {one}" for one in several.exceptions]
    except Exception as one:  # noqa: BLE001  whatever it says is what was found
        return [f"{operation.label} {mode}: {one}"]
    return []
