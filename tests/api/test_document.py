"""The document and the client are what was committed, and say everything."""

from typing import Any

import pytest

from pasokh.api.v1 import document, draw
from pasokh.api.v1.values import Said, Told
from pasokh.api.v1.verbs import VERBS
from pasokh.casework.complaints.lifecycle import Step
from pasokh.directory.clients.terms import GRANTABLE

OPERATIONS = [one for _path, _method, one in document.operations(document.document())]


@pytest.mark.parametrize("path", draw.drawn(), ids=lambda path: path.name)
def test_what_is_committed_is_what_is_drawn(path: Any) -> None:
    drawn = draw.drawn()[path]

    assert path.read_text("utf-8") == drawn, "python -m pasokh.api.v1.draw"


def test_every_step_can_be_taken_by_a_program() -> None:
    taken = {step for verb in VERBS for step in verb.steps} | {Step.RECEIVE}

    assert sorted(taken) == sorted(step for step in Step if f"complaint.{step}" in GRANTABLE)
    assert sorted(set(Step) - taken) == [Step.APPROVE, Step.RECORD_HISTORY]
    assert len({verb.name for verb in VERBS}) == len(VERBS)


def test_every_operation_has_a_name_of_its_own_and_says_what_it_needs() -> None:
    names = [one["operationId"] for one in OPERATIONS]

    assert len(set(names)) == len(names)
    for one in OPERATIONS:
        assert one["summary"].endswith("."), one["operationId"]
        assert one["tags"]
    silent = [one["operationId"] for one in OPERATIONS if "x-right" not in one]
    assert silent == ["get_token"]


def _all(kind: type) -> list[type]:
    return [kind, *(inner for below in kind.__subclasses__() for inner in _all(below))]


def test_no_two_shapes_have_one_name() -> None:
    names = [one.__name__ for root in (Said, Told) for one in _all(root)]

    assert sorted(names) == sorted(set(names))


def test_every_body_says_what_each_field_is_for() -> None:
    shapes = document.document()["components"]["schemas"]
    bodies = {name: shape for name, shape in shapes.items() if name.endswith("Body")}

    assert len(bodies) > 35
    for name, shape in bodies.items():
        assert shape["additionalProperties"] is False, name
        assert shape["description"], name
        for field, told in shape["properties"].items():
            assert told["description"], f"{name}.{field}"
