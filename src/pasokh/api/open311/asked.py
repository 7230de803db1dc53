"""What civic apps send: the parameters of GeoReport, and what they fill into our questions."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, TypeVar

from django.utils import timezone
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from pasokh.api.open311.parameters import Pairs
from pasokh.api.problems import Problem
from pasokh.api.v1 import errors
from pasokh.api.v1.values import Day, Language, Line, Moment, Said, Words, text
from pasokh.casework.complaints.terms import Complainant
from pasokh.directory.people.terms import Need

#: Requests on one page of a list, and entries in one parameter, at most.
MOST, MOST_LISTED = 1000, 100
_ANSWER = re.compile(r"attribute\[([^\]]*)\](?:\[\])?")
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,20})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Asked = TypeVar("Asked", bound=BaseModel)


def _degrees(most: int) -> AfterValidator:
    def check(value: str) -> str:
        if not _DEGREES.fullmatch(value) or abs(float(value)) > most:
            raise PydanticCustomError("no_degrees", "no place")
        return value

    return AfterValidator(check)


def _apart(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


def _its_day(value: Any) -> Any:
    """The day of a time, where whoever wrote it was."""
    return value.partition("T")[0] if isinstance(value, str) else value


Several: Any = Annotated[
    tuple[text(0, 60), ...],  # type: ignore[misc]
    BeforeValidator(_apart),
    Field(max_length=MOST_LISTED),
]
Statuses = Annotated[tuple[Literal["open", "closed"], ...], BeforeValidator(_apart)]
DayOrTime = Annotated[Day, BeforeValidator(_its_day)]
Short: Any = text(1, 150)


class Parameters(BaseModel):
    """Parameters as they are sent: what an app adds of its own is let be."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, frozen=True)


class Listing(Parameters):
    """Which requests are asked for."""

    service_request_id: Several | None = None
    service_code: Several | None = None
    status: Statuses | None = None
    start_date: Moment | None = None
    end_date: Moment | None = None
    page_size: Annotated[int, Field(ge=1, le=MOST)] = MOST
    after: Annotated[str, Field(pattern=r"^[0-9T:.+-]*_[0-9]{1,19}$")] | None = None


class Request(Parameters):
    """A request as it is filed. The last two are ours, and not GeoReport's."""

    service_code: Short
    description: Words = ""
    lat: Annotated[str, _degrees(90)] | None = None
    long: Annotated[str, _degrees(180)] | None = None
    address_string: text(1, 1000) | None = None  # type: ignore[valid-type]
    address_id: Short | None = None
    media_url: text(1, 2000) | None = None  # type: ignore[valid-type]
    device_id: Short | None = None
    account_id: Short | None = None
    first_name: text(0, 200) = ""  # type: ignore[valid-type]
    last_name: text(0, 199) = ""  # type: ignore[valid-type]
    email: Line = ""
    phone: Line = ""
    client_reference: Short | None = None
    language: Language | None = None


class Answers(Said):
    """What was answered to the questions of the definition."""

    product_model: Line = ""
    serial_number: Line = ""
    order_number: Line = ""
    purchase_place: Line = ""
    purchased_on: DayOrTime | None = None
    guarantee: Line = ""
    incident_on: DayOrTime | None = None
    remedy_wanted: Words = ""
    complainant_kind: Complainant = Complainant.CUSTOMER
    on_behalf_of: Line = ""
    behalf_contact: Line = ""
    needs: tuple[Need, ...] = ()
    needs_note: Words = ""


def listing(pairs: Pairs) -> Listing:
    """Which requests are asked for; a day stands for its beginning where the office is."""
    told = {name: said for name, said in pairs if said}
    dates = {name: _beginning(told[name]) for name in ("start_date", "end_date") if name in told}
    return _checked(Listing, told | dates)


def filing(pairs: Pairs) -> tuple[Request, Answers]:
    """A request and the answers that came with it."""
    fields, answers = _answers(pairs)
    for one, other in (("lat", "long"), ("long", "lat")):
        if one in fields and other not in fields:
            missing = [{"type": "missing", "loc": (other,)}]
            raise Problem("values-not-taken", errors=errors.told(missing))
    return _checked(Request, fields), _checked(Answers, answers, called="attribute[{}]")


def _answers(pairs: Pairs) -> tuple[dict[str, str], dict[str, Any]]:
    fields: dict[str, str] = {}
    answers: dict[str, Any] = {}
    for name, said in pairs:
        if not said:
            continue
        if (found := _ANSWER.fullmatch(name)) is None:
            fields[name] = said
        elif found[1] == "needs":
            answers.setdefault("needs", []).append(said)
        else:
            answers[found[1]] = said
    return fields, answers


def _beginning(said: str) -> str:
    if not _DAY.fullmatch(said):
        return said
    try:
        day = datetime.combine(date.fromisoformat(said), time())
    except ValueError:
        return said
    return day.replace(tzinfo=timezone.get_current_timezone()).isoformat()


def _checked(kind: type[Asked], told: Mapping[str, Any], *, called: str = "{}") -> Asked:
    try:
        return kind.model_validate(told)
    except ValidationError as error:
        found = [
            {**one, "loc": (called.format(one["loc"][0]),)}
            for one in error.errors(include_url=False)
        ]
        raise Problem("values-not-taken", errors=errors.told(found)) from None
