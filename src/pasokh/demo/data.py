"""The texts and lists of the demonstration, read from the TOML files beside this one. Pure."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

Data = Mapping[str, Any]

_FOLDER = resources.files("pasokh.demo") / "data"


@cache
def read(name: str) -> Data:
    """One file of the demonstration by its name."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def plots() -> tuple[Data, ...]:
    """What people complain of, from every file of plots."""
    names = sorted(file.name for file in _FOLDER.iterdir() if file.name.startswith("plots-"))
    return tuple(plot for name in names for plot in read(name.removesuffix(".toml"))["plot"])
