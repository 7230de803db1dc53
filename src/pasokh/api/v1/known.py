"""Ids and codes of the organisation's own lists, taken only when they are in use."""

from collections.abc import Callable, Container
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from pasokh.api.v1.errors import UNKNOWN
from pasokh.api.v1.values import Id
from pasokh.casework.complaints.labels import FIELDS
from pasokh.casework.deadlines.labels import CLOCKS, HOLDS
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.clock import now
from pasokh.kernel.money import currencies
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind


def _among(known: Callable[[], Container[Any]]) -> AfterValidator:
    def check(value: Any) -> Any:
        if value not in known():
            raise PydanticCustomError(UNKNOWN, "not among those known here")
        return value

    return AfterValidator(check)


def _terms(kind: Kind) -> Callable[[], Container[int]]:
    return lambda: {one.id for one in taxonomy.terms(kind)}


def units() -> list[Any]:
    """The units in use."""
    return [one for one in organisation.units() if one.retired_at is None]


def _code(known: Callable[[], Container[str]]) -> Any:
    return Annotated[str, Field(max_length=40), _among(known)]


Colleague = Annotated[Id, _among(lambda: {one.id for one in organisation.colleagues(now())})]
Unit = Annotated[Id, _among(lambda: {one.pk for one in units()})]
Category = Annotated[Id, _among(_terms(Kind.CATEGORY))]
Cause = Annotated[Id, _among(_terms(Kind.CAUSE))]
Remedy = Annotated[Id, _among(_terms(Kind.REMEDY))]
Product = Annotated[Id, _among(_terms(Kind.PRODUCT))]
OutsideBody = Annotated[Id, _among(lambda: {one.pk for one in taxonomy.outside_bodies()})]
Channel = _code(lambda: {one.code for one in taxonomy.terms(Kind.CHANNEL)})
Currency = _code(lambda: {"", *currencies()})
#: Lists that the product itself has.
Hold: Any = Literal[tuple(str(one) for one in HOLDS)]
Clock: Any = Literal[tuple(CLOCKS)]
Fact: Any = Literal[tuple(FIELDS)]
