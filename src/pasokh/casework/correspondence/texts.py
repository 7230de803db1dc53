"""The words of the letters, one file for each language in `data`. Pure.

A sentence is named by its table and key (`decision.accept`) and may hold `%(name)s`; both files
have the same names and the same placeholders. What is put into a sentence is fenced off when its
direction differs from the sentence's own, so that a reference never jumps in a Persian line.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pasokh.kernel.text import direction, isolate

LANGUAGES = ("fa", "en")

#: Controls with which a value could turn the rest of its sentence.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Say:
    """Speaks one language: `say("acknowledgement.subject", ref="P-000042-7")`."""

    language: str

    def __call__(self, name: str, /, **facts: str) -> str:
        """The sentence of a name with its facts in it; KeyError for one that nobody wrote."""
        told = {key: self.fenced(value) for key, value in facts.items()}
        return sentences(self.language)[name] % told

    def fenced(self, value: str) -> str:
        """A value as it may stand in a sentence of this language."""
        own = "rtl" if self.language == "fa" else "ltr"
        straight = direction(value) == own and not _TURNING & set(value)
        return value if straight else isolate(value)


def speaker(language: str) -> Say:
    """The words of a language: Persian for `fa`, English for anything else."""
    return Say("fa" if language.startswith("fa") else "en")


@cache
def sentences(language: str) -> dict[str, str]:
    """Every sentence of a language by its name."""
    folder = resources.files("pasokh.casework.correspondence") / "data"
    tables = tomllib.loads((folder / f"{language}.toml").read_text("utf-8"))
    return {
        f"{table}.{key}": " ".join(text.split())
        for table, keys in tables.items()
        for key, text in keys.items()
    }
