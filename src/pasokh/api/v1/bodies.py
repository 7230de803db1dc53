"""The body of an operation, made from the verb that it calls: no field is written twice.

Each keyword of the verb becomes a field of its kind; frozen values of the domain become objects.
"""

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from inspect import Parameter, signature
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, Field, create_model

from pasokh.api.v1 import known
from pasokh.api.v1.values import (
    LARGEST,
    Day,
    Id,
    Moment,
    Said,
    Truth,
    Whole,
    Words,
    between,
    one_of,
)
from pasokh.api.v1.words import FIELDS

#: What every verb is given by the door and nobody sends.
_GIVEN = ("ref", "page", "by", "at")
#: What a field of a name holds, where its type alone does not tell.
_BY_NAME: Mapping[str, Any] = {
    "staff": known.Colleague,
    "owner": known.Colleague,
    "cause": known.Cause,
    "category": known.Category,
    "body": known.OutsideBody,
    "channel": known.Channel,
    "currency": known.Currency,
    "clock": known.Clock,
    "promise.kind": known.Remedy,
    "hold.category": known.Hold,
    "extend.amount": between(1, 1000),
    "promise.amount": between(0, LARGEST),
    **dict.fromkeys(("severity", "impact", "handling", "rate.outcome"), between(1, 5)),
    "complexity": between(1, 3),
    "override": between(1, 4),
    **dict.fromkeys(
        ("issue", "letter", "remedy", "referral", "inquiry", "contact", "person", "point"), Id
    ),
}
_BY_TYPE: Mapping[Any, Any] = {
    str: Words,
    int: Whole,
    bool: Truth,
    date: Day,
    datetime: Moment,
}
#: Times that are now unless they are told.
NOW = frozenset({"happened_at", "accepted_at"})
#: The most lines of a list.
MOST = 100


def body_of(name: str, verb: Callable[..., Any], optional: Mapping[str, Any]) -> Any:
    """The body of an operation that calls a verb, or None where the verb asks for nothing."""
    hints = get_type_hints(verb, include_extras=True)
    told: dict[str, Any] = {
        one.name: _field(name, one.name, hints[one.name], optional.get(one.name, one.default))
        for one in signature(verb).parameters.values()
        if one.name not in _GIVEN
    }
    if not told:
        return None
    return create_model(_called(name), __base__=Said, __doc__=FIELDS.get(name, name), **told)


def said(body: BaseModel | None, at: datetime) -> dict[str, Any]:
    """What a body says, as the verb takes it; a time that was not told is now."""
    if body is None:
        return {}
    told: dict[str, Any] = {name: made(getattr(body, name), at) for name in type(body).model_fields}
    return {name: at if name in NOW and value is None else value for name, value in told.items()}


def made(value: Any, at: datetime) -> Any:
    """A value as the domain knows it."""
    if isinstance(value, list | tuple):
        return [made(one, at) for one in value]
    if isinstance(value, BaseModel) and (kind := _MADE.get(type(value))):
        return kind(**said(value, at))
    return value


_MADE: dict[type, Callable[..., Any]] = {}


def _called(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_")) + "Body"


def _field(owner: str, name: str, hint: Any, default: Any) -> tuple[Any, Any]:
    kind = _kind(owner, name, hint)
    told: dict[str, Any] = {"description": FIELDS.get(f"{owner}.{name}") or FIELDS.get(name, "")}
    if name in NOW:
        return kind | None, Field(default=None, **told)
    if default is Parameter.empty or default is MISSING:
        return kind, Field(**told)
    return kind, Field(default=default, **told)


def _kind(owner: str, name: str, hint: Any) -> Any:
    """What a field holds: by its own name, by its name, by its type, or by its parts."""
    parts = [part for part in get_args(hint) if part is not type(None)]
    if get_origin(hint) in (Union, types.UnionType) and len(parts) == 1:
        return _kind(owner, name, parts[0]) | None
    if get_origin(hint) is Sequence:
        return Annotated[list[_kind(owner, name, parts[0])], Field(max_length=MOST)]  # type: ignore[misc]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return one_of(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _model(hint)
    if isinstance(hint, type) and hint in _BY_TYPE:
        return _BY_NAME.get(f"{owner}.{name}") or _BY_NAME.get(name) or _BY_TYPE[hint]
    return hint


@cache
def _model(kind: Any) -> Any:
    """The object that stands for a frozen value of the domain."""
    owner, hints = kind.__name__.lower(), get_type_hints(kind)
    told: dict[str, Any] = {
        one.name: _field(owner, one.name, hints[one.name], one.default) for one in fields(kind)
    }
    model = create_model(kind.__name__, __base__=Said, __doc__=FIELDS.get(owner, owner), **told)
    _MADE[model] = kind
    return model
