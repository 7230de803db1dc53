"""What is wrong with a value, said in the reader's language, and where it stands."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

#: What an error is called when something exists nowhere here, though it is written well.
UNKNOWN = "id_unknown"
#: A kind of error, by its name in pydantic, and what is said of it.
_SAID: Mapping[str, str | Promise] = {
    "missing": _("This is missing."),
    "extra_forbidden": _("There is no such field here."),
    "string_type": _("This must be text."),
    "string_too_short": _("At least %(min_length)s letters are needed."),
    "string_too_long": _("At most %(max_length)s letters are taken."),
    "string_pattern_mismatch": _("This is not written as the document says."),
    "not_storable": _("Signs that cannot be stored as text (NUL) are not taken."),
    "int_type": _("This must be a whole number."),
    "int_parsing": _("This must be a whole number."),
    "int_from_float": _("This must be a whole number."),
    "int_parsing_size": _("This number is too large."),
    "greater_than_equal": _("At least %(ge)s is needed."),
    "less_than_equal": _("At most %(le)s is taken."),
    "bool_type": _("This must be true or false."),
    "bool_parsing": _("This must be true or false."),
    "enum": _("Only these are taken: %(expected)s."),
    "literal_error": _("Only these are taken: %(expected)s."),
    "too_long": _("At most %(max_length)s are taken."),
    "too_short": _("At least %(min_length)s are needed."),
    "list_type": _("This must be a list."),
    "tuple_type": _("This must be a list."),
    "dict_type": _("This must be an object."),
    "model_type": _("This must be an object."),
    "model_attributes_type": _("This must be an object."),
    UNKNOWN: _("Nothing with this id is in use here."),
    "out_of_time": _("This time is too far away."),
    "no_day": _("This must be a day like 2026-05-04."),
    "no_degrees": _("This must be degrees like 35.6892."),
    "no_time": _("This must be a time like 2026-05-04T09:30:00+03:30."),
}


def told(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Each error with a JSON pointer into the body, or the name of the parameter."""
    return [_told(one) for one in errors]


def _told(error: Mapping[str, Any]) -> dict[str, str]:
    source, *place = (str(part) for part in error["loc"])
    if source == "body":
        place = place[1:]  # the name of the view's own argument
        where = {"pointer": "#" + "".join(f"/{_escaped(part)}" for part in place)}
    else:
        where = {"parameter": place[-1] if place else source}
    return {**where, "code": str(error["type"]), "detail": _sentence(error)}


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def _sentence(error: Mapping[str, Any]) -> str:
    said = _SAID.get(error["type"])
    if said is None:
        return _say("This value cannot be taken.")
    return str(said) % {name: str(fact) for name, fact in error.get("ctx", {}).items()}
