"""Facts that may be written in the ledger, each with its sentence.

An event is a frozen dataclass declared with `@event`; its fields are ids, codes, numbers and
UTC instants: never prose, never names (those go into `private` and are sealed). A sentence is
rendered when it is read, in the reader's language. A version once used stays readable: a
changed event is a new class with the next version.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeVar, dataclass_transform


class Event(Protocol):
    name: ClassVar[str]
    version: ClassVar[int]
    sentence: ClassVar[Any]


E = TypeVar("E", bound=type)

_known: dict[tuple[str, int], type] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(name: str, sentence: Any, *, version: int = 1) -> Callable[[E], E]:
    """Declare a class as an event: `@event("complaint.received", _("Complaint received"))`.

    The sentence is a lazy translation with named placeholders, each a field of the event.
    """

    def declare(cls: E) -> E:
        made: Any = dataclass(frozen=True, kw_only=True)(cls)
        made.name, made.version, made.sentence = name, version, sentence
        if (name, version) in _known:
            raise TypeError(f"event {name} version {version} is declared twice")
        _known[name, version] = made
        return made

    return declare


def known() -> dict[tuple[str, int], type]:
    """Every declared event by (name, version)."""
    return dict(_known)
