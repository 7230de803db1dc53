"""The lists an organisation may start from, in our own words: one TOML file for each. Pure."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from pasokh.policy.taxonomy.kinds import Kind

_FOLDER = resources.files("pasokh.policy.taxonomy") / "data"
_FILES = {
    Kind.CATEGORY: "categories.toml",
    Kind.REMEDY: "remedies.toml",
    Kind.CHANNEL: "channels.toml",
    Kind.CAUSE: "causes.toml",
}

Seed = Mapping[str, Any]


@cache
def terms(kind: Kind) -> tuple[Seed, ...]:
    """The seeds of a list in their order, parents first: `code`, `fa`, `en`, perhaps `parent`."""
    return tuple(_read(_FILES[kind])["term"]) if kind in _FILES else ()


@cache
def outside_bodies() -> tuple[Seed, ...]:
    """The consumer routes of Iran, each with when it was verified or that it is doubtful."""
    return tuple(_read("outside-bodies.toml")["body"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text("utf-8"))
