"""Read the tables of a TOML document one key at a time, and collect every fault on the way. Pure.

A fault names its place as the author wrote it (`clocks[2].roll`) and what would be right.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)

LANGUAGES = ("en", "fa")

_REQUIRED: Any = object()


class Table:
    """One table of the document: each key is read once, what is left over at the end is a fault."""

    def __init__(self, data: Mapping[str, Any], place: str, faults: list[str]) -> None:
        self._data = dict(data)
        self._written = frozenset(data)
        self._known: list[str] = []
        self._bad: set[str] = set()
        self.place = place
        self.faults = faults

    def fault(self, key: str, sentence: str) -> None:
        """Note that what stands at a key is not right, and what would be."""
        self._bad.add(key)
        self.faults.append(f"{self.at(key)}: {sentence}")

    def at(self, key: str) -> str:
        return ".".join(part for part in (self.place, key) if part)

    def has(self, key: str) -> bool:
        return key in self._data

    def take(self, key: str, kind: type, what: str, default: Any = _REQUIRED) -> Any:
        """The value at a key; the default, or a fault, where it is missing or of another kind."""
        self._known.append(key)
        if key not in self._data:
            if default is _REQUIRED:
                self.fault(key, f"is missing; give {what}")
                return kind()
            return default
        value = self._data.pop(key)
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        self.fault(key, f"must be {what}, not {value!r}")
        return kind() if default is _REQUIRED else default

    def text(self, key: str, default: str = _REQUIRED) -> str:
        found: str = self.take(key, str, "a text in quotes", default)
        if default is _REQUIRED and key not in self._bad and not found.strip():
            self.fault(key, "must not be empty")
        return found

    def number(self, key: str, default: int = _REQUIRED, *, least: int = 0) -> int:
        found: int = self.take(key, int, "a whole number", default)
        if key not in self._bad and found < least:
            self.fault(key, f"must be {least} or more, not {found}")
        return found

    def truth(self, key: str, default: bool) -> bool:
        found: bool = self.take(key, bool, "true or false", default)
        return found

    def day(self, key: str) -> date:
        """A date; the first of all dates where it is missing or wrong."""
        self._known.append(key)
        found = self._data.pop(key, None)
        if type(found) is date:
            return found
        self.fault(key, "must be a date such as 2024-04-01, without quotes")
        return date.min

    def one_of(self, key: str, among: Iterable[str], default: str = _REQUIRED) -> str:
        """One of the allowed names; the first of them where it is missing or wrong."""
        among = tuple(map(str, among))
        found = self.take(key, str, f"one of {_list(among)}", default)
        if key not in self._bad and not self._among(key, found, among):
            return among[0]
        return found or among[0]

    def choice(self, key: str, of: type[E], default: E = _REQUIRED) -> E:
        return of(self.one_of(key, of, default))

    def names(self, key: str, among: Iterable[str], *, required: bool = False) -> tuple[str, ...]:
        """A list of names, each one of those allowed, none twice."""
        among = tuple(among)
        found = self.take(key, list, "a list of names", _REQUIRED if required else [])
        if required and key not in self._bad and not found:
            self.fault(key, f"must name at least one of {_list(among)}")
        if len(set(map(str, found))) < len(found):
            self.fault(key, "names something twice")
        return tuple(name for name in found if self._among(key, name, among))

    def bilingual(self, key: str) -> dict[str, str]:
        """A text in both languages: `{ en = "…", fa = "…" }`."""
        table = self.table(key)
        found = {language: table.text(language) for language in LANGUAGES}
        table.finish()
        return found

    def table(self, key: str) -> "Table":
        found = self.take(key, dict, "a table")
        return Table(found, self.at(key), self.faults)

    def optional(self, key: str) -> "Table | None":
        return self.table(key) if self.has(key) else None

    def tables(self, key: str) -> list["Table"]:
        """An array of tables, numbered from 1 in faults."""
        found = self.take(key, list, f"tables, each headed [[{key}]]", [])
        if not all(isinstance(item, dict) for item in found):
            self.fault(key, f"must be tables, each headed [[{key}]]")
            return []
        return [
            Table(item, f"{self.at(key)}[{number}]", self.faults)
            for number, item in enumerate(found, start=1)
        ]

    def peek(self, key: str) -> Any:
        """What stands at a key, without reading it."""
        return self._data.get(key)

    def given(self, keys: Iterable[str]) -> list[str]:
        """Which of some keys the author wrote, read or not."""
        return [key for key in keys if key in self._written]

    def finish(self) -> None:
        """Fault every key that nobody has read."""
        for key in self._data:
            near = get_close_matches(key, self._known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            self.fault(key, f"is not a key that may stand here{hint}")

    def _among(self, key: str, name: Any, allowed: Iterable[str]) -> bool:
        allowed = tuple(map(str, allowed))
        if name in allowed:
            return True
        self.fault(key, f"must be one of {_list(allowed)}, not {name!r}")
        return False


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(str, names))
