"""The product's own text of each letter, in each language; read once. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pasokh.casework.correspondence import fields, grammar
from pasokh.casework.correspondence.grammar import Text


@dataclass(frozen=True)
class Written:
    """A text as it is written: its subject and its lines."""

    subject: str
    body: str


@cache
def written(kind: str, language: str) -> Written:
    """Our text of a kind of letter, as it is written."""
    folder = resources.files("pasokh.casework.correspondence") / "data"
    tables = tomllib.loads((folder / f"own-{_spoken(language)}.toml").read_text("utf-8"))
    return Written(**{name: said.strip() for name, said in tables[kind].items()})


@cache
def text(kind: str, language: str) -> Text:
    """Our text of a kind of letter, read."""
    said = written(kind, language)
    found, faults = grammar.read(said.subject, said.body, fields.names(kind))
    if faults:
        raise ValueError(f"our own text has faults: {kind}, {language}: {faults}")
    return found


def _spoken(language: str) -> str:
    return "fa" if language.startswith("fa") else "en"
