"""The words of a conversation, one file for each language in `data`. Pure."""

import tomllib
from functools import cache
from importlib import resources


def say(name: str, language: str, /, **facts: str) -> str:
    """A sentence by its name with its facts in it; KeyError for one that nobody wrote."""
    return sentences(language)[name] % facts


@cache
def sentences(language: str) -> dict[str, str]:
    """Every sentence of a language by its name: Persian for `fa`, English for anything else."""
    name = "fa" if language.startswith("fa") else "en"
    folder = resources.files("pasokh.casework.intake.conversations") / "data"
    told: dict[str, object] = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    found = {key: text for key, text in told.items() if isinstance(text, str)}
    for table, keys in told.items():
        if isinstance(keys, dict):
            found |= {f"{table}.{key}": text for key, text in keys.items()}
    return found
