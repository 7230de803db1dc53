"""What may be complained of, and what is asked beside: the lists and questions of the portal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pasokh.casework.intake.labels import KINDS, MATTER, NEEDS, THEMSELVES, Word
from pasokh.kernel.errors import Refused
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind

#: The service of whoever finds none that fits; no code of a list has a hyphen.
UNSORTED = "not-sorted"
#: What an answer is made of; every other one is a line.
_KINDS = {
    **dict.fromkeys(("purchased_on", "incident_on"), "datetime"),
    **dict.fromkeys(("remedy_wanted", "needs_note"), "text"),
    "complainant_kind": "singlevaluelist",
    "needs": "multivaluelist",
}
_CHOICES: Mapping[str, Mapping[Any, Word]] = {"complainant_kind": KINDS, "needs": NEEDS}


@dataclass(frozen=True)
class Service:
    """One kind of complaint; `category` is the id of its term."""

    code: str
    name: str
    group: str = ""
    category: int | None = None


def services() -> list[Service]:
    """The kinds of complaint that the portal offers, in its order; last, that nothing fits."""
    found, group = [], ""
    for term in taxonomy.terms(Kind.CATEGORY):
        group = str(term.name) if term.depth == 0 else group
        if term.leaf:
            found.append(Service(term.code, str(term.name), group * (term.depth > 0), term.id))
    return [*found, Service(UNSORTED, called(""))]


def service(code: str) -> Service:
    """The service of a code; refuses with `no-such-service`."""
    for one in services():
        if one.code == code:
            return one
    raise Refused("no-such-service")


def called(category: str) -> str:
    """What a category is called, in use or retired; none is something else."""
    name = taxonomy.names_of(Kind.CATEGORY).get(category)
    return str(name) if name else _("Something else, or I do not know")


def listed() -> list[dict[str, Any]]:
    """All services. What is filed gets its reference at once, and more may be asked of each."""
    return [
        {
            "service_code": one.code,
            "service_name": one.name,
            "metadata": True,
            "type": "realtime",
            **({"group": one.group} if one.group else {}),
        }
        for one in services()
    ]


def definition(code: str) -> dict[str, Any]:
    """What is asked beside what happened; nobody has to answer it."""
    asked = enumerate((MATTER | THEMSELVES).items(), 1)
    found = service(code)
    return {
        "service_code": found.code,
        "attributes": [
            {
                "variable": True,
                "code": name,
                "datatype": _KINDS.get(name, "string"),
                "required": False,
                "datatype_description": str(one.help),
                "order": order,
                "description": str(one.asks),
                **_values(name),
            }
            for order, (name, one) in asked
        ],
    }


def _values(name: str) -> dict[str, Any]:
    choices = _CHOICES.get(name)
    if choices is None:
        return {}
    return {"values": [{"key": str(key), "name": str(word)} for key, word in choices.items()]}
