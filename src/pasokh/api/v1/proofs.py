"""What shows to an outsider that the record was not altered: receipts and inclusion proofs."""

from typing import Any

import orjson
from django.http import HttpRequest

from pasokh.api.calls import called
from pasokh.api.v1 import seen
from pasokh.api.v1.base import operation
from pasokh.api.v1.values import Told
from pasokh.casework.complaints.queries import proofs
from pasokh.kernel.clock import now


class Proof(Told):
    """One entry of a file's chain with what proves it; `receipt` is checked by `verify.py`."""

    number: int
    event: str
    receipt: dict[str, Any]


@operation(
    "GET",
    "complaints/{ref}/receipt",
    {200: dict[str, Any]},
    name="read_receipt",
    tag="proofs",
    right="complaint.read",
)
def read_receipt(request: HttpRequest, ref: seen.Ref) -> dict[str, Any]:
    """The receipt of the filing, in one of its two ages: a promise, or a proof of inclusion."""
    call = called(request)
    (first,) = proofs.of(call.actor, seen.ref(ref), number=1, at=now())
    told: dict[str, Any] = orjson.loads(first.receipt)
    return told


@operation(
    "GET",
    "complaints/{ref}/proofs",
    {200: list[Proof]},
    name="list_proofs",
    tag="proofs",
    right="complaint.read",
)
def list_proofs(request: HttpRequest, ref: seen.Ref) -> list[Proof]:
    """Every entry of a file with its proof, oldest first: what an exported bundle holds."""
    call = called(request)
    return [
        Proof(number=one.number, event=one.event, receipt=orjson.loads(one.receipt))
        for one in proofs.of(call.actor, seen.ref(ref), at=now())
    ]
