"""Facts that may be written in the ledger, each with its sentence.

An event is a frozen dataclass declared with `@event`; its fields are ids, codes, numbers and
UTC instants: never prose, never names (those go into `private` and are sealed). A sentence is
rendered when it is read, in the reader's language. A version once used stays readable: a
changed event is a new class with the next version.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Protocol, TypeVar, dataclass_transform

#: Said in a sentence for a fact that an entry does not have.
UNSAID = "–"


class Event(Protocol):
    """What `@event` makes. Type checkers know a dataclass but not what the decorator adds."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


E = TypeVar("E", bound=type)

_known: dict[tuple[str, int], type] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(name: str, sentence: Any, *, version: int = 1) -> Callable[[E], E]:
    """Declare a class as an event: `@event("complaint.received", _("Complaint received"))`.

    The sentence is a lazy translation with named placeholders, each a field of the event.
    """

    def declare(cls: E) -> E:
        made: Any = dataclass(frozen=True, kw_only=True)(cls)
        if taken := {"name", "version", "sentence"} & {field.name for field in fields(made)}:
            raise TypeError(f"event {name} may not have a field called {', '.join(sorted(taken))}")
        if (name, version) in _known:
            raise TypeError(f"event {name} version {version} is declared twice")
        made.name, made.version, made.sentence = name, version, sentence
        _known[name, version] = made
        return cls  # the decorated class itself: a dataclass without slots is made in place

    return declare


def known() -> dict[tuple[str, int], type]:
    """Every declared event by (name, version)."""
    return dict(_known)


def declared(event: Event) -> tuple[str, int]:
    """The name and the version an event was declared with."""
    made: Any = event
    return made.name, made.version


def name_of(cls: type) -> str:
    """The name an event class was declared with."""
    made: Any = cls
    name: str = made.name
    return name


def facts(event: Event) -> dict[str, Any]:
    """What an event says, by field."""
    return {field.name: getattr(event, field.name) for field in fields(event)}


def sentence(name: str, version: int, facts: Mapping[str, Any]) -> str:
    """Say a fact in the reader's language; an event nobody declares any more says its name."""
    declared: Any = _known.get((name, version))
    return name if declared is None else str(declared.sentence) % _Said(facts)


class _Said(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return UNSAID
