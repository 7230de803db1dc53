"""The fixed words of texts: where something stands, and nothing of what it says. Pure.

Neither the matter nor the name of a product or a person can get into one, and never the tracking
code: a text is shown on a locked screen and kept by networks.
"""

import tomllib
from functools import cache
from importlib import resources

from pasokh.casework.correspondence.delivery import LetterKind

#: The longest name of an office that stands before a text; a longer one is cut at a word.
LONGEST_NAME = 40


def letter(
    kind: LetterKind, language: str, *, office: str, ref: str, page: str, may_answer: bool
) -> str:
    """Say which letter stands on the tracking page, of which complaint.

    `may_answer` is whether an answer by text reaches us: only then does it say how to stop them.
    """
    said = sentences(language)
    words = said.get(f"text.{kind}", said["text.other"]) % {"ref": ref}
    first = kind is LetterKind.ACKNOWLEDGEMENT and may_answer
    return _lines(
        _from(office, words, said),
        said["frame.page"] % {"page": page} if page else "",
        said["frame.stop"] if first else "",
    )


def unconfirmed(language: str, *, office: str, link: str, may_answer: bool) -> str:
    """Ask whoever reads a number that nobody confirmed, and tell them nothing."""
    said = sentences(language)
    return _lines(
        _from(office, said["unconfirmed.words"], said),
        said["unconfirmed.link"] % {"link": link} if link else "",
        said["unconfirmed.answer"] if may_answer else "",
    )


def new_code(language: str, *, office: str, link: str) -> str:
    """Offer a new tracking code to a number that is theirs; the code itself is in no text."""
    said = sentences(language)
    return _lines(_from(office, said["code.words"], said), link)


def trial(language: str, *, office: str) -> str:
    """Say that this is a test."""
    said = sentences(language)
    return _from(office, said["trial.words"], said)


@cache
def sentences(language: str) -> dict[str, str]:
    """Every sentence of a language by its name: Persian for `fa`, English for anything else."""
    name = "fa" if language.startswith("fa") else "en"
    folder = resources.files("pasokh.casework.texting") / "data"
    tables = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    return {f"{table}.{key}": text for table, keys in tables.items() for key, text in keys.items()}


def _from(office: str, words: str, said: dict[str, str]) -> str:
    return said["frame.office"] % {"office": _name(office), "words": words}


def _name(office: str) -> str:
    told = " ".join(office.split())
    return told if len(told) <= LONGEST_NAME else told[:LONGEST_NAME].rsplit(" ", 1)[0]


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
