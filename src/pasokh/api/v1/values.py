"""The kinds of values that programs send: strict where being lax would guess."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from pasokh.kernel.fields import Bilingual

#: The longest text and the largest number that the tables hold.
LONGEST, LARGEST = 100_000, 2**63 - 1
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})")
#: Years within which a day can be shown in every calendar.
_YEARS = range(1900, 2101)


def _storable(text: str) -> str:
    if "\0" in text:
        raise PydanticCustomError("not_storable", "NUL")
    return text


def _number(value: Any) -> Any:
    """Whole numbers alone: neither true and false nor text stands for one."""
    if isinstance(value, bool | str):
        raise PydanticCustomError("int_type", "no number")
    return value


def _moment(value: Any) -> Any:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise PydanticCustomError("no_time", "no time")
    try:
        at = datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise PydanticCustomError("no_time", "no time") from None
    return _near(at)


def _day(value: Any) -> Any:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("no_day", "no day")
    try:
        on = date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_day", "no day") from None
    return _near(on)


def _near(on: Any) -> Any:
    if on.year not in _YEARS:
        raise PydanticCustomError("out_of_time", "too far away")
    return on


def text(least: int, most: int) -> Any:
    """Text of so many letters that can be stored as it is."""
    return Annotated[str, Field(min_length=least, max_length=most), AfterValidator(_storable)]


Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(_storable)]
Line = Annotated[str, Field(max_length=400), AfterValidator(_storable)]
Whole = Annotated[int, BeforeValidator(_number), Field(ge=-LARGEST, le=LARGEST)]
Id = Annotated[int, BeforeValidator(_number), Field(ge=1, le=LARGEST)]
Truth = Annotated[bool, Field(strict=True)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[
    datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]


def between(least: int, most: int) -> Any:
    """A whole number between two bounds."""
    return Annotated[int, BeforeValidator(_number), Field(ge=least, le=most)]


def one_of(kind: type[StrEnum]) -> Any:
    """A code of a closed list, written out in the document wherever it stands."""
    return Annotated[kind, WithJsonSchema({"type": "string", "enum": [str(one) for one in kind]})]


Language = Literal["fa", "en"]


class Said(BaseModel):
    """What a program sends: nothing beside what is asked for, and no value is shown in an error."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class Told(BaseModel):
    """What a program is answered: values that a row or a value of the domain has by their names."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def of(cls, one: Any, **otherwise: Any) -> Self:
        """Something as it is told, where it has another name or shape for some of it."""
        rest = cls.model_fields.keys() - otherwise.keys()
        return cls.model_validate({name: getattr(one, name) for name in rest} | otherwise)


class Both(Told):
    """A text that the organisation wrote in both languages."""

    fa: str
    en: str


class Named(Told):
    """Something of the organisation's own: its id, and what it is called."""

    id: int
    name: Both


def both(text: Bilingual) -> Both:
    """A text of the organisation as it is told."""
    return Both(fa=text.fa, en=text.en)


def named(id_: int | None, text: Bilingual | None) -> Named | None:
    """Something that is there with its name, or None."""
    return Named(id=id_, name=both(text)) if id_ is not None and text is not None else None
